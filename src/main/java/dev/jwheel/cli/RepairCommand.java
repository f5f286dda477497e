// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.MemberScanner;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.cli.auditwheel.AuditwheelRepairLog;
import dev.jwheel.cli.input.Distributions;
import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.input.InputFile;
import dev.jwheel.cli.input.InputKind;
import dev.jwheel.cli.input.WheelInput;
import dev.jwheel.cli.json.RepairJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.Progress;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.text.RefusalText;
import dev.jwheel.cli.text.RepairText;
import dev.jwheel.io.AtomicCopy;
import dev.jwheel.repair.RepairException;
import dev.jwheel.repair.RepairNote;
import dev.jwheel.repair.RepairOptions;
import dev.jwheel.repair.RepairOutcome;
import dev.jwheel.repair.RepairPlan;
import dev.jwheel.repair.RepairPlanner;
import dev.jwheel.repair.RepairRefusal;
import dev.jwheel.repair.RunPathRepair;
import dev.jwheel.repair.write.WheelRepairer;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.WriteProgress;
import dev.jwheel.wheel.zip.ZipWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel repair}: makes wheels deserve a platform tag. */
final class RepairCommand implements Command {
  private final Console console;
  private final Dialect dialect;
  private final RepairArguments arguments = new RepairArguments(this);

