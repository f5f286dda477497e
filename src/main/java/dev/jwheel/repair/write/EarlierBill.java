// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bill of materials that an earlier repair left in the wheel.
 *
 * @param components its components, in their order
 */
record EarlierBill(List<Component> components) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * A component of the document.
   *
   * @param reference its bom-ref; empty if it has none
   * @param json the component itself
   */
  record Component(String reference, byte[] json) {

    void copyTo(JsonGenerator generator) throws IOException {
      try (JsonParser parser = FACTORY.createParser(json)) {
        parser.nextToken();
        generator.copyCurrentStructure(parser);
      }
    }
  }

  EarlierBill {
    components = List.copyOf(components);
  }

  /**
   * Reads a document, if there is one.
   *
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not JSON
   */
  static EarlierBill read(Optional<byte[]> document) throws IOException {
    List<Component> components = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(document.orElse(new byte[0]))) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean wanted = parser.currentName().equals("components");
          if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
            readComponents(parser, components);
          } else {
            parser.skipChildren();
          }
        }
      }
    }
    return new EarlierBill(components);
  }

  private static void readComponents(JsonParser parser, List<Component> components)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator copy = FACTORY.createGenerator(bytes)) {
          copy.copyCurrentStructure(parser);
        }
        components.add(new Component(reference(bytes.toByteArray()), bytes.toByteArray()));
      } else {
        parser.skipChildren();
      }
    }
  }

  private static String reference(byte[] component) throws IOException {
    try (JsonParser parser = FACTORY.createParser(component)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals("bom-ref");
        if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
          return parser.getText();
        }
        parser.skipChildren();
      }
    }
    return "";
  }
}
