// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.check.CheckResult;
import dev.jwheel.metadata.FindingLevel;
import java.io.IOException;
import java.io.Writer;

/** GitLab's code quality report: an array of problems, no two with one fingerprint. */
public final class GitLabReport implements ReportWriter {

  @Override
  public void write(CheckReport report, Writer out) throws IOException {
    Fingerprints fingerprints = new Fingerprints();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartArray();
      for (CheckResult result : report.results()) {
        json.writeStartObject();
        json.writeStringField("description", CheckReport.sentence(result));
        json.writeStringField("check_name", result.rule().id());
        json.writeStringField("fingerprint", fingerprints.of(result));
        json.writeStringField("severity", severity(result));
        json.writeObjectFieldStart("location");
        json.writeStringField("path", report.anchor());
        json.writeObjectFieldStart("lines");
        json.writeNumberField("begin", 1);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static String severity(CheckResult result) {
    boolean critical = result.rule().isOfTheIndex() || result.rule().id().equals("rpath-relative");
    if (result.level() == FindingLevel.ERROR) {
      return critical ? "critical" : "major";
    }
    return result.level() == FindingLevel.WARNING ? "minor" : "info";
  }
}
