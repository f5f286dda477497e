// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.ProjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values that markers are compared with. A variable without a value makes every comparison with
 * it undefined.
 */
public final class MarkerEnvironment {
  private final Map<MarkerVariable, String> values;
  private final Map<MarkerVariable, Set<String>> sets;

  private MarkerEnvironment(
      Map<MarkerVariable, String> values, Map<MarkerVariable, Set<String>> sets) {
    this.values = values;
    this.sets = sets;
  }

  /** An environment for metadata, with no extra chosen. */
  public static MarkerEnvironment of(Map<MarkerVariable, String> values) {
    Map<MarkerVariable, String> copy = new EnumMap<>(MarkerVariable.class);
    copy.put(MarkerVariable.EXTRA, "");
    copy.putAll(values);
    copy.computeIfPresent(MarkerVariable.EXTRA, (variable, extra) -> ProjectName.normalize(extra));
    copy.computeIfPresent(
        MarkerVariable.PYTHON_FULL_VERSION,
        (variable, version) -> version.endsWith("+") ? version + "local" : version);
    return new MarkerEnvironment(copy, Map.of());
  }

  /** The environment with a set of names: of {@code extras} or {@code dependency_groups}. */
  public MarkerEnvironment with(MarkerVariable variable, Collection<String> names) {
    Set<String> normalized = new TreeSet<>();
    for (String name : names) {
      normalized.add(ProjectName.normalize(name));
    }
    Map<MarkerVariable, Set<String>> copy = new EnumMap<>(MarkerVariable.class);
    copy.putAll(sets);
    copy.put(variable, normalized);
    return new MarkerEnvironment(values, copy);
  }

  boolean matches(Marker.Comparison comparison) throws UndefinedComparisonException {
    String operator = comparison.operator();
    if (comparison.left() instanceof MarkerOperand.Variable left) {
      if (left.variable().kind() == MarkerVariable.Kind.SET) {
        throw undefined(comparison);
      }
      return compare(left.variable(), value(left), operator, comparison.right().text());
    }
    if (!(comparison.right() instanceof MarkerOperand.Variable right)) {
      throw undefined(comparison);
    }
    String text = comparison.left().text();
    return right.variable().kind() == MarkerVariable.Kind.SET
        ? isMember(ProjectName.normalize(text), operator, right)
        : compare(right.variable(), text, operator, value(right));
  }

  private static UndefinedComparisonException undefined(Marker.Comparison comparison) {
    return new UndefinedComparisonException(comparison + " has no meaning");
  }

  private String value(MarkerOperand.Variable operand) throws UndefinedComparisonException {
    String value = values.get(operand.variable());
    if (value == null) {
      throw new UndefinedComparisonException("the environment has no " + operand);
    }
    return value;
  }

  private boolean isMember(String name, String operator, MarkerOperand.Variable operand)
      throws UndefinedComparisonException {
    Set<String> names = sets.get(operand.variable());
    if (names == null) {
      throw new UndefinedComparisonException("the environment has no " + operand);
    }
    return switch (operator) {
      case "in" -> names.contains(name);
      case "not in" -> !names.contains(name);
      case "!=" -> true;
      case "==", "<=", ">=", "<", ">" -> false;
      default -> throw new UndefinedComparisonException(operator + " does not compare with a set");
    };
  }

  private static boolean compare(
      MarkerVariable variable, String left, String operator, String right)
      throws UndefinedComparisonException {
    if (variable.kind() == MarkerVariable.Kind.VERSION) {
      Optional<Specifier> specifier = Specifier.find(operator + right);
      if (specifier.isPresent()) {
        return specifier.get().contains(left);
      }
    }
    return switch (operator) {
      case "in" -> right.contains(left);
      case "not in" -> !right.contains(left);
      case "==", "<=", ">=" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<", ">" -> false;
      default ->
          throw new UndefinedComparisonException(
              operator + " does not compare texts that are not versions");
    };
  }

  /** The names of the variables that have a value. */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    values.keySet().forEach(variable -> names.add(variable.toString()));
    return String.join(", ", names);
  }
}
