// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

/** The macro that a build of Python defines when it has a symbol (stable_abi.toml, "ifdef"). */
public enum BuildCondition {
  /** Windows. */
  MS_WINDOWS(false, false),
  /** Systems with fork(). */
  HAVE_FORK(true, false),
  /** Builds that check the stack, which are those for Windows. */
  USE_STACKCHECK(false, false),
  /** Systems with native thread identifiers. */
  PY_HAVE_THREAD_NATIVE_ID(true, false),
  /** Debug builds, which count references. */
  PY_REF_DEBUG(false, true),
  /** Builds that trace references. */
  PY_TRACE_REFS(false, true);

  private final boolean onLinux;
  private final boolean debugOnly;

  BuildCondition(boolean onLinux, boolean debugOnly) {
    this.onLinux = onLinux;
    this.debugOnly = debugOnly;
  }

  /** Whether a release build of Python on Linux has what depends on it. */
  public boolean isMetOnLinux() {
    return onLinux;
  }

  /** Whether only debugging builds of Python have what depends on it. */
  public boolean isForDebugging() {
    return debugOnly;
  }

  static BuildCondition read(JsonValue name) throws PolicyFormatException {
    for (BuildCondition condition : values()) {
      if (condition.name().equalsIgnoreCase(name.text())) {
        return condition;
      }
    }
    throw name.wrong("unknown condition \"" + name.text() + "\"");
  }
}
