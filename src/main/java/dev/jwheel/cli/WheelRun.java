// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.terminal.InputFailure;
import dev.jwheel.cli.terminal.Renderer;
import java.io.IOException;
import java.util.List;

/**
 * Does the same work on each of several wheels and reports each result, in the order of the command
 * line. A wheel that cannot be read does not keep the others from it.
 *
 * @param <T> the result of the work on one wheel
 */
final class WheelRun<T> {

  /** The work on one wheel, and the report of its result: these do not share any state. */
  interface Work<T> {

    /**
     * Works on a wheel, without printing anything but progress.
     *
     * @throws IOException if it cannot be read, or a result cannot be written
     */
    T on(Input wheel) throws IOException;

    /** Prints a result and returns the exit code that it deserves. */
    ExitCode report(T result) throws IOException;
  }

  private final Renderer<T> renderer;
  private final ErrorMessages errors;

  WheelRun(Renderer<T> renderer, ErrorMessages errors) {
    this.renderer = renderer;
    this.errors = errors;
  }

  /** Goes through the wheels and returns the worst of their exit codes. */
  ExitCode over(List<Input> wheels, Work<T> work) throws IOException {
    ExitCode worst = ExitCode.OK;
    for (Input wheel : wheels) {
      ExitCode code = one(wheel, work);
      worst = code.compareTo(worst) > 0 ? code : worst;
    }
    renderer.end();
    return worst;
  }

  private ExitCode one(Input wheel, Work<T> work) throws IOException {
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
