// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.InputFailure;
import dev.jwheel.cli.terminal.MetadataView;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.metadata.FieldValue;
import dev.jwheel.metadata.MetadataFinding;
import dev.jwheel.wheel.EntryPoints;
import dev.jwheel.wheel.Header;
import dev.jwheel.wheel.RecordFile;
import dev.jwheel.wheel.RecordRow;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.WheelMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Metadata for machines; the keys are described in {@code docs/metadata.md}. */
public final class MetadataJson implements Renderer<MetadataView> {
  private static final String TAG = "tag";
  private static final String ROOT_IS_PURELIB = "root_is_purelib";

  private final JsonText text;

  /**
   * @param indent whether to spread an object over lines rather than write it on one
   */
  public MetadataJson(Console console, boolean indent) {
    this.text = new JsonText(console, indent);
  }

  @Override
  public void render(MetadataView view) throws IOException {
    if (view instanceof MetadataView.OfFields fields) {
      text.stream(json -> writeMetadata(json, fields.metadata().json()));
    } else if (view instanceof MetadataView.OfField field) {
      if (field.value().isPresent()) {
        text.stream(json -> writeMetadata(json, List.of(field.value().get())));
      }
    } else if (view instanceof MetadataView.OfWheel wheel) {
      text.stream(json -> writeWheel(json, wheel.wheel()));
    } else if (view instanceof MetadataView.OfAll all) {
      text.stream(json -> writeAll(json, all));
    } else if (view instanceof MetadataView.OfFindings findings) {
      text.stream(json -> writeFindings(json, findings));
    }
  }

  @Override
  public void failed(InputFailure failure) throws IOException {
    text.print(
        json -> {
          json.writeStringField("file", failure.input());
          json.writeStringField("error", failure.message());
        });
  }

  private static void writeAll(JsonGenerator json, MetadataView.OfAll all) throws IOException {
    if (all.wheel().isPresent()) {
      writeFileName(json, all.wheel().get().name());
    }
    json.writeObjectFieldStart("metadata");
    writeMetadata(json, all.metadata().json());
    json.writeEndObject();
    if (all.wheel().isPresent()) {
      json.writeObjectFieldStart("wheel");
      writeWheel(json, all.wheel().get().wheel());
      json.writeEndObject();
      writeRecord(json, all.wheel().get().record());
      writeEntryPoints(json, all.wheel().get().points());
    }
  }

  private static void writeFindings(JsonGenerator json, MetadataView.OfFindings view)
      throws IOException {
    json.writeStringField("file", view.file());
    json.writeArrayFieldStart("findings");
    for (MetadataFinding finding : view.findings()) {
      json.writeStartObject();
      json.writeStringField("rule", finding.rule().id());
      json.writeStringField("level", finding.level().toString());
      json.writeStringField("field", finding.field());
      json.writeStringField("message", finding.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeMetadata(JsonGenerator json, List<FieldValue> values)
      throws IOException {
    for (FieldValue value : values) {
      if (value.list()) {
        JsonText.writeStrings(json, value.key(), value.values());
      } else {
        json.writeStringField(value.key(), value.value());
      }
    }
  }

  private static void writeWheel(JsonGenerator json, WheelMetadata wheel) throws IOException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Header header : wheel.headers()) {
      String key = header.name().toLowerCase(Locale.ROOT).replace('-', '_');
      values.computeIfAbsent(key, unused -> new ArrayList<>()).add(header.value());
    }
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      if (entry.getKey().equals(ROOT_IS_PURELIB)) {
        json.writeBooleanField(ROOT_IS_PURELIB, wheel.rootIsPurelib());
      } else if (entry.getKey().equals(TAG) || entry.getValue().size() > 1) {
        JsonText.writeStrings(json, entry.getKey(), entry.getValue());
      } else {
        json.writeStringField(entry.getKey(), entry.getValue().get(0));
      }
    }
  }

  private static void writeFileName(JsonGenerator json, WheelFileName name) throws IOException {
    json.writeObjectFieldStart("filename");
    json.writeStringField("name", name.toString());
    json.writeStringField("distribution", name.distribution());
    json.writeStringField("version", name.version());
    json.writeStringField("build", name.build().orElse(null));
    JsonText.writeStrings(json, "python_tags", name.pythonTags());
    JsonText.writeStrings(json, "abi_tags", name.abiTags());
    JsonText.writeStrings(json, "platform_tags", name.platformTags());
    json.writeStringField("variant", name.variant().orElse(null));
    json.writeEndObject();
  }

  private static void writeRecord(JsonGenerator json, Optional<RecordFile> record)
      throws IOException {
    json.writeArrayFieldStart("record");
    for (RecordRow row : record.map(RecordFile::rows).orElse(List.of())) {
      json.writeStartObject();
      json.writeStringField("path", row.path());
      json.writeStringField("hash", row.hash().orElse(null));
      if (row.size().isPresent()) {
        json.writeNumberField("size", row.size().getAsLong());
      } else {
        json.writeNullField("size");
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeEntryPoints(JsonGenerator json, EntryPoints points) throws IOException {
    json.writeObjectFieldStart("entry_points");
    for (Map.Entry<String, Map<String, String>> group : points.groups().entrySet()) {
      JsonText.writeStrings(json, group.getKey(), group.getValue());
    }
    json.writeEndObject();
  }
}
