// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.cli.config.EffectiveSetting;
import dev.jwheel.cli.config.EffectiveSettings;
import dev.jwheel.cli.config.TomlValue;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Renderer;
import java.io.IOException;
import java.util.Locale;

/** Values of options as JSON. */
public final class ConfigJson implements Renderer<EffectiveSettings> {
  private final JsonText text;

  public ConfigJson(Console console) {
    this.text = new JsonText(console, true);
  }

  @Override
  public void render(EffectiveSettings effective) throws IOException {
    text.print(
        json -> {
          if (effective.file().isEmpty()) {
            json.writeNullField("file");
          } else {
            json.writeStringField("file", effective.file());
          }
          json.writeArrayFieldStart("settings");
          for (EffectiveSetting setting : effective.settings()) {
            write(setting, json);
          }
          json.writeEndArray();
        });
  }

  private static void write(EffectiveSetting setting, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("command", setting.command());
    json.writeStringField("option", setting.key());
    json.writeFieldName("value");
    write(setting.value(), json);
    json.writeStringField("from", setting.origin().name().toLowerCase(Locale.ROOT));
    if (!setting.source().isEmpty()) {
      json.writeStringField("source", setting.source());
    }
    json.writeEndObject();
  }

  private static void write(TomlValue value, JsonGenerator json) throws IOException {
    if (value instanceof TomlValue.Flag flag) {
      json.writeBoolean(flag.set());
    } else if (value instanceof TomlValue.Whole whole) {
      json.writeNumber(whole.number());
    } else if (value instanceof TomlValue.Text string) {
      json.writeString(string.text());
    } else if (value instanceof TomlValue.Items list) {
      json.writeStartArray();
      for (TomlValue item : list.items()) {
        write(item, json);
      }
      json.writeEndArray();
    }
  }
}
