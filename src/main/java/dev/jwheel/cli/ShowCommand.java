// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ContentVisitor;
import dev.jwheel.audit.MemberScanner;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.check.StableAbiNeed;
import dev.jwheel.cli.auditwheel.AuditwheelShowText;
import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.input.InputFile;
import dev.jwheel.cli.input.InputKind;
import dev.jwheel.cli.input.WheelInput;
import dev.jwheel.cli.json.AuditJson;
import dev.jwheel.cli.terminal.AuditView;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.Progress;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.text.AuditText;
import dev.jwheel.elf.ElfOrigin;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel show}: audits wheels. */
final class ShowCommand implements Command {
  private final Console console;
  private final Dialect dialect;
  private final Arguments arguments =
      new Arguments(
          this,
          "show",
          "Report the best platform tag that each wheel qualifies for, and what prevents a better one.");
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
  private final Argument<Boolean> toolchains =
      arguments.flag("List the compilers of each file.", "--toolchains");
  private final Argument<Boolean> allowPure =
      arguments.flag("Exit with 0 for a pure Python wheel.", "--allow-pure-python-wheel");
  private final CommonArguments common = new CommonArguments(arguments);

  ShowCommand(Console console, Dialect dialect) {
    this.console = console;
    this.dialect = dialect;
    arguments.footer(
        "Exit status: 0 a verdict was reached; 1 --plat is not met, or a file is not a platform"
            + " wheel; 2 a file cannot be read.");
    arguments.example("jwheel show --plat manylinux_2_28 dist/*.whl");
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() throws IOException {
    List<Input> inputs = wheels.find(console, common);
    Renderer<AuditView> renderer = renderer(inputs.size() == 1);
    Audit work = new Audit(new WheelAuditor(audit.options(console)), renderer);
    return new WheelRun<>(renderer, common.errors(console, spec())).over(inputs, work);
  }

  private Renderer<AuditView> renderer(boolean single) {
    if (json.value()) {
      return new AuditJson(console, single);
    }
    return dialect == Dialect.AUDITWHEEL
        ? new AuditwheelShowText(console, common.verbose())
        : new AuditText(console, common.verbose(), common.quiet());
  }

  /** The audits of one run. */
  private final class Audit implements WheelRun.Work<AuditView> {
    private final WheelAuditor auditor;
    private final Renderer<AuditView> renderer;

    private Audit(WheelAuditor auditor, Renderer<AuditView> renderer) {
      this.auditor = auditor;
      this.renderer = renderer;
    }

    @Override
    public AuditView on(Input input) throws IOException {
      ToolchainVisitor visitor = new ToolchainVisitor();
      try (Progress progress = common.progress(console, input.name(), json.value());
          InputFile file = input.open(progress);
          WheelArchive wheel = WheelInput.open(file.path())) {
        MemberScanner scanner = new MemberScanner(wheel).withProgress(progress);
        if (toolchains.value()) {
          scanner = scanner.visiting(visitor);
        }
        AuditOutcome outcome = auditor.audit(scanner);
        return new AuditView(outcome, pythonAbi(outcome), visitor.found);
      }
    }

    @Override
    public ExitCode report(AuditView view) throws IOException {
      renderer.render(view);
      AuditOutcome outcome = view.outcome();
      if (outcome instanceof NotPlatformWheel other) {
        return other.pure() && allowPure.value() ? ExitCode.OK : ExitCode.REFUSED;
      }
      boolean refused =
          outcome instanceof AuditReport report
              && report.platforms().stream().anyMatch(verdict -> !verdict.met());
      return refused ? ExitCode.REFUSED : ExitCode.OK;
    }
  }

  /** The table of Python's stable ABI is only read for a wheel that claims it. */
  private static Optional<StableAbiNeed> pythonAbi(AuditOutcome outcome) throws IOException {
    return outcome instanceof AuditReport report && report.wheel().contains("abi3")
        ? StableAbiNeed.of(report)
        : Optional.empty();
  }

  /** Sees the compilers of each ELF file. */
  private static final class ToolchainVisitor implements ContentVisitor {
    private final SortedMap<String, List<String>> found = new ConcurrentSkipListMap<>();

    @Override
    public boolean wants(ZipMember member) {
      return false;
    }

    @Override
    public void visit(ZipMember member, InputStream content) {}

    @Override
    public void visitElf(String path, ElfBytes bytes) {
      found.put(path, ElfOrigin.read(bytes).toolchains());
    }
  }
}
