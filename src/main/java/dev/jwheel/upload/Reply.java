// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.time.Duration;
import java.util.Optional;

/**
 * A repository's answer to a file, in the terms that all protocols share.
 *
 * @param verdict whether the file is there, and whether to try again
 * @param reason the repository's own words, or what the answer means; empty where there is nothing
 *     to say
 * @param pause how long the repository asks to wait
 */
public record Reply(Verdict verdict, String reason, Optional<Duration> pause) {

  /** Whether the file is there, and whether to try again. */
  public enum Verdict {
    /** The repository has the file. */
    DONE,
    /** The repository has a file of this name, maybe with other bytes. */
    EXISTS,
    /** The repository will not have this file. */
    REFUSED,
    /** The repository may take the file later. */
    LATER,
    /** The repository does not let us in: so it is with every file. */
    DENIED,
    /** Files are not taken at this address: so it is with every file. */
    WRONG_ADDRESS;

    boolean isRefusal() {
      return this == REFUSED || this == DENIED || this == WRONG_ADDRESS;
    }
  }

  /** The repository has the file. */
  public static Reply done() {
    return of(Verdict.DONE, "");
  }

  static Reply of(Verdict verdict, String reason) {
    return new Reply(verdict, reason, Optional.empty());
  }
}
