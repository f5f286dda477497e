// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.WrittenMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The file {@code RECORD} of the dist-info directory (PEP 376, 427): every file of the wheel with
 * hash and size, as comma-separated values (RFC 4180).
 *
 * @param rows the rows in their order
 */
public record RecordFile(List<RecordRow> rows) {
  private static final int COLUMNS = 3;

  public RecordFile {
    rows = List.copyOf(rows);
  }

  /**
   * The file for members as they were written, in their order, with its own row last. Directories
   * have no row.
   *
   * @param path the path of {@code RECORD} itself
   */
  public static RecordFile of(List<WrittenMember> members, String path) {
    List<RecordRow> rows = new ArrayList<>(members.size() + 1);
    for (WrittenMember member : members) {
      if (!member.isDirectory()) {
        rows.add(RecordRow.of(member.name(), "sha256=" + member.sha256(), member.size()));
      }
    }
    rows.add(RecordRow.unhashed(path));
    return new RecordFile(rows);
  }

  /**
   * Reads the file. A path with commas that should have been quoted is put together again.
   *
   * @param place the file's name, for defects
   * @param defects takes rows that do not have three columns, or no number as size
   */
  public static RecordFile parse(String text, String place, List<Defect> defects) {
    List<RecordRow> rows = new ArrayList<>();
    CsvReader reader = new CsvReader(text);
    while (reader.hasRow()) {
      List<String> columns = reader.row();
      if (columns.size() > 1 || !columns.get(0).isEmpty()) {
        rows.add(row(columns, place, defects));
      }
    }
    if (reader.endsInsideQuotes()) {
      defects.add(new Defect("record-row", place, "ends inside a quoted column"));
    }
    return new RecordFile(rows);
  }

  /** How many cells a text can have, which is more than it has if some are quoted. */
  static int cells(String text) {
    int cells = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '\n' || c == '\r') {
        cells++;
      }
    }
    return cells;
  }

  private static RecordRow row(List<String> columns, String place, List<Defect> defects) {
    int surplus = Math.max(0, columns.size() - COLUMNS);
    String path = String.join(",", columns.subList(0, surplus + 1));
    if (columns.size() != COLUMNS) {
      defects.add(
          new Defect(
              "record-row",
              place,
              "the row of "
                  + path
                  + " has "
                  + columns.size()
                  + " columns, expected path, hash and size"
                  + (surplus > 0 ? " (a path with a comma must be quoted)" : "")));
    }
    String hash = columns.size() > surplus + 1 ? columns.get(surplus + 1) : "";
    String size = columns.size() > surplus + 2 ? columns.get(surplus + 2) : "";
    return new RecordRow(
        path,
        hash.isEmpty() ? Optional.empty() : Optional.of(hash),
        size(size, path, place, defects));
  }

  private static OptionalLong size(String text, String path, String place, List<Defect> defects) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseUnsignedLong(text));
    } catch (NumberFormatException e) {
      defects.add(
          new Defect(
              "record-row",
              place,
              "the row of " + path + " has the size " + text + ", expected a number"));
      return OptionalLong.empty();
    }
  }

  /** The file's text: LF, quotes only where a path needs them. */
  public String serialize() {
    StringBuilder text = new StringBuilder(rows.size() * 100);
    for (RecordRow row : rows) {
      appendQuoted(text, row.path());
      text.append(',').append(row.hash().orElse("")).append(',');
      if (row.size().isPresent()) {
        text.append(row.size().getAsLong());
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static void appendQuoted(StringBuilder text, String path) {
    boolean plain =
        path.indexOf(',') < 0
            && path.indexOf('"') < 0
            && path.indexOf('\n') < 0
            && path.indexOf('\r') < 0;
    if (plain) {
      text.append(path);
    } else {
      text.append('"').append(path.replace("\"", "\"\"")).append('"');
    }
  }
}
