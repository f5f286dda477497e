// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.input.InputFinder;
import dev.jwheel.cli.input.InputKind;
import dev.jwheel.cli.input.RemoteAccess;
import dev.jwheel.cli.terminal.Console;
import java.io.IOException;
import java.util.List;

/** The files that a command works on: on this machine, at an address, or on an index. */
final class InputArguments {
  private final InputKind kind;
  private final Argument<List<String>> texts;
  private final Argument<String> indexUrl;
  private final Argument<Boolean> allowHttp;

  private InputArguments(Arguments arguments, InputKind kind, Argument<List<String>> texts) {
    this.kind = kind;
    this.texts = texts;
    indexUrl =
        arguments.text(
            "URL",
            "The simple index that has NAME==VERSION; by default that of JWHEEL_INDEX_URL or"
                + " PIP_INDEX_URL.",
            "--index-url");
    allowHttp =
        arguments.flag("Ask servers of other machines without encryption too.", "--allow-http");
  }

  /**
   * Adds parameters, one or more.
   *
   * @param kind which files of a release or a directory are meant
   */
  static InputArguments required(
      Arguments arguments, String label, String description, InputKind kind) {
    return new InputArguments(arguments, kind, arguments.inputs(label, description, true));
  }

  /** Adds parameters that an option can make needless. */
  static InputArguments optional(
      Arguments arguments, String label, String description, InputKind kind) {
    return new InputArguments(arguments, kind, arguments.inputs(label, description, false));
  }

  /** How many the user wrote; each can stand for several files. */
  int count() {
    return texts.value().size();
  }

  /**
   * Returns the files, in the order of the command line.
   *
   * @throws IOException if a directory cannot be read
   */
  List<Input> find(Console console, CommonArguments common) throws IOException {
    boolean quiet = common.quiet();
    RemoteAccess access =
        new RemoteAccess(
            console.variables(),
            indexUrl.value(),
            allowHttp.value(),
            "jwheel/" + Version.text(),
            note -> {
              if (!quiet) {
                console.message(note);
              }
            });
    return new InputFinder(access, kind).find(texts.value());
  }
}
