// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.input.InputKind;
import dev.jwheel.cli.json.TagsJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.terminal.TagsView;
import dev.jwheel.cli.text.TagsText;
import dev.jwheel.tags.Acceptance;
import dev.jwheel.tags.SystemTags;
import dev.jwheel.tags.WheelChooser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel tags}: which tags a system supports, and which wheels it takes. */
final class TagsCommand implements Command {
  private final Console console;
  private final Arguments arguments =
      new Arguments(
          this,
          "tags",
          "Show which tags a system supports, in pip's order, from its files: nothing of it is"
              + " run.");
  private final InputArguments wheels =
      InputArguments.optional(
          arguments,
          "WHEEL",
          "With --accepts: the wheels, of which only the names are read; or NAME==VERSION for those"
              + " of a release on an index.",
          InputKind.WHEELS);
  private final Argument<Boolean> accepts =
      arguments.flag(
          "Say whether the system takes the wheels, what it would need for those it does not, and"
              + " which of several pip installs.",
          "--accepts");
  private final TagsArguments system = new TagsArguments(arguments);
  private final Argument<Boolean> whole =
      arguments.flag("Print whole tags, one a line: cp311-abi3-linux_x86_64.", "--all");
  private final Argument<Boolean> explained =
      arguments.flag("Print each step with the file it came from.", "--explain");
  private final Argument<Boolean> json = arguments.json("Print JSON.");
  private final CommonArguments common = new CommonArguments(arguments, false);

  TagsCommand(Console console) {
    this.console = console;
    arguments.footer(
        "Exit status: 0 the tags are known, and one of the wheels is taken; 1 no wheel is taken, or"
            + " tags are unknown because a _manylinux module would have to be run; 2 the system"
            + " cannot be read.");
    arguments.example("jwheel tags --sysroot root.tar.gz --accepts dist/*.whl");
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() throws IOException {
    if (accepts.value() == (wheels.count() == 0)) {
      throw arguments.wrongUsage(
          accepts.value() ? "--accepts needs a WHEEL" : "WHEEL is only for --accepts");
    }
    if (accepts.value() && whole.value()) {
      throw arguments.wrongUsage("--all and --accepts exclude each other");
    }
    SystemTags tags = system.inspect(console);
    if (tags.interpreter().isEmpty() && (whole.value() || accepts.value())) {
      throw new IOException(
          "the system has no python3, on which whole tags depend; --python names one by its path"
              + " or version");
    }
    return accepts.value() ? accept(tags) : show(tags);
  }

  private ExitCode show(SystemTags tags) throws IOException {
    renderer().render(new TagsView.Supported(tags, explained.value(), whole.value()));
    if (tags.platforms().unknown().isEmpty()) {
      return ExitCode.OK;
    }
    common
        .errors(console, spec())
        .print(
            tags.platforms().unknown().size()
                + " tags are unknown without running "
                + tags.module().orElse("_manylinux")
                + ": "
                + tags.platforms().unknown().get(0).reason());
    return ExitCode.REFUSED;
  }

  private ExitCode accept(SystemTags tags) throws IOException {
    WheelChooser chooser = new WheelChooser(tags);
    List<Acceptance> judged = new ArrayList<>();
    for (Input wheel : wheels.find(console, common)) {
      wheel.requireFound();
      judged.add(chooser.judge(wheel.name()));
    }
    List<Acceptance> chosen = WheelChooser.chosen(judged);
    renderer().render(new TagsView.Accepted(tags, explained.value(), judged, chosen));
    return chosen.isEmpty() ? ExitCode.REFUSED : ExitCode.OK;
  }

  private Renderer<TagsView> renderer() {
    return json.value() ? new TagsJson(console) : new TagsText(console);
  }
}
