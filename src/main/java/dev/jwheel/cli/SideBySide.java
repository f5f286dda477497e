// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.input.Input;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A run over several wheels at a time. Wheels are begun in their order, their results reported in
 * the same order by the thread that asked for them. Only so many results wait for an earlier one
 * that memory stays bounded.
 *
 * @param <T> the result of the work on one wheel
 */
final class SideBySide<T> implements AutoCloseable {
  private static final int WAITING_EACH = 4;
  private static final long PATIENCE_SECONDS = 60;

  private final WheelRun<T> run;
  private final WheelRun.Work<T> work;
  private final int most;
  private final ExecutorService workers;
  private final Deque<Begun<T>> begun = new ArrayDeque<>();

  /** A wheel that is, or has been, worked on. */
  private record Begun<T>(Input wheel, Future<T> result) {}

  SideBySide(WheelRun<T> run, WheelRun.Work<T> work, int threads) {
    this.run = run;
    this.work = work;
    this.most = threads * WAITING_EACH;
    this.workers = Executors.newFixedThreadPool(threads, SideBySide::daemon);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "wheel");
    thread.setDaemon(true);
    return thread;
  }

  ExitCode over(List<Input> wheels) throws IOException {
    ExitCode worst = ExitCode.OK;
    for (Input wheel : wheels) {
      if (begun.size() == most) {
        worst = WheelRun.worst(worst, finish(begun.removeFirst()));
      }
      begun.add(new Begun<>(wheel, workers.submit(() -> work.on(wheel))));
    }
    while (!begun.isEmpty()) {
      worst = WheelRun.worst(worst, finish(begun.removeFirst()));
    }
    return worst;
  }

  /** Waits for the result of a wheel and reports it. */
  private ExitCode finish(Begun<T> next) throws IOException {
    return run.one(
        next.wheel(),
        new WheelRun.Work<>() {
          @Override
          public T on(Input wheel) throws IOException {
            return result(next);
          }

          @Override
          public ExitCode report(T result) throws IOException {
            return work.report(result);
          }
        });
  }

  private T result(Begun<T> next) throws IOException {
    try {
      return next.result().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(next.wheel() + ": interrupted");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof OutOfMemoryError) { // the others may have taken what it needs
        begun.forEach(SideBySide::await);
        return work.on(next.wheel());
      }
      if (cause instanceof IOException problem) {
        throw problem;
      }
      if (cause instanceof RuntimeException problem) {
        throw problem;
      }
      if (cause instanceof Error problem) {
        throw problem;
      }
      throw new IllegalStateException(cause);
    }
  }

  private static void await(Begun<?> other) {
    try {
      other.result().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // Reported when it is this wheel's turn.
    }
  }

  /** Stops what is under way, and lets it take its temporary files away. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
