// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.wheel.zip.Defect;
import java.util.ArrayList;
import java.util.List;

/**
 * A header of {@code WHEEL} or {@code METADATA}, which have the format of e-mail headers.
 *
 * @param name the name as it was written
 * @param value the value without the space before it; a folded one keeps its line ends
 */
public record Header(String name, String value) {

  /** Whether the header is of this name; letter case does not matter. */
  public boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }

  /**
   * Reads the headers of a text, up to the first empty line, as forgivingly as {@code WHEEL} is
   * read: a line that is not a header does not end them.
   *
   * @param place the file's name, for defects
   * @param defects takes the lines that are no header
   */
  static List<Header> parse(String text, String place, List<Defect> defects) {
    List<Header> headers = new ArrayList<>();
    String name = "";
    StringBuilder value = new StringBuilder();
    for (int start = 0; start < text.length(); ) {
      int end = lineEnd(text, start);
      String line = text.substring(start, end);
      if (line.isBlank()) {
        break;
      }
      boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
      int colon = line.indexOf(':');
      if (folded && !name.isEmpty()) {
        value.append('\n').append(line.stripTrailing());
      } else if (folded || colon <= 0) {
        defects.add(
            new Defect("header", place, "holds a line that is no header: expected NAME: VALUE"));
      } else {
        add(name, value, headers);
        name = line.substring(0, colon).strip();
        value.append(line.substring(colon + 1).strip());
      }
      start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }
    add(name, value, headers);
    return headers;
  }

  private static void add(String name, StringBuilder value, List<Header> headers) {
    if (!name.isEmpty()) {
      headers.add(new Header(name, value.toString()));
      value.setLength(0);
    }
  }

  private static int lineEnd(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }
}
