package dev.jwheel.cli;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.MemberScanner;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.cli.json.RepairJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Progress;
import dev.jwheel.io.AtomicCopy;
import dev.jwheel.io.Printable;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.repair.RepairException;
import dev.jwheel.repair.RepairOptions;
import dev.jwheel.repair.RepairPlan;
import dev.jwheel.repair.RepairPlanner;
import dev.jwheel.repair.RepairRefusal;
import dev.jwheel.repair.write.WheelRepairer;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.DosTime;
import dev.jwheel.wheel.zip.WriteProgress;
import dev.jwheel.wheel.zip.ZipWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel repair}: makes wheels deserve a platform tag. */
final class RepairCommand implements Callable<Integer> {
  private static final int DEFAULT_LEVEL = 6;

  private final Console console;
  private final Arguments arguments =
      new Arguments(
          this,
          "repair",
          "Repair wheels: copy external libraries in, make the ELF files find each other, retag.");
  private final Argument<List<Path>> wheels = arguments.files("WHEEL", "The wheels to repair.");
  private final Argument<String> platform =
      arguments.text(
          "TAG",
          "The tag to reach: of any architecture, in any spelling, with or without the"
              + " architecture; linux to graft without a promise; auto, the default, for the best.",
          "--plat");
  private final Argument<String> directory =
      arguments.textOr(
          "wheelhouse",
          "DIR",
          "Where the repaired wheels go; default wheelhouse/.",
          "-w",
          "--wheel-dir");
  private final Argument<String> librarySuffix =
      arguments.textOr(
          ".libs",
          "SUFFIX",
          "What follows the name in that of the library directory; default .libs.",
          "-L",
          "--lib-sdir");
  private final Argument<List<String>> excludes =
      arguments.texts(
          "PATTERN",
          "Do not graft libraries whose DT_NEEDED name or real path matches; * ? [..] are"
              + " wildcards; repeatable.",
          "--exclude");
  private final Argument<Boolean> onlyPlatform =
      arguments.flag("Do not add a better tag.", "--only-plat");
  private final Argument<Boolean> keepTags =
      arguments.flag("Keep the file name and WHEEL.", "--no-update-tags");
  private final Argument<Boolean> strip =
      arguments.flag("Drop symbol tables and debug sections.", "--strip");
  private final Argument<Boolean> clearStack =
      arguments.flag("Clear the executable-stack flag of every ELF file.", "--clear-execstack");
  private final Argument<Boolean> allowPurelib =
      arguments.flag("Accept ELF files in purelib.", "--allow-purelib");
  private final Argument<String> level =
      arguments.text("0..9", "How well to compress; default 6.", "-z", "--zip-compression-level");
  private final Argument<List<Path>> policies =
      arguments.paths("FILE", "Judge by the policy in this file too; repeatable.", "--policy");
  private final Argument<Boolean> disableIsaCheck =
      arguments.flag("Let instruction-set extensions rule out nothing.", "--disable-isa-ext-check");
  private final Argument<Boolean> allowPure =
      arguments.flag("Copy a pure Python wheel as it is.", "--allow-pure-python-wheel");
  private final Argument<Boolean> dryRun =
      arguments.flag("Print the plan and write nothing.", "--dry-run");
  private final Argument<Boolean> json =
      arguments.flag("Print the plan, or what was done, as JSON.", "--json");
  private final Argument<Boolean> inPlace =
      arguments.flag(
          "Put the result beside the wheel and remove the wheel; -w does not count.", "--in-place");
  private final SearchArguments search = new SearchArguments(arguments);
  private final CommonArguments common = new CommonArguments(arguments);

  RepairCommand(Console console) {
    this.console = console;
    arguments.footer(
        "Exit status: 0 repaired; 1 a wheel cannot be repaired as asked; 2 a file cannot be read or"
            + " written.");
  }

  CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public Integer call() throws IOException {
    AuditOptions audit = auditOptions();
    Request request =
        new Request(
            audit,
            repairOptions(audit),
            compression(),
            new RepairOutput(Path.of(directory.value()), inPlace.value(), wheels.value()));
    ExitCode worst = ExitCode.OK;
    for (Path wheel : wheels.value()) {
      ExitCode code = repair(wheel, request);
      worst = code.compareTo(worst) > 0 ? code : worst;
    }
    return worst.status();
  }

  /** What is the same for every wheel of a run. */
  private record Request(
      AuditOptions audit, RepairOptions options, int compression, RepairOutput output) {}

