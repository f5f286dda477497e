// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command of the program, such as {@code jwheel show}.
 *
 * <p>To add one:
 *
 * <ol>
 *   <li>Write what it finds out below {@code cli}, as values and without printing.
 *   <li>Write a class that implements this interface. It declares its options as fields by an
 *       {@link Arguments}; those that other commands have too are groups: {@link CommonArguments}
 *       (every command has it), {@link Arguments#json}, {@link PolicyArguments}, {@link
 *       PlatformArgument}, {@link SearchArguments}, {@link AuditArguments}. Environment variables
 *       are read by {@link dev.jwheel.cli.config.Environment}.
 *   <li>Write a {@link dev.jwheel.cli.terminal.Renderer} of the result for each format: one in
 *       {@code cli.text}, one in {@code cli.json}. Where a command has several kinds of results,
 *       they share a sealed interface.
 *   <li>If it takes several wheels, let a {@link WheelRun} go through them. Other problems are
 *       thrown, or printed by {@link ErrorMessages}, which {@link CommonArguments#errors} makes.
 *   <li>Add it to {@link Subcommand}, to {@link Rehearsal} if starting it fast matters, and to the
 *       README.
 * </ol>
 */
interface Command extends Callable<Integer> {

  /** Returns everything that picocli knows of the command. */
  CommandSpec spec();

  /**
   * Runs the command with the arguments that were parsed.
   *
   * @throws IOException if an input cannot be read; the program prints it and exits with {@link
   *     ExitCode#UNUSABLE}
   */
  ExitCode run() throws IOException;

  @Override
  default Integer call() throws IOException {
    return run().status();
  }
}
