// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.metadata.FormPart;
import dev.jwheel.upload.Distribution;
import dev.jwheel.upload.UploadOutcome;
import dev.jwheel.upload.UploadPreview;
import dev.jwheel.upload.UploadReport;
import dev.jwheel.upload.UploadResult;
import java.io.IOException;

/** An upload for machines; the keys are described in {@code docs/upload.md}. */
public final class UploadJson implements Renderer<UploadOutcome> {
  private static final int VERSION = 1;

  private final JsonText text;

  public UploadJson(Console console) {
    this.text = new JsonText(console, true);
  }

  @Override
  public void render(UploadOutcome outcome) throws IOException {
    text.print(
        json -> {
          json.writeNumberField("version", VERSION);
          json.writeStringField("repository", outcome.repository());
          if (outcome instanceof UploadReport report) {
            writeReport(json, report);
          } else if (outcome instanceof UploadPreview preview) {
            writePreview(json, preview);
          }
        });
  }

  private static void writeReport(JsonGenerator json, UploadReport report) throws IOException {
    json.writeBooleanField("complete", report.isComplete());
    json.writeStringField("stopped", report.stopped());
    json.writeArrayFieldStart("files");
    for (UploadResult result : report.results()) {
      json.writeStartObject();
      json.writeStringField("file", result.file().fileName());
      json.writeStringField("sha256", result.file().sha256());
      json.writeNumberField("size", result.file().size());
      json.writeStringField("status", result.status().text());
      json.writeBooleanField("there", result.status().isThere());
      json.writeNumberField("tries", result.tries());
      json.writeStringField("reason", result.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writePreview(JsonGenerator json, UploadPreview preview) throws IOException {
    json.writeArrayFieldStart("files");
    for (UploadPreview.Form form : preview.forms()) {
      Distribution file = form.file();
      json.writeStartObject();
      json.writeStringField("file", file.fileName());
      json.writeStringField("sha256", file.sha256());
      json.writeNumberField("size", file.size());
      json.writeArrayFieldStart("form");
      for (FormPart field : form.fields()) {
        json.writeStartObject();
        json.writeStringField("name", field.name());
        json.writeStringField("value", field.value());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
