// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.io.Printable;
import java.io.PrintStream;

/**
 * Standard output as text for a person. Names from wheels may hold control sequences of terminals,
 * so control characters are written out here; only {@link Style} makes any.
 */
public final class Page {
  private static final String INDENT = "  ";
  private static final String HANGING_INDENT = "    ";

  private final PrintStream out;
  private final Style style;
  private final int width;

  /**
   * @param width the columns to fill
   */
  public Page(Console console, int width) {
    this.out = console.out();
    this.style = new Style(console.colour());
    this.width = width;
  }

  /** An empty line. */
  public void line() {
    out.println();
  }

  /** A line as it is, however long. */
  public void line(String text) {
    out.println(Printable.cut(text));
  }

  /** A line that ends with something bold. */
  public void bold(String start, String end) {
    bold(start, end, "");
  }

  /** A line with something bold in it. */
  public void bold(String start, String middle, String end) {
    out.println(Printable.cut(start) + style.bold(Printable.cut(middle)) + Printable.cut(end));
  }

  /** A line that ends with something good. */
  public void good(String start, String end) {
    good(start, end, "");
  }

  /** A line with something good in it. */
  public void good(String start, String middle, String end) {
    out.println(Printable.cut(start) + style.good(Printable.cut(middle)) + Printable.cut(end));
  }

  /** A line that ends with something bad. */
  public void bad(String start, String end) {
    bad(start, end, "");
  }

  /** A line with something bad in it. */
  public void bad(String start, String middle, String end) {
    out.println(Printable.cut(start) + style.bad(Printable.cut(middle)) + Printable.cut(end));
  }

  /** The title of a section. */
  public void heading(String title) {
    line();
    bold("", title);
  }

  /** A section that consists of a table; nothing if the table is empty. */
  public void section(String title, Table table) {
    if (!table.isEmpty()) {
      heading(title);
      table(table);
    }
  }

  /** The rows of a table. */
  public void table(Table table) {
    table.lines(width).forEach(out::println);
  }

  /** An indented text, broken at spaces. */
  public void paragraph(String text) {
    wrapped(text, INDENT);
  }

  /** One of several things that are told one below the other. */
  public void item(String text) {
    wrapped(text, HANGING_INDENT);
  }

  /** A text below a line that is indented already. */
  public void detail(String text) {
    Wrap.words(Printable.cut(text), width, HANGING_INDENT, HANGING_INDENT + INDENT)
        .forEach(out::println);
  }

  private void wrapped(String text, String indent) {
    Wrap.words(Printable.cut(text), width, INDENT, indent).forEach(out::println);
  }
}
