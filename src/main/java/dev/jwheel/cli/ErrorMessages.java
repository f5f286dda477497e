// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Prints on standard error what is wrong, in one line that begins with the command. */
final class ErrorMessages {
  private final Console console;
  private final String command;
  private final boolean debug;

  /**
   * @param command the command's name with those of the commands it belongs to
   * @param debug whether to print stack traces too
   */
  ErrorMessages(Console console, String command, boolean debug) {
    this.console = console;
    this.command = command;
    this.debug = debug;
  }

  /** Prints a problem that ends the work on an input, after all data that came before it. */
  void print(Throwable problem) {
    print(of(problem), problem);
  }

  /** Prints a problem that ends the work on an input, in words of its own. */
  void print(String message, Throwable problem) {
    console.out().flush();
    print(message);
    if (debug) {
      console.stackTrace(problem);
    }
  }

  /** Prints a message. */
  void print(String message) {
    console.message(command + ": " + message);
  }

  /** Prints a message that the arguments caused, and where to read about them. */
  void wrongUsage(String message) {
    print(message);
    console.message("Try '" + command + " --help'.");
  }

  /** Returns in one line what an exception means to the user. */
  static String of(Throwable problem) {
    if (problem instanceof NoSuchFileException e) {
      return e.getFile() + ": " + missing(String.valueOf(e.getFile()));
    }
    if (problem instanceof AccessDeniedException e) {
      return e.getFile() + ": permission denied";
    }
    if (problem instanceof NotDirectoryException e) {
      return e.getFile() + ": not a directory";
    }
    if (problem instanceof FileAlreadyExistsException e) {
      return e.getFile() + ": exists already";
    }
    if (problem instanceof FileSystemException e && e.getReason() != null) {
      return e.getFile() + ": " + e.getReason();
    }
    if (problem instanceof CharacterCodingException) {
      return "the text is not UTF-8";
    }
    if (problem instanceof OutOfMemoryError) {
      return "out of memory ("
          + problem.getMessage()
          + "); JWHEEL_OPTS=-Xmx4g lets it use 4 GiB, for example";
    }
    if (problem instanceof RuntimeException || problem instanceof Error) {
      return "internal error: " + problem + " (--debug shows where)";
    }
    String message = problem.getMessage();
    return message == null
        ? problem instanceof IOException ? "input or output failed" : problem.toString()
        : message;
  }

  /** Java cannot name a file whose name is not text; it has put U+FFFD in its place. */
  private static String missing(String file) {
    return file.indexOf('\ufffd') < 0
        ? "no such file or directory"
        : "the name is not UTF-8, or not text in this locale; rename the file";
  }
}
