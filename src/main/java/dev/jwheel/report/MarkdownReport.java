// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.report;

import dev.jwheel.check.CheckResult;
import dev.jwheel.metadata.FindingLevel;
import java.io.IOException;
import java.io.Writer;

/** A table in GitHub's Markdown, within the limit of a step's summary. */
public final class MarkdownReport implements ReportWriter {
  private static final int MAX_LENGTH = 900_000;

  @Override
  public void write(CheckReport report, Writer out) throws IOException {
    out.write(
        "### jwheel check: "
            + report.files().size()
            + " files, "
            + report.count(FindingLevel.ERROR)
            + " errors, "
            + report.count(FindingLevel.WARNING)
            + " warnings, "
            + report.count(FindingLevel.NOTE)
            + " notes\n");
    int length = 0;
    int written = 0;
    for (CheckResult result : report.results()) {
      if (written == 0) {
        out.write(
            "\n| level | rule | file | member | problem | fix |\n|---|---|---|---|---|---|\n");
      }
      String row = row(result);
      length += row.length() * 3;
      if (length > MAX_LENGTH) {
        break;
      }
      out.write(row);
      written++;
    }
    int left = report.results().size() - written;
    if (left > 0) {
      out.write("\nand " + left + " more\n");
    }
    out.flush();
  }

  private static String row(CheckResult result) {
    return "| "
        + result.level()
        + " | `"
        + result.rule().id()
        + "` | "
        + cell(result.file())
        + " | "
        + cell(result.member())
        + " | "
        + cell(result.message())
        + " | "
        + cell(result.rule().fix())
        + " |\n";
  }

  /** Text of a cell: no markup, no HTML, no line ends. */
  private static String cell(String text) {
    StringBuilder cell = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> cell.append("&amp;");
        case '<' -> cell.append("&lt;");
        case '\n', '\r' -> cell.append(' ');
        case '|', '\\', '`', '*', '_', '[', ']', '#', '~', '@', '!' -> cell.append('\\').append(c);
        default -> cell.append(c);
      }
    }
    return cell.toString();
  }
}
