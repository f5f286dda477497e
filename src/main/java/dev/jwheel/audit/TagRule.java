// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.ArrayList;
import java.util.List;

/** Tags in WHEEL and in the file name that disagree (PEP 427, "File name convention"). */
final class TagRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (String tag : facts.wheel().tagsOfFileNameAlone()) {
      findings.add(mismatch(tag, "the file name has the tag " + tag + ", WHEEL does not"));
    }
    for (String tag : facts.wheel().tagsOfMetadataAlone()) {
      findings.add(mismatch(tag, "WHEEL has the tag " + tag + ", the file name does not"));
    }
    return findings;
  }

  private static Finding mismatch(String tag, String message) {
    return Finding.warning(FindingCode.TAG_MISMATCH, "", tag, message);
  }
}
