// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.report;

import dev.jwheel.check.CheckResult;
import dev.jwheel.check.CheckedFile;
import dev.jwheel.metadata.FindingLevel;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a run of checks found.
 *
 * @param files the files that were checked, in the order of the command line
 * @param release the results about files that belong together
 * @param anchor the file of a repository that stands for them, for programs that only show files of
 *     repositories: {@code pyproject.toml}
 * @param version the version of this program
 */
public record CheckReport(
    List<CheckedFile> files, List<CheckResult> release, String anchor, String version) {
  public CheckReport {
    files = List.copyOf(files);
    release = List.copyOf(release);
  }

  /** All results, the gravest first. */
  List<CheckResult> results() {
    List<CheckResult> results = new ArrayList<>(release);
    files.forEach(file -> results.addAll(file.results()));
    results.sort((a, b) -> a.level().compareTo(b.level()));
    return results;
  }

  /** How many results there are of a level. */
  long count(FindingLevel level) {
    return results().stream().filter(result -> result.level() == level).count();
  }

  /** A result for a person, with the file and the member. */
  static String sentence(CheckResult result) {
    String member = result.member().isEmpty() ? "" : result.member() + ": ";
    return result.file() + ": " + member + result.message();
  }
}
