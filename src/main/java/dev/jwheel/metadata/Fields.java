// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fields of core metadata, read from {@code fields.tsv}. */
public final class Fields {
  private static final int COLUMNS = 7;

  private final Map<String, Field> byName = new LinkedHashMap<>();

  private Fields() {
    for (String line : ResourceLines.of("fields.tsv")) {
      Field field = read(line.split("\t", COLUMNS));
      byName.put(key(field.name()), field);
    }
  }

  private static Field read(String[] columns) {
    return new Field(
        columns[0],
        version(columns[1]),
        columns[2].equals("many"),
        columns[3].equals("-") ? Optional.empty() : Optional.of(version(columns[3])),
        columns[4],
        columns[5],
        columns[6]);
  }

  private static MetadataVersion version(String text) {
    return MetadataVersion.of(text).orElseThrow();
  }

  /** Reads the table. */
  public static Fields read() {
    return new Fields();
  }

  /** The field of a name, in any letter case. */
  public Optional<Field> find(String name) {
    return Optional.ofNullable(byName.get(key(name)));
  }

  /** All fields, in the specification's order. */
  public Collection<Field> all() {
    return byName.values();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
