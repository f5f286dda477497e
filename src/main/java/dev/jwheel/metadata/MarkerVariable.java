// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.Optional;

/** A variable of environment markers (PEP 508; the sets are those of lock files, PEP 751). */
public enum MarkerVariable {
  PYTHON_VERSION("python_version", Kind.VERSION),
  PYTHON_FULL_VERSION("python_full_version", Kind.VERSION),
  OS_NAME("os_name", Kind.TEXT),
  SYS_PLATFORM("sys_platform", Kind.TEXT),
  PLATFORM_RELEASE("platform_release", Kind.VERSION),
  PLATFORM_SYSTEM("platform_system", Kind.TEXT),
  PLATFORM_VERSION("platform_version", Kind.TEXT),
  PLATFORM_MACHINE("platform_machine", Kind.TEXT),
  PLATFORM_PYTHON_IMPLEMENTATION("platform_python_implementation", Kind.TEXT),
  IMPLEMENTATION_NAME("implementation_name", Kind.TEXT),
  IMPLEMENTATION_VERSION("implementation_version", Kind.VERSION),
  EXTRA("extra", Kind.EXTRA),
  EXTRAS("extras", Kind.SET),
  DEPENDENCY_GROUPS("dependency_groups", Kind.SET);

  /** How a variable is compared. */
  enum Kind {
    TEXT,
    VERSION,
    EXTRA,
    SET
  }

  private final String text;
  private final Kind kind;

  MarkerVariable(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /**
   * The variable of a name, of which some have older spellings: {@code os.name}, {@code
   * python_implementation}.
   */
  static Optional<MarkerVariable> of(String name) {
    String current =
        switch (name) {
          case "os.name",
              "sys.platform",
              "platform.version",
              "platform.machine",
              "platform.python_implementation" ->
              name.replace('.', '_');
          case "python_implementation" -> "platform_python_implementation";
          default -> name;
        };
    for (MarkerVariable variable : values()) {
      if (variable.text.equals(current)) {
        return Optional.of(variable);
      }
    }
    return Optional.empty();
  }

  /** The variable's name. */
  @Override
  public String toString() {
    return text;
  }
}
