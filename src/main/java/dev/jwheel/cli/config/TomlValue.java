// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import dev.jwheel.io.Printable;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A value of TOML 1.0, as far as an option can have one. {@code toString} writes it as TOML. */
public sealed interface TomlValue {

  /** Returns what kind of value it is, for messages. */
  String kind();

  /** A string. */
  record Text(String text) implements TomlValue {

    @Override
    public String kind() {
      return "a text";
    }

    @Override
    public String toString() {
      String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
      return '"' + Printable.of(escaped) + '"';
    }
  }

  /** An integer. */
  record Whole(long number) implements TomlValue {

    @Override
    public String kind() {
      return "a number";
    }

    @Override
    public String toString() {
      return Long.toString(number);
    }
  }

  /** A boolean. */
  record Flag(boolean set) implements TomlValue {

    @Override
    public String kind() {
      return Boolean.toString(set);
    }

    @Override
    public String toString() {
      return Boolean.toString(set);
    }
  }

  /** An array. */
  record Items(List<TomlValue> items) implements TomlValue {

    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public String toString() {
      return items.toString();
    }
  }

  /** A table, in the order of the file. */
  record Table(Map<String, TomlValue> entries) implements TomlValue {

    static final Table EMPTY = new Table(Map.of());

    @Override
    public String kind() {
      return "a table";
    }

    @Override
    public String toString() {
      StringJoiner table = new StringJoiner(", ", "{", "}");
      entries.forEach((key, value) -> table.add(new Text(key) + " = " + value));
      return table.toString();
    }
  }

  /**
   * A value that no option has: a date, or a number that is not whole.
   *
   * @param kind what it is
   */
  record Other(String kind) implements TomlValue {}
}
