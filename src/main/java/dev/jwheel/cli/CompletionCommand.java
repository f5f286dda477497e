// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.help.FishCompletion;
import dev.jwheel.cli.help.ManPage;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel completion}: scripts for shells, and the man page. */
final class CompletionCommand implements Command {
  private final Console console;
  private final Arguments arguments =
      new Arguments(
          this, "completion", "Print a script that completes commands and options in a shell.");
  private final Argument<String> shell =
      arguments.required("SHELL", "bash, zsh or fish; man prints the man page instead.");

  CompletionCommand(Console console) {
    this.console = console;
    new CommonArguments(arguments, false);
    arguments.footer("Exit status: 0 done; 2 there is no script for such a shell.");
    arguments.example(
        "eval \"$(jwheel completion bash)\"",
        "jwheel completion fish > ~/.config/fish/completions/jwheel.fish");
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() {
    CommandLine program = Program.commandLine(console);
    console.out().print(script(program));
    return ExitCode.OK;
  }

  private String script(CommandLine program) {
    return switch (shell.value()) {
      case "bash" -> AutoComplete.bash("jwheel", program);
      // picocli's script calls bashcompinit where it runs in zsh, which needs compinit before.
      case "zsh" -> "autoload -U +X compinit && compinit\n" + AutoComplete.bash("jwheel", program);
      case "fish" -> FishCompletion.of(program);
      case "man" -> ManPage.of(program, Version.text());
      default ->
          throw arguments.wrongUsage(
              "there is no script for " + shell.value() + ": expected bash, zsh, fish or man");
    };
  }
}
