// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.check.Check;
import dev.jwheel.check.CheckOptions;
import dev.jwheel.check.CheckResult;
import dev.jwheel.check.CheckRule;
import dev.jwheel.check.CheckedFile;
import dev.jwheel.check.ExpectedLayout;
import dev.jwheel.check.ReleaseFile;
import dev.jwheel.check.ReleaseRules;
import dev.jwheel.check.RuleCatalog;
import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.input.InputFile;
import dev.jwheel.cli.input.InputKind;
import dev.jwheel.cli.json.CheckJson;
import dev.jwheel.cli.terminal.CheckView;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.Progress;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.text.CheckText;
import dev.jwheel.metadata.FindingLevel;
import dev.jwheel.report.Baseline;
import dev.jwheel.report.CheckReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel check}: everything that can be wrong with wheels and source distributions. */
final class CheckCommand implements Command {
  private final Console console;
  private final Arguments arguments =
      new Arguments(this, "check", "Check wheels and source distributions against all rules.");
  private final InputArguments files =
      InputArguments.optional(
          arguments,
          "FILE",
          "Wheels, source distributions, or directories of them; https://.../NAME.whl; or"
              + " NAME==VERSION for a release on an index.",
          InputKind.DISTRIBUTIONS);
  private final Argument<Boolean> json =
      arguments.json("Print JSON; with several files one object a line.");
  private final SelectionArguments selection = new SelectionArguments(arguments);
  private final Argument<String> failOn =
      arguments.textOr(
          "error",
          "LEVEL",
          "Exit with 1 for this level: error, warning, note, never.",
          "--fail-on");
  private final LayoutArguments layout = new LayoutArguments(arguments);
  private final Argument<Boolean> allowLinux =
      arguments.flag("Accept linux_ARCH tags.", "--allow-linux");
  private final Argument<Boolean> matrix =
      arguments.flag("Show which wheels of a release there are.", "--matrix");
  private final ReportArguments reports;
  private final Argument<String> explain =
      arguments.text("RULE", "Explain a rule and exit.", "--explain");
  private final Argument<Boolean> listRules =
      arguments.flag("List all rules and exit.", "--list-rules");
  private final AuditArguments audit =
      new AuditArguments(
          arguments,
          new PlatformArgument(arguments, false, "The platform tag that the wheel is meant for."),
          PolicyArguments.withStrict(arguments, "Judge by", "Allow only"),
          "Leave out");
  private final CommonArguments common = new CommonArguments(arguments);