  private ExitCode repair(Path file, Request request) throws IOException {
    String name = String.valueOf(file.getFileName());
    RepairReport report = report();
    try (WheelArchive wheel = WheelArchive.open(file)) {
      AuditOutcome outcome;
      RepairPlan plan;
      Optional<Path> target = Optional.empty();
      try (Progress progress = progress(Printable.of(name))) {
        outcome =
            new WheelAuditor(request.audit)
                .audit(new MemberScanner(wheel).withProgress(progress).hashing());
        if (outcome instanceof NotPlatformWheel other) {
          return copyPure(file, other, request.output);
        }
        progress.planning();
        RepairPlanner planner = new RepairPlanner(request.options, request.audit.policies());
        AuditReport audited = (AuditReport) outcome;
        plan = dryRun.value() ? planner.rehearse(wheel, audited) : planner.plan(wheel, audited);
        Path place = request.output.of(file, plan.result().toString());
        if (!dryRun.value()) {
          carryOut(wheel, plan, place, request, progress);
          request.output.written(file, place);
          target = Optional.of(place);
        }
      }
      report.of(plan, target);
      return ExitCode.OK;
    } catch (RepairException e) {
      report.refused(RepairRefusal.of(name, e));
      return ExitCode.REFUSED;
    } catch (IOException e) {
      report.failed(name, ErrorMessages.message(e));
      if (common.debug()) {
        console.stackTrace(e);
      }
      return ExitCode.UNUSABLE;
    }
  }

  private RepairReport report() {
    return new RepairReport(
        console,
        spec().qualifiedName(),
        json.value() ? Optional.of(new RepairJson(wheels.value().size() == 1)) : Optional.empty(),
        common.quiet() && !dryRun.value(),
        common.verbose());
  }

  private Progress progress(String wheel) {
    return common.quiet() || json.value() ? Progress.silent() : Progress.of(console, wheel);
  }

  private ExitCode copyPure(Path file, NotPlatformWheel outcome, RepairOutput output)
      throws IOException, RepairException {
    if (!outcome.pure() || !allowPure.value()) {
      report().refused(RepairRefusal.notPlatformWheel(outcome));
      return ExitCode.REFUSED;
    }
    Path target = output.ofCopy(file, outcome.wheel());
    if (!dryRun.value() && !RepairOutput.isSame(file, target)) {
      RepairOutput.write(target, () -> AtomicCopy.copy(file, target));
      output.written(file, target);
    }
    report().copied(outcome.wheel(), dryRun.value() ? Optional.empty() : Optional.of(target));
    return ExitCode.OK;
  }

  private static void carryOut(
      WheelArchive wheel, RepairPlan plan, Path target, Request request, WriteProgress progress)
      throws IOException, RepairException {
    int threads = Runtime.getRuntime().availableProcessors();
    WheelRepairer repairer =
        new WheelRepairer(request.audit, request.options.time(), Version.text());
    RepairOutput.write(
        target,
        () -> {
          try (ZipWriter writer =
              ZipWriter.create(target, request.compression, threads, progress)) {
            repairer.repair(wheel, plan, writer);
          }
        });
  }

  private int compression() {
    Setting setting = setting(level, "-z", "ZIP_COMPRESSION_LEVEL");
    String text = setting.value();
    if (text.isEmpty()) {
      return DEFAULT_LEVEL;
    }
    if (text.length() != 1 || text.charAt(0) < '0' || text.charAt(0) > '9') {
      throw arguments.wrongUsage(setting.name() + " is " + text + ", expected 0 to 9");
    }
    return text.charAt(0) - '0';
  }

  /** What was set, and by which option or variable. */
  private record Setting(String name, String value) {}

  /** An option, or else a variable of this program, or else its namesake of auditwheel. */
  private Setting setting(Argument<String> option, String name, String variable) {
    if (!option.value().isEmpty()) {
      return new Setting(name, option.value());
    }
    String own = "JWHEEL_" + variable;
    String chosen = console.variable(own).isEmpty() ? "AUDITWHEEL_" + variable : own;
    return new Setting(chosen, console.variable(chosen));
  }

  private AuditOptions auditOptions() throws IOException {
    PolicyCatalog catalog = PolicyCatalog.builtIn().with(policies.value());
    Setting setting = setting(platform, "--plat", "PLAT");
    Optional<PlatformTag> asked =
        new PlatformArgument(spec(), catalog).tag(setting.name(), setting.value());
    return new AuditOptions(
        catalog, search.options(console, excludes.value()), !disableIsaCheck.value(), asked);
  }

  private RepairOptions repairOptions(AuditOptions audit) {
    return new RepairOptions(
        audit.platform(),
        librarySuffix.value(),
        onlyPlatform.value(),
        !keepTags.value(),
        strip.value(),
        clearStack.value(),
        !disableIsaCheck.value(),
        allowPurelib.value(),
        time());
  }

  private int time() {
    String epoch = console.variable("SOURCE_DATE_EPOCH");
    if (epoch.isEmpty()) {
      return DosTime.EARLIEST;
    }
    try {
      return DosTime.ofEpochSecond(Long.parseLong(epoch));
    } catch (NumberFormatException e) {
      throw arguments.wrongUsage(
          "SOURCE_DATE_EPOCH is " + epoch + ", expected a number of seconds");
    }
  }
}
