// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.jwheel.cli.terminal.Console;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.Map;

/** Prints JSON objects: in ASCII, on one line or spread over many. */
final class JsonText {
  private final JsonFactory factory =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private final Console console;
  private final boolean indent;

  /** What stands between the braces of an object. */
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * @param console where to print
   * @param indent whether to spread an object over lines rather than write it on one
   */
  JsonText(Console console, boolean indent) {
    this.console = console;
    this.indent = indent;
  }

  /** Prints an object. */
  void print(Content content) throws IOException {
    console.out().println(of(content));
  }

  private String of(Content content) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = factory.createGenerator(text)) {
      if (indent) {
        json.setPrettyPrinter(prettyPrinter());
      }
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** Prints an object that may be large: unlike {@link #print} it does not hold the text. */
  void stream(Content content) throws IOException {
    try (JsonGenerator json = factory.createGenerator(new Unclosed(console.out()))) {
      if (indent) {
        json.setPrettyPrinter(prettyPrinter());
      }
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    }
    console.out().println();
  }

  /** Passes everything on but the end. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(PrintStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() {}
  }

  private static DefaultPrettyPrinter prettyPrinter() {
    DefaultIndenter lines = new DefaultIndenter("    ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentArraysWith(lines);
    printer.indentObjectsWith(lines);
    return printer;
  }

  /** Writes a member that is a list of strings. */
  static void writeStrings(JsonGenerator json, String name, Iterable<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** Writes a member that is an object of strings. */
  static void writeStrings(JsonGenerator json, String name, Map<String, String> values)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : values.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  /** Writes a member that is an object of lists of strings. */
  static void writeLists(
      JsonGenerator json, String name, Map<String, ? extends Iterable<String>> lists)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, ? extends Iterable<String>> entry : lists.entrySet()) {
      writeStrings(json, entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }
}
