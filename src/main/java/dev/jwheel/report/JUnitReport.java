// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.report;

import dev.jwheel.check.CheckResult;
import dev.jwheel.check.CheckedFile;
import dev.jwheel.metadata.FindingLevel;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JUnit's XML as Surefire writes it: one test suite a file, one test case a rule that is broken,
 * and one that passes where none is. Notes do not fail a test.
 */
public final class JUnitReport implements ReportWriter {

  @Override
  public void write(CheckReport report, Writer out) throws IOException {
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (CheckedFile file : report.files()) {
      writeSuite(out, file.name(), file.results());
    }
    if (!report.release().isEmpty()) {
      writeSuite(out, "release", report.release());
    }
    out.write("</testsuites>\n");
    out.flush();
  }

  private static void writeSuite(Writer out, String name, List<CheckResult> results)
      throws IOException {
    Map<String, List<CheckResult>> byRule = new LinkedHashMap<>();
    for (CheckResult result : results) {
      byRule.computeIfAbsent(result.rule().id(), rule -> new ArrayList<>()).add(result);
    }
    long failures = byRule.values().stream().filter(JUnitReport::fails).count();
    out.write(
        "  <testsuite name=\""
            + escaped(name)
            + "\" tests=\""
            + Math.max(1, byRule.size())
            + "\" failures=\""
            + failures
            + "\" errors=\"0\" skipped=\"0\">\n");
    if (byRule.isEmpty()) {
      out.write("    <testcase classname=\"" + escaped(name) + "\" name=\"check\" time=\"0\"/>\n");
    }
    for (Map.Entry<String, List<CheckResult>> rule : byRule.entrySet()) {
      writeCase(out, name, rule.getKey(), rule.getValue());
    }
    out.write("  </testsuite>\n");
  }

  private static boolean fails(List<CheckResult> results) {
    return results.stream().anyMatch(result -> result.level() != FindingLevel.NOTE);
  }

  private static void writeCase(Writer out, String file, String rule, List<CheckResult> results)
      throws IOException {
    out.write(
        "    <testcase classname=\""
            + escaped(file)
            + "\" name=\""
            + escaped(rule)
            + "\" time=\"0\">\n");
    StringBuilder text = new StringBuilder();
    for (CheckResult result : results) {
      text.append(CheckReport.sentence(result)).append('\n');
    }
    if (fails(results)) {
      CheckResult first = results.get(0);
      out.write(
          "      <failure type=\""
              + first.level()
              + "\" message=\""
              + escaped(first.message())
              + "\">"
              + escaped(text.toString())
              + "</failure>\n");
    } else {
      out.write("      <system-out>" + escaped(text.toString()) + "</system-out>\n");
    }
    out.write("    </testcase>\n");
  }

  /** A text for XML 1.0, which has no way to write most control characters. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xfffd);
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int c) {
    return c == '\n'
        || c == '\t'
        || c >= 0x20 && c < 0xd800
        || c >= 0xe000 && c < 0xfffe
        || c >= 0x10000;
  }
}
