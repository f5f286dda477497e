// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.InputFailure;
import dev.jwheel.cli.terminal.Renderer;
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
 * Does the same work on each of several wheels, on as many processors as there are, and reports
 * each result, in the order of the command line. A wheel that cannot be read does not keep the
 * others from it. The number of threads never changes a result.
 *
 * @param <T> the result of the work on one wheel
 */
final class WheelRun<T> {

  /** The work on one wheel, and the report of its result: these do not share any state. */
  interface Work<T> {

    /**
     * Works on a wheel, without printing anything but progress. Several threads may do it at a
     * time, each for a wheel of its own.
     *
     * @throws IOException if it cannot be read, or a result cannot be written
     */
    T on(Input wheel) throws IOException;

    /** Prints a result and returns the exit code that it deserves. */
    ExitCode report(T result) throws IOException;
  }

  private static final int WAITING_EACH = 4;
  private static final long PATIENCE_SECONDS = 60;

  private final Renderer<T> renderer;
  private final ErrorMessages errors;
  private final int threads;

  WheelRun(Renderer<T> renderer, ErrorMessages errors) {
    this(renderer, errors, Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param threads how many wheels to work on at a time
   */
  WheelRun(Renderer<T> renderer, ErrorMessages errors, int threads) {
    this.renderer = renderer;
    this.errors = errors;
    this.threads = threads;
  }

  /** Goes through the wheels and returns the worst of their exit codes. */
  ExitCode over(List<Input> wheels, Work<T> work) throws IOException {
    int several = Math.min(threads, wheels.size());
    ExitCode worst =
        several > 1 && wheels.stream().allMatch(Input::isLocal)
            ? sideBySide(wheels, work, several)
            : oneByOne(wheels, work);
    renderer.end();
    return worst;
  }

  private ExitCode sideBySide(List<Input> wheels, Work<T> work, int several) throws IOException {
    try (SideBySide run = new SideBySide(work, several)) {
      return run.over(wheels);
    }
  }

  private ExitCode oneByOne(List<Input> wheels, Work<T> work) throws IOException {
    ExitCode worst = ExitCode.OK;
    for (Input wheel : wheels) {
      worst = worst(worst, one(wheel, work));
    }
    return worst;
  }

  static ExitCode worst(ExitCode one, ExitCode other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Works on a wheel in this thread and reports its result. */
  ExitCode one(Input wheel, Work<T> work) throws IOException {
    try {
      return work.report(work.on(wheel));
    } catch (IOException e) {
      return failed(wheel, wheel.translated(ErrorMessages.of(e)), e);
    } catch (OutOfMemoryError e) { // what the work on this wheel took is free again
      return failed(wheel, wheel + ": " + ErrorMessages.of(e), e);
    }
  }

  private ExitCode failed(Input wheel, String message, Throwable problem) throws IOException {
    renderer.failed(new InputFailure(wheel.name(), message));
    errors.print(message, problem);
    return ExitCode.UNUSABLE;
  }

  /**
   * A run over several wheels at a time. Wheels are begun in their order, their results reported in
   * the same order by the thread that asked for them. Only so many results wait for an earlier one
   * that memory stays bounded.
   */
  private final class SideBySide implements AutoCloseable {
    private final Work<T> work;
    private final int most;
    private final ExecutorService workers;
    private final Deque<Begun<T>> begun = new ArrayDeque<>();

    SideBySide(Work<T> work, int threads) {
      this.work = work;
      this.most = threads * WAITING_EACH;
      this.workers = Executors.newFixedThreadPool(threads, WheelRun::daemon);
    }

    ExitCode over(List<Input> wheels) throws IOException {
      ExitCode worst = ExitCode.OK;
      for (Input wheel : wheels) {
        if (begun.size() == most) {
          worst = worst(worst, finish(begun.removeFirst()));
        }
        begun.add(new Begun<>(wheel, workers.submit(() -> work.on(wheel))));
      }
      while (!begun.isEmpty()) {
        worst = worst(worst, finish(begun.removeFirst()));
      }
      return worst;
    }

    /** Waits for the result of a wheel and reports it. */
    private ExitCode finish(Begun<T> next) throws IOException {
      return one(
          next.wheel(),
          new Work<T>() {
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
          begun.forEach(WheelRun::await);
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

  /** A wheel that is, or has been, worked on. */
  private record Begun<T>(Input wheel, Future<T> result) {}

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "wheel");
    thread.setDaemon(true);
    return thread;
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
}
