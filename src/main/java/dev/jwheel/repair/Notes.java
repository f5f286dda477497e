package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.Target;
import dev.jwheel.elf.ExecutableStack;
import java.util.ArrayList;
import java.util.List;

/** What the user should know of a repair that can be done. */
final class Notes {
  private static final String CLEAR = "; --clear-execstack clears the flag";

  private final AuditReport report;
  private final Closure closure;
  private final RepairOptions options;

  Notes(AuditReport report, Closure closure, RepairOptions options) {
    this.report = report;
    this.closure = closure;
    this.options = options;
  }

  /** All notes, those of the run paths inside the wheel first. */
  List<String> all(InternalLibraries internal) {
    List<String> notes = new ArrayList<>(internal.notes());
    closure.excluded().forEach((library, files) -> notes.add(excluded(library, files)));
    notes.addAll(unusedExcludes(report));
    closure.libpython().forEach(entry -> notes.add(libpython(entry)));
    for (Finding finding : of(report, FindingCode.FOREIGN_ARCHITECTURE)) {
      notes.add(finding.file() + " " + finding.message());
    }
    if (!options.clearExecutableStack()) {
      notes.addAll(executableStacks());
    }
    notes.addAll(SecondCopies.of(report, closure).warnings());
    return notes;
  }

  private static String excluded(Closure.Exclusion exclusion, List<String> files) {
    return exclusion.needed()
        + " is left out by --exclude "
        + exclusion.pattern()
        + "; needed by "
        + String.join(", ", files);
  }

  private String libpython(Closure.Entry entry) {
    return Obstacles.isProgram(report, entry.file())
        ? entry.file() + " keeps its need of " + entry.needed() + ", being a program"
        : entry.file() + " no longer needs " + entry.needed();
  }

  private List<String> executableStacks() {
    List<String> notes = new ArrayList<>();
    for (Finding finding : of(report, FindingCode.EXECUTABLE_STACK)) {
      notes.add(finding.file() + " " + finding.message() + CLEAR);
    }
    for (Target.Outside library : closure.libraries().values()) {
      if (library.elf().stack() == ExecutableStack.REQUIRED) {
        notes.add(
            library.path() + " asks for an executable stack (PT_GNU_STACK with PF_X)" + CLEAR);
      }
    }
    return notes;
  }

  /** The exclude patterns that matched nothing, with what they may have been meant for. */
  static List<String> unusedExcludes(AuditReport report) {
    return of(report, FindingCode.UNUSED_EXCLUDE).stream().map(Finding::message).toList();
  }

  private static List<Finding> of(AuditReport report, FindingCode code) {
    return report.findings().stream().filter(finding -> finding.code() == code).toList();
  }
}
