// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import dev.jwheel.tags.module.PythonValue.Bool;
import dev.jwheel.tags.module.PythonValue.Int;
import dev.jwheel.tags.module.PythonValue.None;
import dev.jwheel.tags.module.PythonValue.Sequence;
import dev.jwheel.tags.module.PythonValue.Str;
import java.util.Arrays;
import java.util.List;

/** Python's truth, comparisons and sums of values (language reference, "Comparisons"). */
final class Comparisons {
  /** Tuples can hold a tuple twice, which holds one twice, and so on. */
  private static final int MAX_STEPS = 100_000;

  private int steps;

  /** Returns the truth of a value ("Truth Value Testing" of the library reference). */
  static boolean truth(PythonValue value) throws NotUnderstoodException {
    if (value instanceof PythonValue.Opaque opaque) {
      throw opaque.reason();
    }
    if (isNumber(value)) {
      return number(value) != 0;
    }
    if (value instanceof Str text) {
      return !text.value().isEmpty();
    }
    return value instanceof Sequence items
        ? !items.items().isEmpty()
        : value instanceof PythonValue.Function;
  }

  /** Returns the sum, difference or product of two integers. */
  static PythonValue compute(Expression.Arithmetic arithmetic, PythonValue left, PythonValue right)
      throws NotUnderstoodException {
    if (!isNumber(left) || !isNumber(right)) {
      throw new NotUnderstoodException(
          arithmetic.line(), "'" + arithmetic.operator() + "' of other values than integers");
    }
    try {
      return new Int(
          switch (arithmetic.operator()) {
            case "+" -> Math.addExact(number(left), number(right));
            case "-" -> Math.subtractExact(number(left), number(right));
            default -> Math.multiplyExact(number(left), number(right));
          });
    } catch (ArithmeticException e) {
      throw new NotUnderstoodException(arithmetic.line(), "a number of more than 64 bits");
    }
  }

  /** Whether a comparison holds. */
  boolean holds(PythonValue left, String operator, PythonValue right, int line)
      throws NotUnderstoodException {
    return switch (operator) {
      case "==" -> areEqual(left, right, line);
      case "!=" -> !areEqual(left, right, line);
      case "in" -> isIn(left, right, line);
      case "not in" -> !isIn(left, right, line);
      case "is" -> isSame(left, right, line);
      case "is not" -> !isSame(left, right, line);
      case "<" -> compare(left, right, line) < 0;
      case "<=" -> compare(left, right, line) <= 0;
      case ">" -> compare(left, right, line) > 0;
      default -> compare(left, right, line) >= 0;
    };
  }

  private void step(int line) throws NotUnderstoodException {
    if (++steps > MAX_STEPS) {
      throw new NotUnderstoodException(line, "the comparison takes too long");
    }
  }

  private boolean areEqual(PythonValue left, PythonValue right, int line)
      throws NotUnderstoodException {
    step(line);
    if (isNumber(left) && isNumber(right)) {
      return number(left) == number(right);
    }
    if (left instanceof Sequence some && right instanceof Sequence others) {
      if (some.kind() == PythonValue.Kind.SET || others.kind() == PythonValue.Kind.SET) {
        throw new NotUnderstoodException(line, "the comparison of a set is not understood");
      }
      return some.kind() == others.kind()
          && some.items().size() == others.items().size()
          && firstDifference(some.items(), others.items(), line) == some.items().size();
    }
    if (left instanceof PythonValue.Function || right instanceof PythonValue.Function) {
      throw new NotUnderstoodException(line, "the comparison of a function is not understood");
    }
    return left.equals(right);
  }

  private int firstDifference(List<PythonValue> left, List<PythonValue> right, int line)
      throws NotUnderstoodException {
    int same = 0;
    while (same < Math.min(left.size(), right.size())
        && areEqual(left.get(same), right.get(same), line)) {
      same++;
    }
    return same;
  }

  private int compare(PythonValue left, PythonValue right, int line) throws NotUnderstoodException {
    step(line);
    if (isNumber(left) && isNumber(right)) {
      return Long.compare(number(left), number(right));
    }
    if (left instanceof Str text && right instanceof Str other) {
      return compareTexts(text.value(), other.value());
    }
    if (left instanceof Sequence some
        && right instanceof Sequence others
        && some.kind() == others.kind()
        && some.kind() != PythonValue.Kind.SET) {
      int same = firstDifference(some.items(), others.items(), line);
      boolean prefix = same == Math.min(some.items().size(), others.items().size());
      return prefix
          ? Integer.compare(some.items().size(), others.items().size())
          : compare(some.items().get(same), others.items().get(same), line);
    }
    throw new NotUnderstoodException(line, "values of different kinds have no order");
  }

  /** By code points, as Python does, where Java compares UTF-16. */
  private static int compareTexts(String left, String right) {
    int[] some = left.codePoints().toArray();
    int[] others = right.codePoints().toArray();
    return Arrays.compare(some, others);
  }

  private boolean isIn(PythonValue item, PythonValue container, int line)
      throws NotUnderstoodException {
    if (item instanceof Str part && container instanceof Str text) {
      return text.value().contains(part.value());
    }
    if (!(container instanceof Sequence sequence)) {
      throw new NotUnderstoodException(line, "'in' something that holds nothing");
    }
    for (PythonValue other : sequence.items()) {
      if (areEqual(item, other, line)) {
        return true;
      }
    }
    return false;
  }

  /** Only of values that exist once is their identity known. */
  private static boolean isSame(PythonValue left, PythonValue right, int line)
      throws NotUnderstoodException {
    boolean single =
        left instanceof None
            || right instanceof None
            || left instanceof Bool
            || right instanceof Bool;
    if (!single) {
      throw new NotUnderstoodException(line, "'is' of other values than True, False and None");
    }
    return left.equals(right);
  }

  private static boolean isNumber(PythonValue value) {
    return value instanceof Int || value instanceof Bool;
  }

  private static long number(PythonValue value) {
    return value instanceof Bool truth ? (truth.value() ? 1 : 0) : ((Int) value).value();
  }
}
