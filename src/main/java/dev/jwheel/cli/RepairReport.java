package dev.jwheel.cli;

import dev.jwheel.cli.json.RepairJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.text.RefusalText;
import dev.jwheel.cli.text.RepairText;
import dev.jwheel.io.Printable;
import dev.jwheel.repair.RepairPlan;
import dev.jwheel.repair.RepairRefusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a repair tells: data for standard output as text or JSON, refusals and failures for standard
 * error too.
 */
final class RepairReport {
  private final Console console;
  private final String command;
  private final Optional<RepairJson> json;
  private final boolean quiet;
  private final boolean verbose;

  /**
   * @param command what messages begin with
   * @param json how to write JSON, if it is wanted rather than text
   * @param quiet whether text about a success is unwanted
   */
  RepairReport(
      Console console, String command, Optional<RepairJson> json, boolean quiet, boolean verbose) {
    this.console = console;
    this.command = command;
    this.json = json;
    this.quiet = quiet;
    this.verbose = verbose;
  }

  /**
   * Tells a plan.
   *
   * @param target the file that was written; none if nothing was
   */
  void of(RepairPlan plan, Optional<Path> target) throws IOException {
    if (json.isPresent()) {
      console.out().println(json.get().of(plan, target));
    } else if (!quiet) {
      RepairText text = new RepairText(console, verbose);
      target.ifPresentOrElse(file -> text.done(plan, file), () -> text.plan(plan));
    }
  }

  /**
   * Tells that a pure Python wheel needs no repair.
   *
   * @param target the copy; none if nothing was written
   */
  void copied(String wheel, Optional<Path> target) throws IOException {
    if (json.isPresent()) {
      console.out().println(json.get().ofPure(wheel, target));
    } else if (!quiet) {
      console
          .out()
          .println(
              Printable.of(
                  wheel
                      + target
                          .map(file -> " -> " + file + ", unchanged: it is pure Python")
                          .orElse(" would be copied: it is pure Python")));
    }
  }

  /** Tells why a wheel cannot be repaired. */
  void refused(RepairRefusal refusal) throws IOException {
    if (json.isPresent()) {
      console.out().println(json.get().ofRefusal(refusal));
    }
    say(
        refusal.wheel()
            + " cannot be repaired"
            + refusal.target().map(target -> " to " + target).orElse("")
            + ":");
    int width = console.errorTerminal() ? console.errorWidth() : 0;
    new RefusalText(refusal, width, verbose).lines().forEach(console::message);
  }

  /** Tells what went wrong with a file. */
  void failed(String wheel, String message) throws IOException {
    if (json.isPresent()) {
      console.out().println(json.get().ofFailure(wheel, message));
    }
    say(message);
  }

  private void say(String message) {
    console.message(Printable.of(command + ": " + message));
  }
}
