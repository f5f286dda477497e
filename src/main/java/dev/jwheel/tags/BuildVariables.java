// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The variables that a Python was built with, which it keeps in a module {@code _sysconfigdata}: a
 * dictionary with one key a line.
 *
 * @param path the module's path; empty where there is none
 * @param text the text of the module
 */
record BuildVariables(Optional<String> path, String text) {
  private static final String NAME = "_sysconfigdata";
  private static final String SUFFIX = ".py";

  /** Finds the variables of a Python. */
  static BuildVariables of(SystemTree system, Installation python) throws IOException {
    Optional<String> path = python.library().flatMap(library -> find(system, library, python));
    return new BuildVariables(path, path.isPresent() ? SmallTextFile.of(system, path.get()) : "");
  }

  /** Debian keeps those of Python 2 a directory further down. */
  private static Optional<String> find(SystemTree system, String library, Installation python) {
    List<String> found = modules(system, library);
    if (found.isEmpty()) {
      for (String name : system.names(library)) {
        if (name.startsWith("plat-")) {
          found.addAll(modules(system, library + "/" + name));
        }
      }
    }
    return found.stream()
        .filter(path -> flags(path).equals(Optional.of(usualFlags(python))))
        .findFirst()
        .or(() -> found.stream().filter(path -> isFor(path, python)).findFirst());
  }

  private static List<String> modules(SystemTree system, String directory) {
    List<String> found = new ArrayList<>();
    for (String name : system.names(directory)) {
      if (name.startsWith(NAME) && name.endsWith(SUFFIX)) {
        found.add(directory + "/" + name);
      }
    }
    return found;
  }

  /** Returns the flags in a name of today: {@code _sysconfigdata_FLAGS_PLATFORM_MULTIARCH.py}. */
  private static Optional<String> flags(String path) {
    String rest = PythonFinder.baseName(path).substring(NAME.length());
    int end = rest.indexOf("_linux", 1);
    return rest.startsWith("_") && end > 0 ? Optional.of(rest.substring(1, end)) : Optional.empty();
  }

  private static String usualFlags(Installation python) {
    boolean pymalloc = !python.version().isAtLeast(8) && !python.flags().contains("m");
    return pymalloc ? python.flags() + "m" : python.flags();
  }

  /** A debug build and its twin share a library; only the variables of one of them are right. */
  private static boolean isFor(String path, Installation python) {
    String rest = PythonFinder.baseName(path).substring(NAME.length());
    boolean debug = rest.startsWith("_d_") || rest.startsWith("_dm_") || rest.equals("_d.py");
    return debug == python.flags().contains("d");
  }

  /** Returns the number that a variable is set to; empty where it is not set, or to a text. */
  Optional<Integer> number(String variable) {
    String value = value(variable);
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && value.length() < 6 ? Optional.of(Integer.valueOf(value)) : Optional.empty();
  }

  /** Returns the text that a variable is set to; empty where it is not set. */
  String string(String variable) {
    String value = value(variable);
    int last = value.length() - 1;
    return last > 0 && value.charAt(0) == '\'' && value.charAt(last) == '\''
        ? value.substring(1, last)
        : "";
  }

  /** The literal behind a key, which begins a line or the dictionary. */
  private String value(String variable) {
    String key = "'" + variable + "': ";
    for (int at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
      int before = at - 1;
      while (before >= 0 && text.charAt(before) == ' ') {
        before--;
      }
      if (before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '{') {
        int end = at + key.length();
        while (end < text.length() && ",}\n".indexOf(text.charAt(end)) < 0) {
          end++;
        }
        return text.substring(at + key.length(), end).strip();
      }
    }
    return "";
  }
}