  RepairCommand(Console console, Dialect dialect) {
    this.console = console;
    this.dialect = dialect;
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() throws IOException {
    arguments.onlyRunPaths(); // wrong usage is reported before any file is opened
    AuditOptions audit = arguments.auditOptions(console);
    RepairOptions options = arguments.repairOptions(console);
    List<Input> inputs = Distributions.in(arguments.wheels.value(), InputKind.WHEELS);
    Renderer<RepairOutcome> renderer = renderer(inputs.size() == 1);
    ErrorMessages errors = arguments.common.errors(console, spec());
    Repair repair =
        new Repair(
            inputs,
            audit,
            options,
            arguments.compression(console),
            arguments.output(console, dialect == Dialect.AUDITWHEEL),
            renderer,
            errors);
    arguments.patcher().ifPresent(patcher -> note(errors, patcher));
    int threads = repair.output.isForSeveral() ? Runtime.getRuntime().availableProcessors() : 1;
    return new WheelRun<>(renderer, errors, threads).over(repair.inputs, repair);
  }

  private void note(ErrorMessages errors, String patcher) {
    if (!arguments.common.quiet()) {
      errors.print("--patcher " + patcher + " is ignored: jwheel edits ELF files itself");
    }
  }

  private Renderer<RepairOutcome> renderer(boolean one) {
    if (dialect == Dialect.AUDITWHEEL) {
      return new AuditwheelRepairLog(console, arguments.common.verbose());
    }
    if (arguments.json.value()) {
      return new RepairJson(console, one);
    }
    boolean quiet = arguments.common.quiet() && !arguments.dryRun.value();
    return new RepairText(console, arguments.common.verbose(), quiet);
  }

  /** The repairs of one run. */
  private final class Repair implements WheelRun.Work<RepairOutcome> {
    private final List<Input> inputs;
    private final AuditOptions audit;
    private final RepairOptions options;
    private final int compression;
    private final RepairOutput output;
    private final Renderer<RepairOutcome> renderer;
    private final ErrorMessages errors;

    private Repair(
        List<Input> inputs,
        AuditOptions audit,
        RepairOptions options,
        int compression,
        RepairOutput output,
        Renderer<RepairOutcome> renderer,
        ErrorMessages errors) {
      this.inputs = inputs;
      this.audit = audit;
      this.options = options;
      this.compression = compression;
      this.output = output;
      this.renderer = renderer;
      this.errors = errors;
    }

    @Override
    public ExitCode report(RepairOutcome outcome) throws IOException {
      renderer.render(outcome);
      if (outcome instanceof RepairRefusal refusal) {
        RefusalText text =
            new RefusalText(refusal, console.errorWidth(), arguments.common.verbose());
        errors.print(text.title());
        text.lines().forEach(console::message);
        return dialect.refusal(refusal);
      }
      return ExitCode.OK;
    }

    @Override
    public RepairOutcome on(Input input) throws IOException {
      String name = input.name();
      try (Progress progress = arguments.common.progress(console, name, arguments.json.value());
          InputFile opened = input.open(progress);
          WheelArchive wheel = WheelInput.open(opened.path())) {
        AuditOutcome outcome =
            new WheelAuditor(audit)
                .audit(new MemberScanner(wheel).withProgress(progress).hashing());
        return outcome instanceof AuditReport report
            ? repaired(opened.path(), wheel, report, progress)
            : copied(opened.path(), wheel, (NotPlatformWheel) outcome);
      } catch (RepairException e) {
        RepairRefusal refusal = RepairRefusal.of(name, e);
        return arguments
            .platformVariable(console)
            .map(variable -> refusal.with("the tag is that of the variable " + variable))
            .orElse(refusal);
      } finally {
        output.ended(arguments.wheels.value().get(inputs.indexOf(input)));
      }
    }

    private RepairOutcome repaired(
        Path file, WheelArchive wheel, AuditReport report, Progress progress)
        throws IOException, RepairException {
      progress.planning();
      boolean dry = arguments.dryRun.value();
      RepairPlan plan = plan(wheel, report, dry);
      RepairOutput.Place place = output.of(file, plan.result().toString());
      Path target = place.target();
      if (place.taken().isPresent() && RepairOutput.isSame(file, target) && isDone(wheel, plan)) {
        return new RepairOutcome.InOrder(plan, target);
      }
      if (dry && place.taken().isEmpty()) {
        return new RepairOutcome.Planned(plan);
      }
      List<RepairNote> notes = carryOut(wheel, plan, place, progress);
      if (dry) {
        return new RepairOutcome.InOrder(plan, target);
      }
      output.written(file, target);
      return new RepairOutcome.Repaired(plan.with(notes), target);
    }

    /** Whether a repair would write what is there, but for the compressed bytes of RECORD. */
    private static boolean isDone(WheelArchive wheel, RepairPlan plan) throws IOException {
      return plan.changesNothing()
          && plan.dropped().isEmpty()
          && wheel.defects().isEmpty()
          && wheel.verifyRecord().isEmpty();
    }

    private RepairPlan plan(WheelArchive wheel, AuditReport report, boolean dry)
        throws IOException, RepairException {
      if (arguments.onlyRunPaths()) {
        return RunPathRepair.plan(wheel, report, options.rebuildRecord());
      }
      RepairPlanner planner = new RepairPlanner(audit, options);
      return dry ? planner.rehearse(wheel, report) : planner.plan(wheel, report);
    }

    /** A wheel that may not be replaced is only compared with what would be written. */
    private List<RepairNote> carryOut(
        WheelArchive wheel, RepairPlan plan, RepairOutput.Place place, WriteProgress progress)
        throws IOException, RepairException {
      Path target = place.target();
      int threads = Runtime.getRuntime().availableProcessors();
      WheelRepairer repairer = new WheelRepairer(audit, options, Version.text());
      List<RepairNote> notes = new ArrayList<>();
      output.write(
          target,
          () -> {
            try (ZipWriter writer = ZipWriter.create(target, compression, threads, progress)) {
              place.taken().ifPresent(writer::keepTarget);
              notes.addAll(repairer.repair(wheel, plan, writer));
            }
          });
      return notes;
    }

    private RepairOutcome copied(Path file, WheelArchive wheel, NotPlatformWheel outcome)
        throws IOException, RepairException {
      if (!outcome.pure() || !arguments.allowPure.value()) {
        return RepairRefusal.notPlatformWheel(outcome);
      }
      if (!wheel.hazards().isEmpty()) {
        return RepairRefusal.hazards(outcome, wheel.hazards());
      }
      RepairOutput.Place place = output.ofCopy(file, outcome.wheel());
      Path target = place.target();
      if (place.taken().isPresent() && Files.mismatch(file, target) >= 0) {
        place.requireFree();
      }
      if (arguments.dryRun.value()) {
        return new RepairOutcome.Copied(outcome.wheel(), Optional.empty());
      }
      if (!RepairOutput.isSame(file, target)) {
        output.write(target, () -> AtomicCopy.copy(file, target));
        output.written(file, target);
      }
      return new RepairOutcome.Copied(outcome.wheel(), Optional.of(target));
    }
  }
}
