// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.report;

import dev.jwheel.check.CheckResult;
import dev.jwheel.metadata.FindingLevel;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Commands to GitHub's runner that annotate a file: of each level the first nine results, and one
 * that counts the rest, because the runner shows ten.
 */
public final class GitHubAnnotations implements ReportWriter {
  private static final int SHOWN = 9;

  @Override
  public void write(CheckReport report, Writer out) throws IOException {
    for (FindingLevel level : FindingLevel.values()) {
      List<CheckResult> results =
          report.results().stream().filter(result -> result.level() == level).toList();
      int shown = results.size() == SHOWN + 1 ? SHOWN + 1 : Math.min(SHOWN, results.size());
      for (CheckResult result : results.subList(0, shown)) {
        write(out, report, level, result.rule().id(), CheckReport.sentence(result));
      }
      if (shown < results.size()) {
        write(out, report, level, "jwheel check", "and " + (results.size() - shown) + " more");
      }
    }
    out.flush();
  }

  private static void write(
      Writer out, CheckReport report, FindingLevel level, String title, String message)
      throws IOException {
    String command = level == FindingLevel.NOTE ? "notice" : level.toString();
    out.write(
        "::"
            + command
            + " file="
            + property(report.anchor())
            + ",line=1,title="
            + property(title)
            + "::"
            + data(message)
            + "\n");
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
