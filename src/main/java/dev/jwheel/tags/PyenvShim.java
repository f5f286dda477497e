// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A script of pyenv that stands on the PATH in the place of a program, and which starts that of the
 * version chosen by PYENV_VERSION, by a file {@code .python-version} here or further up, or by the
 * file {@code version} of pyenv.
 *
 * @param root the directory of pyenv
 * @param name the program's name
 */
record PyenvShim(String root, String name) {
  private static final String SHIMS = "/shims/";
  private static final String LOCAL_FILE = ".python-version";
  private static final String SYSTEM = "system";

  /** Returns the script at a path; empty if it is none of pyenv's. */
  static Optional<PyenvShim> at(SystemTree system, String path) {
    int end = path.lastIndexOf(SHIMS);
    if (end < 0 || !system.hasDirectory(path.substring(0, end) + "/versions")) {
      return Optional.empty();
    }
    return Optional.of(new PyenvShim(path.substring(0, end), path.substring(end + SHIMS.length())));
  }

  /**
   * Returns the program that it starts; empty where that is the next one of the PATH.
   *
   * @throws IOException if there is no program of the version that is chosen
   */
  Optional<String> program(SystemTree system, TagQuestion question) throws IOException {
    List<String> versions = versions(system, question);
    for (String version : versions) {
      if (version.equals(SYSTEM)) {
        return Optional.empty();
      }
      String program = root + "/versions/" + installed(system, version) + "/bin/" + name;
      if (system.hasFile(program)) {
        return Optional.of(program);
      }
    }
    throw new IOException(
        root + SHIMS + name + ": pyenv has no " + name + " of " + String.join(", ", versions));
  }

  private List<String> versions(SystemTree system, TagQuestion question) throws IOException {
    if (question.pyenvVersion().isPresent()) {
      return List.of(question.pyenvVersion().get().split(":"));
    }
    List<String> files = new ArrayList<>();
    for (String directory = question.directory();
        !directory.equals("/");
        directory = PythonFinder.parent(directory)) {
      files.add(directory + "/" + LOCAL_FILE);
    }
    files.add("/" + LOCAL_FILE);
    files.add(root + "/version");
    for (String file : files) {
      if (system.hasFile(file)) {
        return words(SmallTextFile.of(system, file));
      }
    }
    return List.of(SYSTEM);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String version = line.strip();
      if (!version.isEmpty() && !version.startsWith("#")) {
        words.add(version);
      }
    }
    return words;
  }

  /** A version may be the beginning of one that is installed: the newest of these is meant. */
  private String installed(SystemTree system, String version) {
    if (system.hasDirectory(root + "/versions/" + version)) {
      return version;
    }
    String newest = version;
    int highest = -1;
    for (String candidate : system.names(root + "/versions")) {
      if (candidate.startsWith(version + ".")) {
        String patch = candidate.substring(version.length() + 1);
        boolean number = patch.length() < 5 && patch.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number && Integer.parseInt(patch) > highest) {
          highest = Integer.parseInt(patch);
          newest = candidate;
        }
      }
    }
    return newest;
  }
}
