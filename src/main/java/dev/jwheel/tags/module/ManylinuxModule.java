// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import dev.jwheel.tags.module.PythonValue.Int;
import dev.jwheel.tags.module.PythonValue.Str;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The module {@code _manylinux}, by which a distributor says which manylinux tags a system supports
 * (PEP 513, 571, 599 and 600). It is read, never executed.
 */
public final class ManylinuxModule {
  private static final String FUNCTION = "manylinux_compatible";
  private static final int MAX_LENGTH = 1 << 16;

  private final Map<String, PythonValue> names;
  private final Optional<String> problem;

  private ManylinuxModule(Map<String, PythonValue> names, Optional<String> problem) {
    this.names = Map.copyOf(names);
    this.problem = problem;
  }

  /** Reads the text of a module. */
  public static ManylinuxModule of(String text) {
    if (text.length() > MAX_LENGTH) {
      return unreadable("it is longer than " + MAX_LENGTH + " characters");
    }
    try {
      Map<String, PythonValue> names = Evaluation.module(StatementParser.statements(text));
      if (names.containsKey("__getattr__")) {
        return unreadable("it has a function __getattr__");
      }
      return new ManylinuxModule(names, Optional.empty());
    } catch (NotUnderstoodException e) {
      return unreadable(e.reason());
    }
  }

  /**
   * A module whose every answer is unknown.
   *
   * @param reason why it is not read
   */
  public static ManylinuxModule unreadable(String reason) {
    return new ManylinuxModule(Map.of(), Optional.of(reason));
  }

  /**
   * Returns what its function says of a glibc version; it is silent if it has none or that returns
   * None (PEP 600).
   */
  public ModuleAnswer compatible(int major, int minor, String architecture) {
    if (problem.isPresent()) {
      return ModuleAnswer.unknown(problem.get());
    }
    PythonValue function = names.get(FUNCTION);
    if (function == null) {
      return ModuleAnswer.SILENT;
    }
    List<PythonValue> arguments = List.of(new Int(major), new Int(minor), new Str(architecture));
    try {
      if (!(function instanceof PythonValue.Function callable)) {
        return ModuleAnswer.unknown(FUNCTION + " is not a function");
      }
      PythonValue result = Evaluation.call(names, callable, arguments);
      return result instanceof PythonValue.None
          ? ModuleAnswer.SILENT
          : ModuleAnswer.of(Comparisons.truth(result));
    } catch (NotUnderstoodException e) {
      return ModuleAnswer.unknown(e.reason());
    }
  }

  /** Whether it has the function of PEP 600, next to which attributes do not count. */
  public boolean hasFunction() {
    return names.containsKey(FUNCTION);
  }

  /** Returns what an attribute such as {@code manylinux1_compatible} says (PEP 513, 571, 599). */
  public ModuleAnswer attribute(String name) {
    if (problem.isPresent()) {
      return ModuleAnswer.unknown(problem.get());
    }
    PythonValue value = names.get(name);
    try {
      return value == null ? ModuleAnswer.SILENT : ModuleAnswer.of(Comparisons.truth(value));
    } catch (NotUnderstoodException e) {
      return ModuleAnswer.unknown(e.reason());
    }
  }
}
