// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.check.CheckResult;
import dev.jwheel.check.CheckRule;
import dev.jwheel.cli.terminal.CheckView;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.InputFailure;
import dev.jwheel.cli.terminal.Renderer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The results of a check for machines, after {@code docs/check.schema.json}. */
public final class CheckJson implements Renderer<CheckView> {
  private static final int VERSION = 1;

  private final JsonText text;

  /**
   * @param indent whether to spread an object over lines rather than write it on one
   */
  public CheckJson(Console console, boolean indent) {
    this.text = new JsonText(console, indent);
  }

  @Override
  public void render(CheckView view) throws IOException {
    if (view instanceof CheckView.OfFile checked) {
      print("file", checked.file().name(), checked.file().results());
    } else if (view instanceof CheckView.OfRelease release) {
      if (!release.results().isEmpty()) {
        print("release", release.release(), release.results());
      }
    } else if (view instanceof CheckView.OfMatrix matrix) {
      text.print(
          json -> {
            json.writeNumberField("version", VERSION);
            json.writeStringField("release", matrix.release());
            json.writeObjectFieldStart("matrix");
            for (Map.Entry<String, Map<String, String>> row : matrix.rows().entrySet()) {
              JsonText.writeStrings(json, row.getKey(), row.getValue());
            }
            json.writeEndObject();
          });
    } else if (view instanceof CheckView.OfRule explained) {
      text.print(json -> writeRule(json, explained.rule()));
    } else if (view instanceof CheckView.OfRules list) {
      text.stream(json -> writeRules(json, list.rules()));
    }
  }

  @Override
  public void failed(InputFailure failure) throws IOException {
    text.print(
        json -> {
          json.writeNumberField("version", VERSION);
          json.writeStringField("file", failure.input());
          json.writeStringField("error", failure.message());
        });
  }

  private void print(String key, String name, List<CheckResult> results) throws IOException {
    text.stream(
        json -> {
          json.writeNumberField("version", VERSION);
          json.writeStringField(key, name);
          json.writeArrayFieldStart("results");
          for (CheckResult result : results) {
            write(json, result);
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, CheckResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", result.rule().id());
    json.writeStringField("level", result.level().toString());
    json.writeStringField("file", result.file());
    json.writeStringField("member", result.member());
    json.writeStringField("subject", result.subject());
    json.writeStringField("message", result.message());
    json.writeStringField("fix", result.rule().fix());
    json.writeStringField("fingerprint", result.fingerprint());
    json.writeEndObject();
  }

  private static void writeRules(JsonGenerator json, List<CheckRule> rules) throws IOException {
    json.writeNumberField("version", VERSION);
    json.writeArrayFieldStart("rules");
    for (CheckRule rule : rules) {
      json.writeStartObject();
      writeRule(json, rule);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeRule(JsonGenerator json, CheckRule rule) throws IOException {
    json.writeStringField("rule", rule.id());
    json.writeStringField("level", rule.level().toString());
    json.writeStringField("area", rule.area());
    json.writeStringField("holds", rule.holds());
    json.writeStringField("why", rule.why());
    json.writeStringField("fix", rule.fix());
    json.writeStringField("source", rule.source());
    JsonText.writeStrings(json, "aliases", rule.aliases());
  }
}
