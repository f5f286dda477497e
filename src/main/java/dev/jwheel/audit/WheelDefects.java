package dev.jwheel.audit;

import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Defect;
import java.util.ArrayList;
import java.util.List;

/** What is odd about the wheel as a container. */
final class WheelDefects {
  private WheelDefects() {}

  static List<Finding> of(WheelArchive wheel) {
    List<Finding> findings = new ArrayList<>();
    for (Defect defect : wheel.defects()) {
      FindingCode code =
          defect.code().startsWith("record") ? FindingCode.RECORD : FindingCode.WHEEL_FORMAT;
      findings.add(Finding.warning(code, defect.place(), defect.code(), defect.problem()));
    }
    return findings;
  }
}
