// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How repair treats a malformed wheel. */
final class FormatDefects {
  private FormatDefects() {}

  /**
   * Codes of defects that a repair takes away, since it writes all headers of the archive itself.
   */
  private static final Set<String> WRITTEN_RIGHT =
      Set.of(
          "zip-record-framing",
          "zip-data-descriptor",
          "zip-comment",
          "zip-archive-comment",
          "zip-extra-repeated",
          "zip-extra-field",
          "zip-method");

  /**
   * Returns the defects that forbid a repair: those that make the metadata impossible to interpret,
   * those that do harm, and names that the package index would not take.
   */
  static List<String> obstacles(WheelArchive wheel) {
    List<String> defects = new ArrayList<>();
    String record = wheel.distInfo() + "/RECORD";
    boolean other = wheel.metadata().first("Wheel-Version").isPresent();
    for (Defect defect : wheel.defects()) {
      boolean unreadable = defect.place().equals(record) && isUnreadable(defect.code());
      boolean later = defect.code().equals("wheel-version") && other;
      boolean refused = defect.code().equals("zip-control-characters");
      if (unreadable || later || refused || defect.isHazard()) {
        defects.add(
            defect.isHazard() ? defect.place() + " " + defect.problem() : defect.toString());
      }
    }
    return defects;
  }

  private static boolean isUnreadable(String code) {
    return code.equals("record-row") || code.equals("text-encoding");
  }

  /** What is odd and no obstacle. */
  static List<RepairNote> notes(AuditReport report) {
    return FindingNotes.of(
        report.findings().stream()
            .filter(
                finding ->
                    finding.code() == FindingCode.RECORD
                        || finding.code() == FindingCode.WHEEL_FORMAT)
            .filter(finding -> !WRITTEN_RIGHT.contains(finding.subject()))
            .toList());
  }
}
