package dev.jwheel.cli;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.MemberScanner;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.cli.json.AuditJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Progress;
import dev.jwheel.cli.text.AuditText;
import dev.jwheel.io.Printable;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel show}: audits wheels. */
final class ShowCommand implements Callable<Integer> {
  private final Console console;
  private final Arguments arguments =
      new Arguments(
          this,
          "show",
          "Audit wheels: the platform tag each deserves, and what stands in the way.");
  private final Argument<List<Path>> wheels = arguments.files("WHEEL", "The wheels to audit.");
  private final Argument<Boolean> json =
      arguments.flag("Print JSON; with several wheels one object a line.", "--json");
  private final Argument<String> platform =
      arguments.text(
          "TAG",
          "Judge against this platform tag too: of any architecture, in any spelling, with or"
              + " without the architecture.",
          "--plat");
  private final Argument<Boolean> strict =
      arguments.flag("Allow only what the PEP's own text allows as well.", "--strict");
  private final Argument<List<Path>> policies =
      arguments.paths("FILE", "Judge by the policy in this file too; repeatable.", "--policy");
  private final Argument<List<String>> excludes =
      arguments.texts(
          "PATTERN",
          "Leave out libraries whose DT_NEEDED name or real path matches; * ? [..] are wildcards;"
              + " repeatable.",
          "--exclude");
  private final Argument<Boolean> disableIsaCheck =
      arguments.flag("Let instruction-set extensions rule out nothing.", "--disable-isa-ext-check");
  private final Argument<Boolean> allowPure =
      arguments.flag("Exit with 0 for a pure Python wheel.", "--allow-pure-python-wheel");
  private final SearchArguments search = new SearchArguments(arguments);
  private final CommonArguments common = new CommonArguments(arguments);

  ShowCommand(Console console) {
    this.console = console;
    arguments.footer(
        "Exit status: 0 a verdict was reached; 1 --plat is not met, or a file is not a platform"
            + " wheel; 2 a file cannot be read.");
  }

  CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public Integer call() throws IOException {
    WheelAuditor auditor = new WheelAuditor(options());
    ExitCode worst = ExitCode.OK;
    boolean first = true;
    for (Path wheel : wheels.value()) {
      if (!first && !json.value() && !common.quiet()) {
        console.out().println();
      }
      first = false;
      ExitCode code = show(auditor, wheel);
      worst = code.compareTo(worst) > 0 ? code : worst;
    }
    return worst.status();
  }

  private ExitCode show(WheelAuditor auditor, Path file) throws IOException {
    try (WheelArchive wheel = WheelArchive.open(file)) {
      AuditOutcome outcome = audit(auditor, wheel);
      print(outcome);
      return code(outcome);
    } catch (IOException e) {
      String message = ErrorMessages.message(e);
      if (json.value()) {
        console.out().println(jsonReport().ofFailure(file.getFileName().toString(), message));
      }
      console.message(spec().qualifiedName() + ": " + message);
      if (common.debug()) {
        console.stackTrace(e);
      }
      return ExitCode.UNUSABLE;
    }
  }

  private AuditOutcome audit(WheelAuditor auditor, WheelArchive wheel) throws IOException {
    boolean silent = common.quiet() || json.value();
    String name = Printable.of(wheel.fileName().toString());
    try (Progress progress = silent ? Progress.silent() : Progress.of(console, name)) {
      return auditor.audit(new MemberScanner(wheel).withProgress(progress));
    }
  }

  private void print(AuditOutcome outcome) throws IOException {
    if (json.value()) {
      console.out().println(jsonReport().of(outcome));
    } else {
      new AuditText(console, common.verbose(), common.quiet()).print(outcome);
    }
  }

  private AuditJson jsonReport() {
    return new AuditJson(wheels.value().size() == 1);
  }

  private ExitCode code(AuditOutcome outcome) {
    if (outcome instanceof NotPlatformWheel other) {
      return other.pure() && allowPure.value() ? ExitCode.OK : ExitCode.REFUSED;
    }
    boolean refused =
        outcome instanceof AuditReport report
            && report.platform().filter(verdict -> !verdict.met()).isPresent();
    return refused ? ExitCode.REFUSED : ExitCode.OK;
  }

  private AuditOptions options() throws IOException {
    PolicyCatalog catalog = PolicyCatalog.builtIn().with(policies.value());
    return new AuditOptions(
        strict.value() ? catalog.strict() : catalog,
        search.options(console, excludes.value()),
        !disableIsaCheck.value(),
        new PlatformArgument(spec(), catalog).tag("--plat", platform.value()));
  }
}
