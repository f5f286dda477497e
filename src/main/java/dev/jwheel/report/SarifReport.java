// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.check.CheckResult;
import dev.jwheel.check.CheckRule;
import dev.jwheel.check.CheckedFile;
import dev.jwheel.metadata.FindingLevel;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** SARIF 2.1.0 (OASIS), as code scanning services take it: one run, cut where they refuse more. */
public final class SarifReport implements ReportWriter {
  private static final int MAX_RESULTS = 25_000;
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  /** CVSS scores of rules that are weaknesses (CWE-427). */
  private static final Map<String, String> SECURITY = Map.of("rpath-relative", "7.8");

  @Override
  public void write(CheckReport report, Writer out) throws IOException {
    List<CheckResult> results = report.results();
    int kept = Math.min(MAX_RESULTS, results.size());
    Map<CheckRule, Integer> rules = new LinkedHashMap<>();
    results.subList(0, kept).forEach(result -> rules.putIfAbsent(result.rule(), rules.size()));
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      writeTool(json, report.version(), new ArrayList<>(rules.keySet()));
      json.writeArrayFieldStart("invocations");
      writeInvocation(json, results.size() - kept);
      json.writeEndArray();
      json.writeArrayFieldStart("artifacts");
      for (CheckedFile file : report.files()) {
        json.writeStartObject();
        json.writeObjectFieldStart("location");
        json.writeStringField("uri", uri(file.name()));
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("results");
      Fingerprints fingerprints = new Fingerprints();
      for (CheckResult result : results.subList(0, kept)) {
        writeResult(json, report, result, rules, fingerprints.of(result));
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeTool(JsonGenerator json, String version, List<CheckRule> rules)
      throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "jwheel");
    json.writeStringField("version", version);
    json.writeArrayFieldStart("rules");
    for (CheckRule rule : rules) {
      writeRule(json, rule);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeRule(JsonGenerator json, CheckRule rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", rule.id());
    json.writeStringField("name", rule.id());
    writeText(json, "shortDescription", rule.holds());
    writeText(json, "fullDescription", rule.holds() + ". Otherwise: " + rule.why());
    json.writeObjectFieldStart("help");
    json.writeStringField("text", rule.fix());
    json.writeStringField("markdown", "**Fix**: " + rule.fix() + "\n\nSource: " + rule.source());
    json.writeEndObject();
    json.writeObjectFieldStart("defaultConfiguration");
    json.writeStringField("level", rule.level().toString());
    json.writeEndObject();
    json.writeObjectFieldStart("properties");
    json.writeArrayFieldStart("tags");
    json.writeString(rule.area());
    json.writeEndArray();
    String severity = SECURITY.get(rule.id());
    if (severity != null) {
      json.writeStringField("security-severity", severity);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeInvocation(JsonGenerator json, int left) throws IOException {
    json.writeStartObject();
    json.writeBooleanField("executionSuccessful", true);
    if (left > 0) {
      json.writeArrayFieldStart("toolExecutionNotifications");
      json.writeStartObject();
      json.writeStringField("level", "warning");
      writeText(json, "message", left + " results of the lowest levels are left out");
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeResult(
      JsonGenerator json,
      CheckReport report,
      CheckResult result,
      Map<CheckRule, Integer> rules,
      String fingerprint)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", result.rule().id());
    json.writeNumberField("ruleIndex", rules.getOrDefault(result.rule(), -1));
    json.writeStringField("level", level(result.level()));
    writeText(json, "message", CheckReport.sentence(result));
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(report.anchor()));
    json.writeStringField("uriBaseId", "%SRCROOT%");
    json.writeEndObject();
    json.writeObjectFieldStart("region");
    json.writeNumberField("startLine", 1);
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayFieldStart("logicalLocations");
    json.writeStartObject();
    String member = result.member().isEmpty() ? "" : "!/" + result.member();
    json.writeStringField("fullyQualifiedName", result.file() + member);
    json.writeStringField("kind", "member");
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField("jwheel/v1", fingerprint);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String level(FindingLevel level) {
    return level.toString();
  }

  private static void writeText(JsonGenerator json, String name, String text) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  /** A relative reference (RFC 3986) for a path. */
  private static String uri(String path) {
    StringBuilder uri = new StringBuilder();
    for (byte b : path.replace('\\', '/').getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= '0' && c <= '9'
              || c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || "-._~/+!".indexOf(c) >= 0;
      if (plain) {
        uri.append(c);
      } else {
        uri.append('%')
            .append(Integer.toHexString(0x100 | c).substring(1).toUpperCase(Locale.ROOT));
      }
    }
    return uri.toString();
  }
}
