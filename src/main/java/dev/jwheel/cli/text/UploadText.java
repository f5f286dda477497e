// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.terminal.Table;
import dev.jwheel.metadata.FormPart;
import dev.jwheel.upload.UploadOutcome;
import dev.jwheel.upload.UploadPreview;
import dev.jwheel.upload.UploadReport;
import dev.jwheel.upload.UploadResult;
import dev.jwheel.upload.UploadStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** An upload for a person: the forms before it, the table of results after it. */
public final class UploadText implements Renderer<UploadOutcome> {
  private static final String INDENT = "  ";
  private static final int MAX_VALUE = 200;

  private final Page page;

  private final boolean onlyProblems;

  /**
   * @param onlyProblems whether to leave out the files that are there
   */
  public UploadText(Console console, boolean onlyProblems) {
    this.page = new Page(console, console.width());
    this.onlyProblems = onlyProblems;
  }

  @Override
  public void render(UploadOutcome outcome) {
    if (outcome instanceof UploadPreview preview) {
      printForms(preview);
    } else if (outcome instanceof UploadReport report) {
      printResults(report);
    }
  }

  private void printForms(UploadPreview preview) {
    page.bold("would be sent to ", preview.repository());
    for (UploadPreview.Form form : preview.forms()) {
      Table fields = new Table(INDENT);
      for (FormPart field : form.fields()) {
        fields.row(field.name(), shortened(field.value()));
      }
      fields.row("", form.file().size() + " bytes of " + form.file().path());
      page.section(form.file().fileName(), fields);
    }
  }

  private static String shortened(String value) {
    int end = value.indexOf('\n');
    String line = end < 0 ? value : value.substring(0, end);
    if (line.length() > MAX_VALUE) {
      line = line.substring(0, MAX_VALUE);
    }
    return line.length() == value.length()
        ? value
        : line + "... (" + value.length() + " characters)";
  }

  private void printResults(UploadReport report) {
    Table table = new Table(INDENT, List.of("file", "result", "reason"));
    Map<UploadStatus, Integer> numbers = new EnumMap<>(UploadStatus.class);
    for (UploadResult result : report.results()) {
      numbers.merge(result.status(), 1, Integer::sum);
      if (!onlyProblems || !result.status().isThere()) {
        table.row(result.file().fileName(), result.status().text(), result.reason());
      }
    }
    if (!onlyProblems || !report.isComplete()) {
      String summary = report.repository() + ": ";
      StringJoiner counts = new StringJoiner(", ");
      numbers.forEach((status, number) -> counts.add(number + " " + status.text()));
      if (report.isComplete()) {
        page.good(summary, counts.toString());
      } else {
        page.bad(summary, counts.toString());
      }
      page.table(table);
    }
    if (!report.stopped().isEmpty()) {
      page.line("Stopped: " + report.stopped());
    }
  }
}
