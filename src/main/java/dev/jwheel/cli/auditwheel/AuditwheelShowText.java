// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.auditwheel;

import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.cli.json.LibrariesJson;
import dev.jwheel.cli.terminal.AuditView;
import dev.jwheel.cli.terminal.AuditwheelView;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.terminal.Wrap;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** An audit in auditwheel's sentences: in paragraphs of 70 columns, each after an empty line. */
public final class AuditwheelShowText implements Renderer<AuditView> {
  static final String NOT_A_PLATFORM_WHEEL =
      "This does not look like a platform wheel, no ELF executable or shared library file"
          + " (including compiled Python C extension) found in the wheel archive";

  private static final int WIDTH = 70;

  private final Console console;
  private final Page page;
  private final boolean verbose;

  /**
   * @param verbose whether to go on after the first sentence that says what limits the wheel
   */
  public AuditwheelShowText(Console console, boolean verbose) {
    this.console = console;
    this.page = new Page(console, 0);
    this.verbose = verbose;
  }

  @Override
  public void render(AuditView view) throws IOException {
    AuditOutcome outcome = view.outcome();
    if (outcome instanceof AuditReport report) {
      report(report);
    } else if (outcome instanceof NotPlatformWheel other) {
      console.message("INFO:auditwheel.main_show:" + NOT_A_PLATFORM_WHEEL);
      console.message(other.wheel() + ": " + other.reason());
    }
  }

  private void report(AuditReport report) throws IOException {
    paragraph(
        report.wheel()
            + " is consistent with the following platform tag: \""
            + report.overallTag()
            + "\".");
    if (limits(report) && !verbose) {
      return;
    }
    if (!report.policies().isEmpty()) {
      Policy lowest = report.policies().get(report.policies().size() - 1);
      libraries(AuditwheelView.external(report, lowest));
    }
    for (Policy policy : report.better()) {
      upgrade(report, policy);
    }
  }

  /** Prints what limits the wheel; returns whether anything does. */
  private boolean limits(AuditReport report) {
    if (report.has(FindingCode.PYFPE)) {
      paragraph(
          "This wheel uses the PyFPE_jbuf function, which is not compatible with the"
              + " manylinux/musllinux tags. (see https://www.python.org/dev/peps/pep-0513/"
              + "#fpectl-builds-vs-no-fpectl-builds)");
      if (!verbose) {
        return true;
      }
    }
    if (report.needsNarrowUnicode()) {
      paragraph(
          "This wheel is compiled against a narrow unicode (UCS2) version of Python, which is not"
              + " compatible with the manylinux/musllinux tags.");
      if (!verbose) {
        return true;
      }
    }
    if (report.has(FindingCode.ISA_EXTENSION)) {
      paragraph("This wheel depends on unsupported ISA extensions.");
      if (!verbose) {
        return true;
      }
    }
    versions(AuditwheelView.versionedSymbols(report));
    PlatformTag symbols = report.symbolTag();
    boolean best =
        !report.policies().isEmpty()
            && report.policies().get(0).tag(report.architecture()).equals(symbols);
    if (!best) {
      paragraph(
          "This constrains the platform tag to \""
              + symbols
              + "\". In order to achieve a more compatible tag, you would need to recompile a new"
              + " wheel from source on a system with earlier versions of these libraries, such as a"
              + " recent manylinux image.");
    }
    return !best;
  }

  private void versions(Map<String, Set<String>> versions) {
    if (versions.isEmpty()) {
      paragraph(
          "The wheel references no external versioned symbols from system-provided shared"
              + " libraries.");
      return;
    }
    StringJoiner libraries = new StringJoiner(", ");
    versions.forEach(
        (library, names) ->
            libraries.add(library + " with versions {'" + String.join("', '", names) + "'}"));
    paragraph(
        "The wheel references external versioned symbols in these system-provided shared"
            + " libraries: "
            + libraries);
  }

  private void libraries(Map<String, Optional<String>> external) throws IOException {
    if (external.isEmpty()) {
      paragraph("The wheel requires no external shared libraries! :)");
      return;
    }
    paragraph("The following external shared libraries are required by the wheel:");
    new LibrariesJson(console).render(external);
  }

  private void upgrade(AuditReport report, Policy policy) {
    String start =
        "In order to achieve the tag platform tag '" + policy.tag(report.architecture()) + "' the ";
    String end = " dependencies will need to be eliminated:";
    Set<String> libraries = AuditwheelView.external(report, policy).keySet();
    if (!libraries.isEmpty()) {
      paragraph(start + "following shared library" + end);
      paragraph(String.join(", ", libraries));
    }
    Map<String, Set<String>> forbidden = AuditwheelView.forbiddenSymbols(report, policy);
    if (!forbidden.isEmpty()) {
      paragraph(start + "following black-listed symbol" + end);
      forbidden.forEach(
          (library, symbols) -> paragraph("From " + library + ": " + String.join(", ", symbols)));
    }
  }

  private void paragraph(String text) {
    page.line();
    Wrap.words(text, WIDTH, "", "").forEach(page::line);
  }
}
