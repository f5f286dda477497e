package dev.jwheel.wheel.zip;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** How the work of another thread ended. */
public final class Outcome {
  private Outcome() {}

  /**
   * What a worker made, once it is done.
   *
   * @throws IOException the reason why it could not; an {@link InterruptedIOException} if the
   *     waiting thread is interrupted
   */
  public static <T> T of(Future<T> future) throws IOException {
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
