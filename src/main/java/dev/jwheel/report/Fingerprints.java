// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.report;

import dev.jwheel.check.CheckResult;
import java.util.HashMap;
import java.util.Map;

/** Fingerprints of which no two in one report are equal. */
final class Fingerprints {
  private final Map<String, Integer> counts = new HashMap<>();

  /** The fingerprint of the next result; a repeated one is made again with its number. */
  String of(CheckResult result) {
    String fingerprint = result.fingerprint();
    int count = counts.merge(fingerprint, 1, Integer::sum);
    return count == 1 ? fingerprint : result.fingerprint(count);
  }
}
