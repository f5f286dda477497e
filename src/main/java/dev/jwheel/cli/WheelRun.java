// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.terminal.InputFailure;
import dev.jwheel.cli.terminal.Renderer;
import java.io.IOException;
import java.util.List;

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
    try (SideBySide<T> run = new SideBySide<>(this, work, several)) {
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
}
