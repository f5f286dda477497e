package dev.jwheel.cli;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jwheel show}: audits wheels. */
@Command(
    name = "show",
    description = "Audit wheels: the platform tag each deserves, and what stands in the way.",
    footer = {
      "",
      "Exit status: 0 a verdict was reached; 1 --plat is not met, or a file is not a platform"
          + " wheel; 2 a file cannot be read."
    })
final class ShowCommand implements Callable<Integer> {
  private static final long LARGE = 64L << 20;

  private final Console console;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin LoaderArguments loader = new LoaderArguments();

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "WHEEL", arity = "1..*", description = "The wheels to audit.")
  List<Path> wheels = List.of();

  @Option(names = "--json", description = "Print JSON; with several wheels one object a line.")
  boolean json;

  @Option(
      names = "--plat",
      paramLabel = "TAG",
      description =
          "Judge against this platform tag too: of any architecture, in any spelling, with or"
              + " without the architecture.")
  String platform = "";

  @Option(names = "--strict", description = "Allow only what the PEP's own text allows as well.")
  boolean strict;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Judge by the policy in this file too; repeatable.")
  List<Path> policies = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description =
          "Leave out libraries whose DT_NEEDED name or real path matches; * ? [..] are wildcards;"
              + " repeatable.")
  List<String> excludes = List.of();

  @Option(
      names = "--disable-isa-ext-check",
      description = "Let instruction-set extensions rule out nothing.")
  boolean disableIsaCheck;

  @Option(names = "--allow-pure-python-wheel", description = "Exit with 0 for a pure Python wheel.")
  boolean allowPure;

  ShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    WheelAuditor auditor = new WheelAuditor(options());
    ExitCode worst = ExitCode.OK;
    boolean first = true;
    for (Path wheel : wheels) {
      if (!first && !json && !common.quiet) {
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
      tellIfLarge(wheel);
      AuditOutcome outcome = auditor.audit(wheel);
      print(outcome);
      return code(outcome);
    } catch (IOException e) {
      String message = Failure.message(e);
      if (json) {
        console.out().println(jsonReport().ofFailure(file.getFileName().toString(), message));
      }
      console.say(spec.qualifiedName() + ": " + message);
      if (common.debug) {
        e.printStackTrace(console.err());
      }
      return ExitCode.UNUSABLE;
    }
  }

  /** So that nobody at a terminal wonders what takes so long. */
  private void tellIfLarge(WheelArchive wheel) {
    if (console.terminal() && !common.quiet && wheel.zip().size() > LARGE) {
      console.say("reading " + wheel.fileName() + ", " + (wheel.zip().size() >> 20) + " MiB");
    }
  }

  private void print(AuditOutcome outcome) throws IOException {
    if (json) {
      console.out().println(jsonReport().of(outcome));
    } else {
      new TextReport(console, common.verbose, common.quiet).print(outcome);
    }
  }

  private JsonReport jsonReport() {
    return new JsonReport(wheels.size() == 1);
  }

  private ExitCode code(AuditOutcome outcome) {
    if (outcome instanceof NotPlatformWheel other) {
      return other.pure() && allowPure ? ExitCode.OK : ExitCode.REFUSED;
    }
    boolean refused =
        outcome instanceof AuditReport report
            && report.platform().filter(verdict -> !verdict.met()).isPresent();
    return refused ? ExitCode.REFUSED : ExitCode.OK;
  }

  private AuditOptions options() throws IOException {
    PolicyCatalog catalog = PolicyCatalog.builtIn().with(policies);
    return new AuditOptions(
        strict ? catalog.strict() : catalog,
        loader.options(console, excludes),
        !disableIsaCheck,
        new PlatformArgument(spec, catalog).tag(platform));
  }
}
