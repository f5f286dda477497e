// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Renderer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Libraries by name with their real paths, null where they were not found, as one object. */
public final class LibrariesJson implements Renderer<Map<String, Optional<String>>> {
  private final JsonText text;

  public LibrariesJson(Console console) {
    this.text = new JsonText(console, true);
  }

  @Override
  public void render(Map<String, Optional<String>> libraries) throws IOException {
    text.print(json -> write(json, libraries));
  }

  static void write(JsonGenerator json, Map<String, Optional<String>> libraries)
      throws IOException {
    for (Map.Entry<String, Optional<String>> library : libraries.entrySet()) {
      json.writeStringField(library.getKey(), library.getValue().orElse(null));
    }
  }
}
