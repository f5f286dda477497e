// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.io.NearestName;
import dev.jwheel.metadata.FindingLevel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All rules, in the order in which they are reported: the resource {@code rules.txt}. */
public final class RuleCatalog {
  private static final String RESOURCE = "rules.txt";

  private final Map<String, CheckRule> rules;

  private RuleCatalog(Map<String, CheckRule> rules) {
    this.rules = Collections.unmodifiableMap(rules);
  }

  /** Reads the rules that come with the program. */
  public static RuleCatalog builtIn() {
    try (InputStream stream = RuleCatalog.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      return read(new InputStreamReader(stream, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the rules that come with the program are unreadable", e);
    }
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException if a line or a rule is not what the head of the file says
   */
  static RuleCatalog read(Reader text) throws IOException {
    Map<String, CheckRule> rules = new LinkedHashMap<>();
    Map<String, String> values = new LinkedHashMap<>();
    String id = "";
    BufferedReader lines = new BufferedReader(text);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int equals = line.indexOf('=');
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        add(id, values, rules);
        id = line.substring(1, line.length() - 1);
      } else if (equals < 0
          || values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip())
              != null) {
        throw new IllegalArgumentException("rule " + id + ": expected KEY = TEXT, found " + line);
      }
    }
    add(id, values, rules);
    return new RuleCatalog(rules);
  }

  private static void add(String id, Map<String, String> values, Map<String, CheckRule> rules) {
    if (id.isEmpty()) {
      return;
    }
    CheckRule rule =
        new CheckRule(
            id,
            FindingLevel.valueOf(take(id, values, "level").toUpperCase(Locale.ROOT)),
            take(id, values, "area"),
            take(id, values, "holds"),
            take(id, values, "why"),
            take(id, values, "fix"),
            take(id, values, "source"),
            values.containsKey("alias")
                ? List.of(take(id, values, "alias").split(" "))
                : List.of());
    if (!values.isEmpty() || rules.put(id, rule) != null) {
      throw new IllegalArgumentException("rule " + id + " stands twice or has " + values.keySet());
    }
  }

  private static String take(String id, Map<String, String> values, String key) {
    String value = values.remove(key);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("rule " + id + " has no " + key);
    }
    return value;
  }

  /** All rules in their order. */
  public Collection<CheckRule> all() {
    return rules.values();
  }

  /** The areas, in the order of their first rules. */
  public Set<String> areas() {
    Set<String> areas = new LinkedHashSet<>();
    rules.values().forEach(rule -> areas.add(rule.area()));
    return areas;
  }

  /** The rule of a name, or of its name in check-wheel-contents. */
  public Optional<CheckRule> find(String name) {
    CheckRule rule = rules.get(name);
    if (rule != null) {
      return Optional.of(rule);
    }
    return rules.values().stream().filter(other -> other.aliases().contains(name)).findFirst();
  }

  /**
   * The rule of a name that the program itself uses.
   *
   * @throws IllegalArgumentException if there is none
   */
  CheckRule get(String id) {
    CheckRule rule = rules.get(id);
    if (rule == null) {
      throw new IllegalArgumentException("no rule " + id);
    }
    return rule;
  }

  /** The name of a rule or area that is most like a text, for who misspelt one. */
  public String nearest(String text) {
    List<String> names = new ArrayList<>(rules.keySet());
    areas().forEach(area -> names.add(Selection.AREA + area));
    return NearestName.to(text, names);
  }
}
