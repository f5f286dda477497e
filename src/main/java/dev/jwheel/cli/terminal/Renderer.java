// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import java.io.IOException;

/**
 * Prints the results of one kind in one format, as data on standard output. Every format of a kind
 * of result is one class, and the command chooses one by its options.
 *
 * <p>A renderer is used by one thread, with the results in the order of the command line.
 *
 * @param <T> the kind of result, a sealed interface where a command has several
 */
public interface Renderer<T> {

  /** Prints one result. */
  void render(T result) throws IOException;

  /**
   * Prints that there is no result for an input because it could not be read, where the format has
   * a word for that. The message also goes to standard error, whatever the format.
   */
  default void failed(InputFailure failure) throws IOException {}

  /** Prints what is said once about all results, behind the last of them. */
  default void end() throws IOException {}
}
