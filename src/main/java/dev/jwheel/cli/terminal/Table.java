// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.io.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in aligned columns; cells that are too wide for the screen continue below. Control
 * characters in them are written out, since they would move the columns.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int MIN_COLUMN = 12;

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
   * The lines of the table.
   *
   * @param width the columns of the screen; 0 for no limit
   */
  public List<String> lines(int width) {
    if (isEmpty()) {
      return List.of();
    }
    int[] widths = naturalWidths();
    if (width > 0) {
      fit(widths, width - indent.length() - GAP.length() * (widths.length - 1));
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.addAll(lines(row, widths));
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
   * Narrows columns: first no further than their longest words, unless these are long themselves,
   * then wherever it helps.
   */
  private void fit(int[] widths, int available) {
    int[] natural = widths.clone();
    int[] words = new int[widths.length];
    int[] least = new int[widths.length];
    for (int i = 0; i < widths.length; i++) {
      words[i] = Math.max(Math.min(longestPiece(i), available / 3), MIN_COLUMN);
      least[i] = MIN_COLUMN;
    }
    shrink(widths, words, available);
    shrink(widths, least, available);
    useUp(widths, natural, available);
  }

  private int longestPiece(int column) {
    int longest = 0;
    for (List<String> row : rows) {
      longest = Math.max(longest, Wrap.longestPiece(row.get(column)));
    }
    return longest;
  }

  /** Takes from the widest column as long as the sum is too large. */
  private static void shrink(int[] widths, int[] least, int available) {
    for (int sum = sum(widths); sum > available; sum--) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  /** Gives what broken cells leave empty to the columns that lack it, the last one first. */
  private void useUp(int[] widths, int[] natural, int available) {
    for (int i = 0; i < widths.length; i++) {
      int used = 0;
      for (List<String> row : rows) {
        for (String line : Wrap.hard(row.get(i), widths[i])) {
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
      List<String> cell = Wrap.hard(row.get(i), Math.max(1, widths[i]));
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
