// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import static dev.jwheel.cli.json.JsonText.writeStrings;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.terminal.TagsView;
import dev.jwheel.tags.Acceptance;
import dev.jwheel.tags.Interpreter;
import dev.jwheel.tags.LibcVersion;
import dev.jwheel.tags.Platforms;
import dev.jwheel.tags.Step;
import dev.jwheel.tags.SystemTags;
import dev.jwheel.tags.Tag;
import java.io.IOException;
import java.util.List;

/** The tags of a system for machines; the keys are described in {@code docs/tags.md}. */
public final class TagsJson implements Renderer<TagsView> {
  private final JsonText text;

  public TagsJson(Console console) {
    this.text = new JsonText(console, true);
  }

  @Override
  public void render(TagsView view) throws IOException {
    text.print(
        json -> {
          writeSystem(json, view.system());
          if (view instanceof TagsView.Supported supported) {
            writePlatforms(json, view.system().platforms());
            if (supported.whole()) {
              writeStrings(json, "tags", view.system().tags().stream().map(Tag::toString).toList());
            }
          } else if (view instanceof TagsView.Accepted accepted) {
            writeWheels(json, accepted);
          }
          if (view.explained()) {
            writeSteps(json, view.system().steps());
          }
        });
  }

  private static void writeSystem(JsonGenerator json, SystemTags system) throws IOException {
    json.writeObjectFieldStart("python");
    if (system.interpreter().isPresent()) {
      Interpreter python = system.interpreter().get();
      json.writeStringField("implementation", python.implementation());
      json.writeStringField("version", python.major() + "." + python.minor());
      json.writeBooleanField("free_threaded", python.isFreeThreaded());
      writeStrings(json, "abis", python.abiTags());
    }
    json.writeEndObject();
    json.writeStringField("program", system.program());
    json.writeStringField("machine", system.machine());
    json.writeObjectFieldStart("libc");
    if (system.libc().isPresent()) {
      LibcVersion libc = system.libc().get();
      json.writeStringField("name", libc.libc().displayName());
      json.writeStringField("version", libc.number());
    }
    json.writeEndObject();
    json.writeStringField("manylinux_module", system.module().orElse(null));
  }

  private static void writePlatforms(JsonGenerator json, Platforms platforms) throws IOException {
    writeStrings(json, "platforms", platforms.supported());
    writeStrings(json, "refused", platforms.refused());
    json.writeArrayFieldStart("unknown");
    for (Platforms.UnknownPlatform open : platforms.unknown()) {
      json.writeStartObject();
      json.writeStringField("platform", open.platform());
      json.writeStringField("reason", open.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeWheels(JsonGenerator json, TagsView.Accepted accepted)
      throws IOException {
    json.writeArrayFieldStart("wheels");
    for (Acceptance wheel : accepted.wheels()) {
      json.writeStartObject();
      json.writeStringField("file", wheel.fileName());
      json.writeStringField(
          "accepted",
          wheel.tag().isPresent() ? "yes" : wheel.unknown().isEmpty() ? "no" : "unknown");
      json.writeStringField("tag", wheel.tag().map(Tag::toString).orElse(null));
      json.writeNumberField("rank", wheel.rank());
      json.writeArrayFieldStart("obstacles");
      for (Acceptance.Obstacle obstacle : wheel.obstacles()) {
        json.writeStartObject();
        json.writeStringField("part", obstacle.part().toString());
        json.writeStringField("tag", obstacle.tag());
        json.writeStringField("needs", obstacle.needed());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    writeStrings(json, "taken", accepted.chosen().stream().map(Acceptance::fileName).toList());
  }

  private static void writeSteps(JsonGenerator json, List<Step> steps) throws IOException {
    json.writeArrayFieldStart("steps");
    for (Step step : steps) {
      json.writeStartObject();
      json.writeStringField("subject", step.subject());
      json.writeStringField("value", step.value());
      json.writeStringField("source", step.source());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
