// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Defect;
import java.util.ArrayList;
import java.util.List;

/**
 * What is odd about the wheel as a container. A wheel that does harm when it is installed or
 * uninstalled deserves no tag; nothing else of it changes tags.
 */
final class WheelDefects implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Defect defect : facts.wheel().defects()) {
      findings.add(
          defect.isHazard()
              ? Finding.excludes(
                  code(defect),
                  defect.place(),
                  defect.code(),
                  defect.problem(),
                  facts.allPolicies())
              : warning(defect));
    }
    return findings;
  }

  /** All defects, where there is no verdict that they could change. */
  static List<Finding> of(WheelArchive wheel) {
    List<Finding> findings = new ArrayList<>();
    wheel.defects().forEach(defect -> findings.add(warning(defect)));
    return findings;
  }

  private static Finding warning(Defect defect) {
    return Finding.warning(code(defect), defect.place(), defect.code(), defect.problem());
  }

  private static FindingCode code(Defect defect) {
    return defect.code().startsWith("record") ? FindingCode.RECORD : FindingCode.WHEEL_FORMAT;
  }
}
