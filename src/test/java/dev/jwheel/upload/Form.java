// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads forms byte by byte (RFC 7578), as a server does. */
public final class Form {

  private Form() {}

  /** A part of a form. */
  public record Part(String name, Optional<String> fileName, byte[] bytes) {
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  static List<Part> read(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String boundary = type.substring(type.indexOf("boundary=") + "boundary=".length());
    byte[] body = exchange.getRequestBody().readAllBytes();
    // One character a byte.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String delimiter = "\r\n--" + boundary;
    List<Part> parts = new ArrayList<>();
    if (!text.startsWith(delimiter.substring(2))) {
      throw new IOException("no boundary at the beginning");
    }
    int at = delimiter.length() - 2;
    while (text.startsWith("\r\n", at)) {
      int end = text.indexOf(delimiter, at + 2);
      parts.add(part(text.substring(at + 2, end)));
      at = end + delimiter.length();
    }
    if (!text.substring(at).equals("--\r\n")) {
      throw new IOException("odd end of a form: " + text.substring(at));
    }
    return parts;
  }

  private static Part part(String text) {
    int head = text.indexOf("\r\n\r\n");
    String headers = text.substring(0, head);
    return new Part(
        parameter(headers, " name=").orElseThrow(),
        parameter(headers, " filename="),
        text.substring(head + 4).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Optional<String> parameter(String headers, String key) {
    int start = headers.indexOf(key + "\"");
    if (start < 0) {
      return Optional.empty();
    }
    int from = start + key.length() + 1;
    return Optional.of(headers.substring(from, headers.indexOf('"', from)));
  }
}
