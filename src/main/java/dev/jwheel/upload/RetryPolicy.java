// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How often and when a file is sent again: after 1, 2, 4, 8, 16 seconds and so on, each a quarter
 * longer or shorter by chance, so that many clients of a server that was down do not come all at
 * once. A server that names a time gets it.
 *
 * @param maxRetries how often at most
 * @param chance numbers from 0 to 1
 */
public record RetryPolicy(int maxRetries, DoubleSupplier chance) {
  private static final int MAX_DOUBLINGS = 6;
  private static final Duration MAX_WAIT = Duration.ofMinutes(5);
  private static final double MILLIS = 1000;

  /**
   * How long to wait.
   *
   * @param failures how often the file was sent in vain, at least 1
   * @param asked the time that the server names
   */
  Duration pause(int failures, Optional<Duration> asked) {
    if (asked.isPresent()) {
      return asked.get().compareTo(MAX_WAIT) > 0 ? MAX_WAIT : asked.get();
    }
    long seconds = 1L << Math.min(failures - 1, MAX_DOUBLINGS);
    double factor = 0.75 + chance.getAsDouble() / 2;
    return Duration.ofMillis(Math.round(seconds * factor * MILLIS));
  }
}
