// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds out which ABIs a Python loads, by its build variables and the name of its program. */
final class InterpreterReader {
  private static final int WIDE = 4;

  private final Steps steps;

  InterpreterReader(Steps steps) {
    this.steps = steps;
  }

  /** The Python of a version that is not installed, with the flags that are usual. */
  Interpreter usual(PythonChoice.Version version) {
    Interpreter interpreter =
        Interpreter.cpython(
            version.major(),
            version.minor(),
            version.flags().isEmpty()
                ? usualFlags(version.major(), version.minor())
                : version.flags());
    steps.add("Python", interpreter.displayName(), "asked for; none of that name is installed");
    steps.add("ABI", interpreter.abis().get(0), "usual for this version");
    return interpreter;
  }

  private static String usualFlags(int major, int minor) {
    if (major >= 3 && (major > 3 || minor >= 8)) {
      return "";
    }
    return major == 2 || minor < 3 ? "mu" : "m";
  }

  /**
   * Returns an installed Python.
   *
   * @throws IOException if its build variables cannot be read
   */
  Interpreter read(SystemTree system, Installation python) throws IOException {
    Installation.Version version = python.version();
    steps.add("Python", version.toString(), python.program().path());
    if (!python.program().path().equals(python.program().realPath())) {
      steps.add("program", python.program().realPath(), "symbolic links");
    }
    steps.add("library", python.library().orElse("none"), "beside the program");
    if (!version.isCpython()) {
      return pypy(system, python);
    }
    BuildVariables variables = BuildVariables.of(system, python);
    StringBuilder flags = new StringBuilder();
    if (version.isAtLeast(13)) {
      add(flags, 't', variables.number("Py_GIL_DISABLED"), python.flags().contains("t"));
    }
    add(flags, 'd', variables.number("Py_DEBUG"), python.flags().contains("d"));
    if (!version.isAtLeast(8)) {
      add(flags, 'm', variables.number("WITH_PYMALLOC"), true);
    }
    if (!version.isAtLeast(3)) {
      Optional<Integer> size = variables.number("Py_UNICODE_SIZE");
      if (size.isEmpty() || size.get() == WIDE) {
        flags.append('u');
      }
    }
    Interpreter interpreter =
        Interpreter.cpython(version.major(), version.minor(), flags.toString());
    steps.add(
        "ABI",
        interpreter.abis().get(0),
        variables.path().orElse("the program's name; there is no _sysconfigdata"));
    return interpreter;
  }

  private static void add(
      StringBuilder flags, char flag, Optional<Integer> variable, boolean otherwise) {
    if (variable.isPresent() ? variable.get() != 0 : otherwise) {
      flags.append(flag);
    }
  }

  /** The extension modules of PyPy's own library have its ABI in their names. */
  private Interpreter pypy(SystemTree system, Installation python) throws IOException {
    String prefix = ".pypy" + python.version().major() + python.version().minor() + "-pp";
    for (String directory : python.library().stream().toList()) {
      for (String name : system.names(directory)) {
        int start = name.indexOf(prefix);
        String[] words = start < 0 ? new String[0] : name.substring(start + 1).split("-", 3);
        if (words.length == 3) {
          String abi = words[0] + "_" + words[1];
          steps.add("ABI", abi, directory + "/" + name);
          return new Interpreter(
              "pp", python.version().major(), python.version().minor(), List.of(abi));
        }
      }
    }
    throw new IOException(
        python.program().path() + ": the ABI of this PyPy is unknown: its library has no modules");
  }
}
