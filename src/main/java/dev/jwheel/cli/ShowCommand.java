// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.MemberScanner;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.cli.auditwheel.AuditwheelShowText;
import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.input.InputFile;
import dev.jwheel.cli.input.InputKind;
import dev.jwheel.cli.input.WheelInput;
import dev.jwheel.cli.json.AuditJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Progress;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.text.AuditText;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel show}: audits wheels. */
final class ShowCommand implements Command {
  private final Console console;
  private final Dialect dialect;
  private final Arguments arguments =
      new Arguments(
          this,
          "show",
          "Audit wheels: the platform tag each deserves, and what stands in the way.");
  private final InputArguments wheels =
      InputArguments.required(
          arguments,
          "WHEEL",
          "The wheels to audit: files, https://.../NAME.whl, or NAME==VERSION on an index.",
          InputKind.LINUX_WHEELS);
  private final Argument<Boolean> json =
      arguments.json("Print JSON; with several wheels one object a line.");
  private final AuditArguments audit =
      new AuditArguments(
          arguments,
          new PlatformArgument(
              arguments,
              false,
              "Judge against this platform tag too: of any architecture, in any spelling, with or"
                  + " without the architecture; repeatable."),
          PolicyArguments.withStrict(arguments, "Judge by", "Allow only"),
          "Leave out");
  private final Argument<Boolean> allowPure =
      arguments.flag("Exit with 0 for a pure Python wheel.", "--allow-pure-python-wheel");
  private final CommonArguments common = new CommonArguments(arguments);

  ShowCommand(Console console, Dialect dialect) {
    this.console = console;
    this.dialect = dialect;
    arguments.footer(
        "Exit status: 0 a verdict was reached; 1 --plat is not met, or a file is not a platform"
            + " wheel; 2 a file cannot be read.");
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() throws IOException {
    List<Input> inputs = wheels.find(console, common);
    Renderer<AuditOutcome> renderer = renderer(inputs.size() == 1);
    Audit work = new Audit(new WheelAuditor(audit.options(console)), renderer);
    return new WheelRun<>(renderer, common.errors(console, spec())).over(inputs, work);
  }

  private Renderer<AuditOutcome> renderer(boolean single) {
    if (json.value()) {
      return new AuditJson(console, single);
    }
    return dialect == Dialect.AUDITWHEEL
        ? new AuditwheelShowText(console, common.verbose())
        : new AuditText(console, common.verbose(), common.quiet());
  }

  /** The audits of one run. */
  private final class Audit implements WheelRun.Work<AuditOutcome> {
    private final WheelAuditor auditor;
    private final Renderer<AuditOutcome> renderer;

    private Audit(WheelAuditor auditor, Renderer<AuditOutcome> renderer) {
      this.auditor = auditor;
      this.renderer = renderer;
    }

    @Override
    public AuditOutcome on(Input input) throws IOException {
      try (Progress progress = common.progress(console, input.name(), json.value());
          InputFile file = input.open(progress);
          WheelArchive wheel = WheelInput.open(file.path())) {
        return auditor.audit(new MemberScanner(wheel).withProgress(progress));
      }
    }

    @Override
    public ExitCode report(AuditOutcome outcome) throws IOException {
      renderer.render(outcome);
      if (outcome instanceof NotPlatformWheel other) {
        return other.pure() && allowPure.value() ? ExitCode.OK : ExitCode.REFUSED;
      }
      boolean refused =
          outcome instanceof AuditReport report
              && report.platforms().stream().anyMatch(verdict -> !verdict.met());
      return refused ? ExitCode.REFUSED : ExitCode.OK;
    }
  }
}
