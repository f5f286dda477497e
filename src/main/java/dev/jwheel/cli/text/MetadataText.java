// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.MetadataView;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.terminal.Table;
import dev.jwheel.io.Printable;
import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.metadata.FieldValue;
import dev.jwheel.metadata.FindingLevel;
import dev.jwheel.metadata.MetadataFinding;
import dev.jwheel.wheel.Header;
import dev.jwheel.wheel.WheelMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Metadata for a person. */
public final class MetadataText implements Renderer<MetadataView> {
  private static final String INDENT = "  ";
  private static final String DESCRIPTION = "Description";
  private static final int MAX_VALUES = 20;
  private static final int MAX_LENGTH = 1000;

  private final Page page;
  private final Console console;
  private final boolean verbose;
  private boolean first = true;

  /**
   * @param verbose whether to print every value of a field, and the description
   */
  public MetadataText(Console console, boolean verbose) {
    this.console = console;
    this.page = new Page(console, console.width());
    this.verbose = verbose;
  }

  @Override
  public void render(MetadataView view) {
    if (view instanceof MetadataView.OfFields fields) {
      separate();
      print(fields.file(), fields.metadata());
    } else if (view instanceof MetadataView.OfWheel wheel) {
      separate();
      print(wheel.file(), wheel.wheel());
    } else if (view instanceof MetadataView.OfFindings findings) {
      separate();
      printFindings(findings.file(), findings.findings());
    } else if (view instanceof MetadataView.OfField field) {
      field.value().ifPresent(this::printField);
    }
  }

  /** Leaves an empty line between two files. */
  private void separate() {
    if (!first) {
      page.line();
    }
    first = false;
  }

  /** The fields, one below the other. */
  private void print(String file, CoreMetadata metadata) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (Header header : metadata.headers()) {
      String key = header.name().toLowerCase(Locale.ROOT);
      names.putIfAbsent(
          key, metadata.fields().find(key).map(field -> field.name()).orElse(header.name()));
      values.computeIfAbsent(key, unused -> new ArrayList<>()).add(header.value());
    }
    values.remove(DESCRIPTION.toLowerCase(Locale.ROOT));
    Table table = new Table(INDENT);
    values.forEach((key, all) -> addRows(table, names.getOrDefault(key, key), all));
    metadata.description().ifPresent(text -> table.row(DESCRIPTION, size(text)));
    page.bold("", file);
    page.table(table);
    if (verbose && metadata.description().isPresent()) {
      page.line();
      printLines(metadata.description().get());
    }
  }

  private void addRows(Table table, String name, List<String> values) {
    int shown = verbose ? values.size() : Math.min(values.size(), MAX_VALUES);
    for (int i = 0; i < shown; i++) {
      table.row(i == 0 ? shortened(name) : "", shortened(unfolded(values.get(i))));
    }
    if (shown < values.size()) {
      table.row("", "and " + (values.size() - shown) + " more (-v shows all)");
    }
  }

  private static String unfolded(String value) {
    if (value.indexOf('\n') < 0 && value.indexOf('\r') < 0) {
      return value;
    }
    return String.join(" ", value.lines().map(String::strip).toList());
  }

  private static String shortened(String value) {
    return value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH) + "...";
  }

  private static String size(String description) {
    long lines = description.lines().count();
    return lines + (lines == 1 ? " line" : " lines") + " (--field Description prints them)";
  }

  /** The file {@code WHEEL}. */
  private void print(String file, WheelMetadata wheel) {
    Table table = new Table(INDENT);
    Set<String> seen = new HashSet<>();
    for (Header header : wheel.headers()) {
      if (seen.add(header.name().toLowerCase(Locale.ROOT))) {
        addRows(table, header.name(), wheel.all(header.name()));
      }
    }
    page.bold("", file);
    page.table(table);
  }

  /** The values of one field, one a line; a description as it is. */
  private void printField(FieldValue field) {
    for (String value : field.values()) {
      printLines(value);
    }
  }

  /** A text with its line ends; its other control characters are written out. */
  private void printLines(String text) {
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf('\n', start);
      int stop = end < 0 ? text.length() : end;
      int last = stop > start && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
      if (end < 0 && start == text.length() && start > 0) {
        return;
      }
      printLine(text.substring(start, last));
      start = stop + 1;
    }
  }

  private void printLine(String line) {
    StringBuilder printable = new StringBuilder(line.length());
    int start = 0;
    for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', start)) {
      printable.append(Printable.of(line.substring(start, tab))).append('\t');
      start = tab + 1;
    }
    console.out().println(printable.append(Printable.of(line.substring(start))));
  }

  /** The findings about a file, the gravest first. */
  private void printFindings(String file, List<MetadataFinding> findings) {
    if (findings.isEmpty()) {
      page.line(file + ": nothing found");
      return;
    }
    page.bold("", file);
    Table table = new Table(INDENT);
    for (FindingLevel level : FindingLevel.values()) {
      for (MetadataFinding finding : findings) {
        if (finding.level() == level) {
          String field = finding.field().isEmpty() ? "" : finding.field() + " ";
          table.row(level.toString(), finding.rule().id(), field + finding.message());
        }
      }
    }
    page.table(table);
  }
}
