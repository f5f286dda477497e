package dev.jwheel.cli;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.repair.RepairException;
import dev.jwheel.repair.RepairOptions;
import dev.jwheel.repair.RepairPlan;
import dev.jwheel.repair.RepairPlanner;
import dev.jwheel.repair.WheelRepairer;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.DosTime;
import dev.jwheel.wheel.zip.WriteProgress;
import dev.jwheel.wheel.zip.ZipWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jwheel repair}: makes wheels deserve a platform tag. */
@Command(
    name = "repair",
    description =
        "Repair wheels: copy external libraries in, make the ELF files find each other, retag.",
    footer = {
      "",
      "Exit status: 0 repaired; 1 a wheel cannot be repaired as asked; 2 a file cannot be read or"
          + " written."
    })
final class RepairCommand implements Callable<Integer> {
  private static final int DEFAULT_LEVEL = 6;

  private final Console console;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin LoaderArguments loader = new LoaderArguments();

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "WHEEL", arity = "1..*", description = "The wheels to repair.")
  List<Path> wheels = List.of();

  @Option(
      names = "--plat",
      paramLabel = "TAG",
      description =
          "The tag to reach: of any architecture, in any spelling, with or without the"
              + " architecture; linux to graft without a promise; auto, the default, for the best.")
  String platform = "";

  @Option(
      names = {"-w", "--wheel-dir"},
      paramLabel = "DIR",
      description = "Where the repaired wheels go; default wheelhouse/.")
  Path directory = Path.of("wheelhouse");

  @Option(
      names = {"-L", "--lib-sdir"},
      paramLabel = "SUFFIX",
      description = "What follows the name in that of the library directory; default .libs.")
  String librarySuffix = ".libs";

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description =
          "Do not graft libraries whose DT_NEEDED name or real path matches; * ? [..] are"
              + " wildcards; repeatable.")
  List<String> excludes = List.of();

  @Option(names = "--only-plat", description = "Do not add a better tag.")
  boolean onlyPlatform;

  @Option(names = "--no-update-tags", description = "Keep the file name and WHEEL.")
  boolean keepTags;

  @Option(names = "--strip", description = "Drop symbol tables and debug sections.")
  boolean strip;

  @Option(
      names = "--clear-execstack",
      description = "Clear the executable-stack flag of every ELF file.")
  boolean clearStack;

  @Option(names = "--allow-purelib", description = "Accept ELF files in purelib.")
  boolean allowPurelib;

  @Option(
      names = {"-z", "--zip-compression-level"},
      paramLabel = "0..9",
      description = "How well to compress; default 6.")
  Integer level = -1;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Judge by the policy in this file too; repeatable.")
  List<Path> policies = List.of();

  @Option(
      names = "--disable-isa-ext-check",
      description = "Let instruction-set extensions rule out nothing.")
  boolean disableIsaCheck;

  @Option(names = "--allow-pure-python-wheel", description = "Copy a pure Python wheel as it is.")
  boolean allowPure;

  @Option(names = "--dry-run", description = "Print the plan and write nothing.")
  boolean dryRun;

  @Option(names = "--in-place", description = "Put the result in the place of the wheel.")
  boolean inPlace;

  RepairCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    AuditOptions audit = auditOptions();
    RepairOptions options = repairOptions(audit);
    ExitCode worst = ExitCode.OK;
    for (Path wheel : wheels) {
      ExitCode code = repair(wheel, audit, options);
      worst = code.compareTo(worst) > 0 ? code : worst;
    }
    return worst.status();
  }

  private ExitCode repair(Path file, AuditOptions audit, RepairOptions options) {
    try (WheelArchive wheel = WheelArchive.open(file)) {
      AuditOutcome outcome = new WheelAuditor(audit).audit(wheel);
      if (outcome instanceof NotPlatformWheel other) {
        return copyPure(file, other);
      }
      RepairPlan plan =
          new RepairPlanner(options, audit.policies()).plan(wheel, (AuditReport) outcome);
      RepairText text = new RepairText(console, common.verbose);
      if (dryRun) {
        text.plan(plan);
        return ExitCode.OK;
      }
      Path target = carryOut(file, wheel, plan, audit, options);
      if (!common.quiet) {
        text.done(plan, target);
      }
      return ExitCode.OK;
    } catch (RepairException e) {
      console.say(spec.qualifiedName() + ": " + file.getFileName() + " cannot be repaired:");
      e.reasons().forEach(reason -> console.say("  " + reason));
      return ExitCode.REFUSED;
    } catch (IOException e) {
      console.say(spec.qualifiedName() + ": " + Failure.message(e));
      if (common.debug) {
        e.printStackTrace(console.err());
      }
      return ExitCode.UNUSABLE;
    }
  }

  private ExitCode copyPure(Path file, NotPlatformWheel outcome) throws IOException {
    if (!outcome.pure() || !allowPure) {
      console.say(
          spec.qualifiedName()
              + ": "
              + outcome.wheel()
              + " is not a platform wheel: "
              + outcome.reason());
      return ExitCode.REFUSED;
    }
    Path target = output(file).resolve(outcome.wheel());
    if (!dryRun && !isSame(file, target)) {
      Files.createDirectories(output(file));
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return ExitCode.OK;
  }

  private Path carryOut(
      Path file, WheelArchive wheel, RepairPlan plan, AuditOptions audit, RepairOptions options)
      throws IOException, RepairException {
    Path target = output(file).resolve(plan.result().toString());
    if (!inPlace && isSame(file, target)) {
      throw new IOException(target + " is the wheel itself; --in-place lets it be replaced");
    }
    Files.createDirectories(output(file));
    try (ZipWriter writer =
        ZipWriter.create(
            target,
            compression(),
            Runtime.getRuntime().availableProcessors(),
            WriteProgress.SILENT)) {
      Thread cleanup = new Thread(() -> closeQuietly(writer));
      Runtime.getRuntime().addShutdownHook(cleanup);
      new WheelRepairer(audit, options.time(), Version.text()).repair(wheel, plan, writer);
      Runtime.getRuntime().removeShutdownHook(cleanup);
    }
    if (inPlace && !isSame(file, target)) {
      Files.delete(file);
    }
    return target;
  }

  private static void closeQuietly(ZipWriter writer) {
    try {
      writer.close();
    } catch (IOException e) {
      return;
    }
  }

  private static boolean isSame(Path file, Path target) throws IOException {
    return Files.exists(target) && Files.isSameFile(file, target);
  }

  private Path output(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return inPlace && parent != null ? parent : directory;
  }

  private int compression() {
    String text = level >= 0 ? level.toString() : variable("ZIP_COMPRESSION_LEVEL");
    if (text.isEmpty()) {
      return DEFAULT_LEVEL;
    }
    if (text.length() != 1 || text.charAt(0) < '0' || text.charAt(0) > '9') {
      throw new ParameterException(
          spec.commandLine(), "the compression level is " + text + ", expected 0 to 9");
    }
    return text.charAt(0) - '0';
  }

  /** A variable of this program, or else its namesake of auditwheel. */
  private String variable(String name) {
    String own = console.variable("JWHEEL_" + name);
    return own.isEmpty() ? console.variable("AUDITWHEEL_" + name) : own;
  }

  private AuditOptions auditOptions() throws IOException {
    PolicyCatalog catalog = PolicyCatalog.builtIn().with(policies);
    Optional<PlatformTag> asked =
        new PlatformArgument(spec, catalog).tag(platform.isEmpty() ? variable("PLAT") : platform);
    return new AuditOptions(catalog, loader.options(console, excludes), !disableIsaCheck, asked);
  }

  private RepairOptions repairOptions(AuditOptions audit) {
    return new RepairOptions(
        audit.platform(),
        librarySuffix,
        onlyPlatform,
        !keepTags,
        strip,
        clearStack,
        allowPurelib,
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
      throw new ParameterException(
          spec.commandLine(),
          "SOURCE_DATE_EPOCH is " + epoch + ", expected a number of seconds",
          e);
    }
  }
}
