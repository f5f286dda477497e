// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.cli.terminal.PolicyMove;
import dev.jwheel.cli.terminal.PolicyView;
import dev.jwheel.platform.Architecture;
import dev.jwheel.policy.PolicyMeaning;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What policies mean, for machines; the keys are described in {@code docs/policies.md}. */
final class PolicyMeaningJson {
  private PolicyMeaningJson() {}

  static void write(JsonGenerator json, PolicyView.Single single) throws IOException {
    PolicyMeaning meaning = single.meaning();
    json.writeStringField("systems_source", meaning.systemsSource());
    Optional<PolicyMeaning.Installers> installers = meaning.installers();
    if (installers.isPresent()) {
      json.writeObjectFieldStart("installers");
      json.writeStringField("pip", installers.get().pip());
      JsonText.writeStrings(json, "cpython", installers.get().cpython());
      json.writeStringField("source", installers.get().source());
      json.writeEndObject();
    }
    Optional<PolicyMeaning.BuildImage> image = meaning.image();
    if (image.isPresent()) {
      writeImage(json, image.get());
    }
    Optional<PolicyMeaning.IndexArchitectures> index = meaning.index();
    if (index.isPresent()) {
      json.writeObjectFieldStart("index");
      writeArchitectures(json, index.get().architectures());
      json.writeStringField("source", index.get().source());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("sourced_notes");
    for (PolicyMeaning.Note note : meaning.notes()) {
      json.writeStartObject();
      json.writeStringField("text", note.text());
      json.writeStringField("source", note.source());
      json.writeEndObject();
    }
    json.writeEndArray();
    Map<String, String> packages = new LinkedHashMap<>();
    for (String library : single.policy().libraries().all()) {
      single.packages().describe(library).ifPresent(text -> packages.put(library, text));
    }
    JsonText.writeStrings(json, "packages", packages);
  }

  private static void writeImage(JsonGenerator json, PolicyMeaning.BuildImage image)
      throws IOException {
    json.writeObjectFieldStart("image");
    json.writeStringField("base", image.base());
    json.writeStringField("compiler", image.compiler());
    writeArchitectures(json, image.architectures());
    writeIfKnown(json, "support_ended", image.supportEnded());
    writeIfKnown(json, "distribution_end", image.distributionEnd());
    JsonText.writeStrings(json, "first_systems", image.firstSystems());
    json.writeStringField("source", image.source());
    json.writeEndObject();
  }

  private static void writeIfKnown(JsonGenerator json, String key, String date) throws IOException {
    if (!date.isEmpty()) {
      json.writeStringField(key, date);
    }
  }

  private static void writeArchitectures(JsonGenerator json, List<Architecture> architectures)
      throws IOException {
    JsonText.writeStrings(
        json, "architectures", architectures.stream().map(Architecture::tagName).toList());
  }

  static void write(JsonGenerator json, PolicyMove move) throws IOException {
    JsonText.writeStrings(json, "gains", move.gains());
    JsonText.writeStrings(json, "costs", move.costs());
    JsonText.writeStrings(json, "loses", move.loses());
  }
}
