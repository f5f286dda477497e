package dev.jwheel.wheel;

import dev.jwheel.wheel.zip.Defect;
import java.util.ArrayList;
import java.util.List;

/**
 * A header of {@code WHEEL} or {@code METADATA}, which have the format of e-mail headers.
 *
 * @param name the name as it was written
 * @param value the value without surrounding space; a folded one keeps its line ends
 */
public record Header(String name, String value) {

  /** Whether the header is of this name; letter case does not matter. */
  public boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }

  /**
   * Reads the headers of a text, up to the first empty line.
   *
   * @param place the file's name, for defects
   * @param defects takes the lines that are no header
   */
  static List<Header> parse(String text, String place, List<Defect> defects) {
    List<Header> headers = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = lineEnd(text, start);
      String line = text.substring(start, end);
      if (line.isBlank()) {
        break;
      }
      if (!add(line, headers)) {
        defects.add(
            new Defect("header", place, "holds a line that is no header: expected NAME: VALUE"));
      }
      start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }
    return headers;
  }

  private static int lineEnd(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static boolean add(String line, List<Header> headers) {
    boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
    int colon = line.indexOf(':');
    if (folded && !headers.isEmpty()) {
      Header last = headers.remove(headers.size() - 1);
      headers.add(new Header(last.name, last.value + "\n" + line.stripTrailing()));
      return true;
    }
    if (folded || colon <= 0) {
      return false;
    }
    return headers.add(
        new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
  }
}
