// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.check.CheckResult;
import dev.jwheel.check.CheckRule;
import dev.jwheel.check.CheckedFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What {@code jwheel check} prints. */
public sealed interface CheckView {

  /** A file that was checked. */
  record OfFile(CheckedFile file) implements CheckView {}

  /**
   * The results about files that belong together.
   *
   * @param release the name and version of the project
   */
  record OfRelease(String release, List<CheckResult> results) implements CheckView {
    public OfRelease {
      results = List.copyOf(results);
    }
  }

  /**
   * The wheels of a release by platform, and in each row by Python and ABI tag.
   *
   * @param release the name and version of the project
   */
  record OfMatrix(String release, Map<String, Map<String, String>> rows) implements CheckView {
    public OfMatrix {
      rows = Collections.unmodifiableMap(rows);
    }
  }

  /**
   * The end of a run.
   *
   * @param files how many files were checked
   * @param results all results
   */
  record OfTotals(int files, List<CheckResult> results) implements CheckView {
    public OfTotals {
      results = List.copyOf(results);
    }
  }

  /** One rule, explained. */
  record OfRule(CheckRule rule) implements CheckView {}

  /** All rules. */
  record OfRules(List<CheckRule> rules) implements CheckView {
    public OfRules {
      rules = List.copyOf(rules);
    }
  }
}
