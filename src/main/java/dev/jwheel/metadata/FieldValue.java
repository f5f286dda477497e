// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.Header;
import dev.jwheel.wheel.ProjectName;
import dev.jwheel.wheel.PythonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of the JSON form of core metadata (PEP 566, "JSON-compatible Metadata").
 *
 * @param key the key: the field's name in lower case with {@code _} for {@code -}
 * @param list whether the value is a list, because the field may occur more than once
 * @param values the values; exactly one where it is not a list
 */
public record FieldValue(String key, boolean list, List<String> values) {
  static final String DESCRIPTION = "Description";

  private static final String DESCRIPTION_KEY = "description";
  private static final String KEYWORDS = "keywords";
  private static final String BAR = "       |";
  private static final String INDENT = "        ";

  public FieldValue {
    values = List.copyOf(values);
  }

  /** The value, or the first of a list. */
  public String value() {
    return values.get(0);
  }

  static List<FieldValue> of(CoreMetadata metadata) {
    Map<String, List<String>> byKey = new LinkedHashMap<>();
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Header header : metadata.headers()) {
      Optional<Field> field = metadata.fields().find(header.name());
      String key =
          field.isPresent()
              ? field.get().jsonKey()
              : header.name().toLowerCase(Locale.ROOT).replace('-', '_');
      field.ifPresent(known -> fields.put(key, known));
      byKey.computeIfAbsent(key, unused -> new ArrayList<>()).add(header.value());
    }
    metadata
        .description()
        .ifPresent(description -> byKey.put(DESCRIPTION_KEY, List.of(description)));

    List<FieldValue> entries = new ArrayList<>();
    byKey.forEach(
        (key, values) ->
            entry(key, Optional.ofNullable(fields.get(key)), values).ifPresent(entries::add));
    return List.copyOf(entries);
  }

  private static Optional<FieldValue> entry(
      String key, Optional<Field> field, List<String> values) {
    if (key.equals(KEYWORDS)) {
      return Optional.of(new FieldValue(key, true, keywords(values.get(0))));
    }
    if (key.equals("provides_extra")) {
      List<String> valid = values.stream().filter(ProjectName::isValid).toList();
      return valid.isEmpty() ? Optional.empty() : Optional.of(new FieldValue(key, true, valid));
    }
    boolean known = field.isPresent() || key.equals(DESCRIPTION_KEY);
    boolean list = known ? field.map(Field::multiple).orElse(false) : values.size() > 1;
    return Optional.of(new FieldValue(key, list, list ? values : values.subList(0, 1)));
  }

  /** The keywords between commas, without the space around them. */
  private static List<String> keywords(String text) {
    List<String> keywords = new ArrayList<>();
    for (String keyword : text.split(",", -1)) {
      String stripped = PythonText.strip(keyword);
      if (!stripped.isEmpty()) {
        keywords.add(stripped);
      }
    }
    return keywords;
  }

  /**
   * The value of a {@code Description} header without what its folding added: in each line but the
   * first, seven spaces and a bar (core metadata) or eight spaces (distutils).
   */
  static String unfoldDescription(String value) {
    StringBuilder text = new StringBuilder(value.length());
    int start = 0;
    while (true) {
      int end = value.indexOf('\n', start) + 1;
      text.append(value, start, end == 0 ? value.length() : end);
      if (end == 0) {
        return text.toString();
      }
      boolean folded = value.startsWith(BAR, end) || value.startsWith(INDENT, end);
      start = folded ? end + BAR.length() : end;
    }
  }
}
