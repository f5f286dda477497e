// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.terminal.Table;
import dev.jwheel.cli.terminal.TagsView;
import dev.jwheel.tags.Acceptance;
import dev.jwheel.tags.Interpreter;
import dev.jwheel.tags.LibcVersion;
import dev.jwheel.tags.Step;
import dev.jwheel.tags.SystemTags;
import dev.jwheel.tags.Tag;

/** The tags of a system for a person, and for scripts that read lines. */
public final class TagsText implements Renderer<TagsView> {
  private static final String INDENT = "  ";

  private final Page page;

  public TagsText(Console console) {
    this.page = new Page(console, console.width());
  }

  @Override
  public void render(TagsView view) {
    if (view.explained()) {
      explain(view.system());
    }
    if (view instanceof TagsView.Supported supported) {
      if (supported.whole()) {
        for (Tag tag : view.system().tags()) {
          page.line(tag.toString());
        }
      } else {
        print(view.system(), view.explained());
      }
    } else if (view instanceof TagsView.Accepted accepted) {
      print(accepted);
    }
  }

  private void explain(SystemTags system) {
    Table table = new Table("");
    for (Step step : system.steps()) {
      table.row(step.subject(), step.value(), step.source());
    }
    page.table(table);
    page.line();
  }

  private void print(SystemTags system, boolean explained) {
    if (!explained) {
      page.table(
          new Table("")
              .row("Python", system.interpreter().map(Interpreter::displayName).orElse("none"))
              .row("program", system.program())
              .row("machine", system.machine())
              .row("C library", system.libc().map(LibcVersion::toString).orElse("unknown")));
      page.line();
    }
    if (system.interpreter().isPresent()) {
      page.bold("", "ABI tags, best first");
      system.interpreter().get().abiTags().forEach(tag -> page.line(INDENT + tag));
      page.line();
    }
    page.bold("", "Platform tags, best first");
    system.platforms().supported().forEach(tag -> page.line(INDENT + tag));
    Table unknown = new Table(INDENT);
    system.platforms().unknown().forEach(open -> unknown.row(open.platform(), open.reason()));
    page.section("Unknown without running " + system.module().orElse("_manylinux"), unknown);
  }

  private void print(TagsView.Accepted accepted) {
    for (Acceptance wheel : accepted.wheels()) {
      if (wheel.tag().isPresent()) {
        page.good(
            wheel.fileName() + ": ",
            "accepted, by "
                + wheel.tag().get()
                + ", number "
                + wheel.rank()
                + " of "
                + accepted.system().tags().size());
        continue;
      }
      page.bad(wheel.fileName() + ": ", wheel.unknown().isEmpty() ? "not accepted" : "unknown");
      if (!wheel.unknown().isEmpty()) {
        page.detail(accepted.system().module().orElse("_manylinux") + ", " + wheel.unknown());
      }
      Table table = new Table(INDENT);
      for (Acceptance.Obstacle obstacle : wheel.obstacles()) {
        table.row(obstacle.part().toString(), obstacle.tag(), "needs " + obstacle.needed());
      }
      page.table(table);
    }
    if (accepted.wheels().stream().anyMatch(wheel -> wheel.tag().isEmpty())) {
      page.line("This system: " + describe(accepted.system()));
    }
    if (accepted.wheels().size() > 1) {
      accepted.chosen().forEach(wheel -> page.good("pip takes ", wheel.fileName()));
    }
  }

  private static String describe(SystemTags system) {
    return system.interpreter().map(Interpreter::displayName).orElse("no Python")
        + ", "
        + system.libc().map(LibcVersion::toString).orElse("no known C library")
        + ", "
        + system.machine();
  }
}
