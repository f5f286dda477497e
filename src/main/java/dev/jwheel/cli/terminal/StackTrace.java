// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.io.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The stack trace of a problem, for {@code --debug}. Java's own prints messages as they are, and
 * these may hold names from wheels with control sequences of terminals.
 */
final class StackTrace {
  private final List<String> lines = new ArrayList<>();
  private final Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());

  private StackTrace() {}

  /** The lines, each without characters that have an effect on a terminal but for its indent. */
  static List<String> of(Throwable problem) {
    StackTrace trace = new StackTrace();
    trace.add("", "", problem);
    return trace.lines;
  }

  private void add(String indent, String caption, Throwable problem) {
    lines.add(indent + caption + Printable.of(problem.toString()));
    if (!told.add(problem)) {
      return;
    }
    for (StackTraceElement element : problem.getStackTrace()) {
      lines.add(indent + "\tat " + Printable.of(element.toString()));
    }
    for (Throwable suppressed : problem.getSuppressed()) {
      add(indent + "\t", "Suppressed: ", suppressed);
    }
    Throwable cause = problem.getCause();
    if (cause != null) {
      add(indent, "Caused by: ", cause);
    }
  }
}
