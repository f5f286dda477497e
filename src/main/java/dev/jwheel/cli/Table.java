package dev.jwheel.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns; cells that are too wide for the screen continue below. */
final class Table {
  private static final String GAP = "  ";
  private static final int MIN_COLUMN = 12;

  private final String indent;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String indent) {
    this.indent = indent;
  }

  /** Adds a row; all rows have the same number of cells. */
  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * The lines of the table.
   *
   * @param width the columns of the screen; 0 for no limit
   */
  List<String> lines(int width) {
    if (rows.isEmpty()) {
      return List.of();
    }
    int[] widths = widths(width);
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.addAll(lines(row, widths));
    }
    return lines;
  }

  private int[] widths(int width) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    if (width > 0) {
      shrink(widths, width - indent.length() - GAP.length() * (widths.length - 1));
    }
    return widths;
  }

  private static void shrink(int[] widths, int available) {
    int sum = 0;
    for (int width : widths) {
      sum += width;
    }
    while (sum > available) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        if (widths[i] > widths[widest]) {
          widest = i;
        }
      }
      if (widths[widest] <= MIN_COLUMN) {
        return;
      }
      widths[widest]--;
      sum--;
    }
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