  CheckCommand(Console console) {
    this.console = console;
    this.reports = new ReportArguments(console, arguments);
    arguments.footer(
        "Exit status: 0 nothing at the level of --fail-on or above it; 1 something; 2 wrong usage,"
            + " or a file cannot be read.");
    arguments.example("jwheel check dist/");
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() throws IOException {
    RuleCatalog catalog = RuleCatalog.builtIn();
    Renderer<CheckView> renderer =
        json.value()
            ? new CheckJson(console, files.count() < 2)
            : new CheckText(console, common.verbose());
    if (listRules.value()) {
      renderer.render(new CheckView.OfRules(List.copyOf(catalog.all())));
      return ExitCode.OK;
    }
    if (explain.given().isPresent()) {
      renderer.render(new CheckView.OfRule(rule(catalog, explain.value())));
      return ExitCode.OK;
    }
    if (files.count() == 0) {
      throw arguments.wrongUsage("expected a FILE");
    }
    return check(catalog, renderer);
  }

  private CheckRule rule(RuleCatalog catalog, String name) {
    return catalog
        .find(name)
        .orElseThrow(
            () ->
                arguments.wrongUsage(
                    "there is no rule " + name + "; the nearest is " + catalog.nearest(name)));
  }

  private ExitCode check(RuleCatalog catalog, Renderer<CheckView> renderer) throws IOException {
    Optional<FindingLevel> least = level(failOn.value());
    ExpectedLayout expected = layout.expected();
    CheckOptions options =
        new CheckOptions(
            audit.options(console),
            selection.selection(catalog),
            expected,
            layout.maxSize(),
            allowLinux.value());
    Checking work = new Checking(new Check(options), renderer, least, reports.baseline());
    ErrorMessages errors = common.errors(console, spec());
    List<Input> inputs = files.find(console, common);
    ExitCode worst = new WheelRun<>(renderer, errors).over(inputs, work);
    List<CheckResult> release = work.releases(new ReleaseRules(options.selection()));
    boolean refused =
        release.stream()
            .anyMatch(result -> least.filter(l -> result.level().compareTo(l) <= 0).isPresent());
    worst = refused && worst == ExitCode.OK ? ExitCode.REFUSED : worst;
    List<CheckResult> results = work.results();
    results.addAll(release);
    renderer.render(new CheckView.OfTotals(work.checked.size(), results));
    reports.write(
        new CheckReport(work.checked, release, reports.anchor(inputs), Version.text()),
        results,
        common.quiet());
    return worst;
  }

  private Optional<FindingLevel> level(String name) {
    for (FindingLevel level : FindingLevel.values()) {
      if (level.toString().equals(name)) {
        return Optional.of(level);
      }
    }
    if (name.equals("never")) {
      return Optional.empty();
    }
    throw arguments.wrongUsage(
        "--fail-on " + name + " is not a level: expected error, warning, note or never");
  }

  /** The checks of one run. */
  private final class Checking implements WheelRun.Work<CheckView> {
    private final Check check;
    private final Renderer<CheckView> renderer;
    private final Optional<FindingLevel> least;
    private final Optional<Baseline> baseline;
    private final List<CheckedFile> checked = new ArrayList<>();

    private Checking(
        Check check,
        Renderer<CheckView> renderer,
        Optional<FindingLevel> least,
        Optional<Baseline> baseline) {
      this.baseline = baseline;
      this.check = check;
      this.renderer = renderer;
      this.least = least;
    }

    @Override
    public CheckView on(Input input) throws IOException {
      try (Progress progress = common.progress(console, input.name(), json.value());
          InputFile file = input.open(progress)) {
        CheckedFile found = check.on(file.path(), progress).at(input.reportedPath());
        return new CheckView.OfFile(found.with(unknown(found.results())));
      }
    }

    @Override
    public ExitCode report(CheckView view) throws IOException {
      renderer.render(view);
      if (!(view instanceof CheckView.OfFile one)) {
        return ExitCode.OK;
      }
      checked.add(one.file());
      if (one.file().isUnreadable()) {
        return ExitCode.UNUSABLE;
      }
      boolean refused = least.filter(one.file()::hasAtLeast).isPresent();
      return refused ? ExitCode.REFUSED : ExitCode.OK;
    }

    /** Prints what concerns several files of a release, and returns it. */
    private List<CheckResult> releases(ReleaseRules rules) throws IOException {
      List<CheckResult> all = new ArrayList<>();
      for (Map.Entry<String, List<CheckResult>> release : rules.check(checked).entrySet()) {
        List<CheckResult> results = unknown(release.getValue());
        renderer.render(new CheckView.OfRelease(release.getKey(), results));
        all.addAll(results);
      }
      if (matrix.value()) {
        for (Map.Entry<String, List<ReleaseFile>> release : ReleaseRules.by(checked).entrySet()) {
          renderer.render(
              new CheckView.OfMatrix(release.getKey(), ReleaseRules.matrix(release.getValue())));
        }
      }
      return all;
    }

    private List<CheckResult> unknown(List<CheckResult> results) {
      return baseline.isEmpty()
          ? results
          : results.stream().filter(result -> !baseline.get().has(result)).toList();
    }

    private List<CheckResult> results() {
      List<CheckResult> results = new ArrayList<>();
      checked.forEach(file -> results.addAll(file.results()));
      return results;
    }
  }
}
