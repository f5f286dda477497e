package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Defect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** What is odd and no obstacle, one note for all members of which the same is to be said. */
  static List<RepairNote> notes(AuditReport report) {
    Map<String, List<String>> placesByProblem = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      boolean format =
          finding.code() == FindingCode.RECORD || finding.code() == FindingCode.WHEEL_FORMAT;
      if (format && !WRITTEN_RIGHT.contains(finding.subject())) {
        placesByProblem
            .computeIfAbsent(finding.message(), problem -> new ArrayList<>())
            .add(finding.file());
      }
    }
    List<RepairNote> notes = new ArrayList<>();
    placesByProblem.forEach((problem, places) -> notes.add(note(places, problem)));
    return notes;
  }

  private static RepairNote note(List<String> places, String problem) {
    String first = places.get(0);
    if (places.size() == 1) {
      return new RepairNote.Plain(first.isEmpty() ? problem : first + " " + problem);
    }
    return new RepairNote.OfFiles("each of these " + problem + ":", places);
  }
}
