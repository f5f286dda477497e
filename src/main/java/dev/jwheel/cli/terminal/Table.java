// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.io.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in aligned columns; cells that are too wide for the screen continue below. Control
 * characters in them are written out, because they would move the columns.
 */
public final class Table {
  private static final String GAP = "  ";

  private final String indent;
  private final List<List<String>> rows = new ArrayList<>();
  private final int headers;

  public Table(String indent) {
    this.indent = indent;
    this.headers = 0;
  }

  /** A table whose columns have titles, which are not shown without any row. */
  public Table(String indent, List<String> titles) {
    this.indent = indent;
    this.headers = 1;
    rows.add(titles);
  }

  /** Adds a row; all rows have the same number of cells. */
  public Table row(String... cells) {
    List<String> row = new ArrayList<>(cells.length);
    for (String cell : cells) {
      row.add(Printable.cut(cell));
    }
    rows.add(row);
    return this;
  }

  boolean isEmpty() {
    return rows.size() == headers;
  }

  /**
   * Returns the lines of the table. No word is broken, so that a path can be copied: where columns
   * do not fit with their words whole, each row is a paragraph, its further cells below the first.
   *
   * @param width the columns of the screen
   */
  public List<String> lines(int width) {
    if (isEmpty()) {
      return List.of();
    }
    int available = width - indent.length() - GAP.length() * (rows.get(0).size() - 1);
    int[] widths = naturalWidths();
    if (sum(widths) > available && !fit(widths, available)) {
      return paragraphs(width);
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.addAll(lines(row, widths));
    }
    return lines;
  }

  private List<String> paragraphs(int width) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows.subList(headers, rows.size())) {
      String start = indent;
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        String title = i > 0 && headers > 0 ? rows.get(0).get(i) + ": " : "";
        if (!cell.isEmpty()) {
          lines.addAll(Wrap.words(title + cell, width, start, start + GAP));
        }
        start = indent + GAP;
      }
    }
    return lines;
  }

  private int[] naturalWidths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  /**
   * Narrows columns, the widest first, but none further than its longest word.
   *
   * @return whether they fit
   */
  private boolean fit(int[] widths, int available) {
    int[] natural = widths.clone();
    int[] least = new int[widths.length];
    for (int i = 0; i < widths.length; i++) {
      least[i] = longestWord(i);
    }
    for (int sum = sum(widths); sum > available; sum--) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return false;
      }
      widths[widest]--;
    }
    useUp(widths, natural, available);
    return true;
  }

  /** Gives what broken cells leave empty to the columns that lack it, the last one first. */
  private void useUp(int[] widths, int[] natural, int available) {
    for (int i = 0; i < widths.length; i++) {
      int used = 0;
      for (List<String> row : rows) {
        for (String line : cell(row, i, widths)) {
          used = Math.max(used, line.length());
        }
      }
      widths[i] = used;
    }
    int rest = available - sum(widths);
    for (int i = widths.length - 1; i >= 0 && rest > 0; i--) {
      int more = Math.min(rest, natural[i] - widths[i]);
      widths[i] += more;
      rest -= more;
    }
  }

  private static List<String> cell(List<String> row, int column, int[] widths) {
    return Wrap.words(row.get(column), widths[column], "", "");
  }

  private int longestWord(int column) {
    int longest = 0;
    for (List<String> row : rows) {
      for (String word : row.get(column).split(" ")) {
        longest = Math.max(longest, word.length());
      }
    }
    return longest;
  }

  private static int sum(int[] widths) {
    int sum = 0;
    for (int width : widths) {
      sum += width;
    }
    return sum;
  }

  private List<String> lines(List<String> row, int[] widths) {
    List<List<String>> cells = new ArrayList<>();
    int height = 0;
    for (int i = 0; i < widths.length; i++) {
      List<String> cell = cell(row, i, widths);
      cells.add(cell);
      height = Math.max(height, cell.size());
    }
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < height; line++) {
      StringBuilder text = new StringBuilder(indent);
      for (int i = 0; i < widths.length; i++) {
        String part = line < cells.get(i).size() ? cells.get(i).get(line) : "";
        text.append(part).append(" ".repeat(widths[i] - part.length() + GAP.length()));
      }
      lines.add(text.toString().stripTrailing());
    }
    return lines;
  }
}
