// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values (RFC 4180) as Python's {@code csv} module does: any line end, quotes
 * only at the beginning of a column, anything else taken as it stands.
 */
final class CsvReader {
  private final String text;
  private int position;
  private boolean openQuotes;

  CsvReader(String text) {
    this.text = text;
  }

  boolean hasRow() {
    return position < text.length();
  }

  /** Whether the last column lacks its closing quote. */
  boolean endsInsideQuotes() {
    return openQuotes;
  }

  /** The columns of the next row, at least one. */
  List<String> row() {
    List<String> columns = new ArrayList<>(3);
    columns.add(column());
    while (hasRow() && text.charAt(position) == ',') {
      position++;
      columns.add(column());
    }
    skipLineEnd();
    return columns;
  }

  private void skipLineEnd() {
    if (hasRow() && text.charAt(position) == '\r') {
      position++;
    }
    if (hasRow() && text.charAt(position) == '\n') {
      position++;
    }
  }

  private String column() {
    String quoted = hasRow() && text.charAt(position) == '"' ? quoted() : "";
    int start = position;
    while (hasRow() && !isEnd(text.charAt(position))) {
      position++;
    }
    String plain = text.substring(start, position);
    return quoted.isEmpty() ? plain : quoted + plain;
  }

  private static boolean isEnd(char c) {
    return c == ',' || c == '\n' || c == '\r';
  }

  private String quoted() {
    StringBuilder column = new StringBuilder();
    position++;
    while (hasRow()) {
      char c = text.charAt(position++);
      if (c != '"') {
        column.append(c);
      } else if (hasRow() && text.charAt(position) == '"') {
        column.append('"');
        position++;
      } else {
        return column.toString();
      }
    }
    openQuotes = true;
    return column.toString();
  }
}
