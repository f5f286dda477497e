// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for the work of other threads. */
public final class Futures {
  private Futures() {}

  /**
   * Waits for a worker and returns its result.
   *
   * @throws IOException the reason why it could not; an {@link InterruptedIOException} if the
   *     waiting thread is interrupted
   */
  public static <T> T await(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing a wheel");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
