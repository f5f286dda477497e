// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds a Python among the files of a system. */
final class PythonFinder {
  private static final String PYTHON3 = "python3";

  private final SystemTree system;
  private final TagQuestion question;

  PythonFinder(SystemTree system, TagQuestion question) {
    this.system = system;
    this.question = question;
  }

  /**
   * Returns the Python that is meant; empty if there is none, and none was named by its path.
   *
   * @throws IOException if what was named is not a Python, or it cannot be known which one it is
   */
  Optional<Installation> find() throws IOException {
    if (question.python() instanceof PythonChoice.Program program) {
      return Optional.of(installation(program.path()));
    }
    if (question.python() instanceof PythonChoice.Version version) {
      Optional<String> path = onPath(version.programName(), true);
      return path.isPresent() ? Optional.of(installation(path.get())) : Optional.empty();
    }
    if (question.environment().isPresent()) {
      return Optional.of(installation(question.environment().get() + "/bin/python"));
    }
    Optional<String> path = started(PYTHON3);
    return path.isPresent() ? Optional.of(installation(path.get())) : Optional.empty();
  }

  /** Returns the program that a shell would start; a script of pyenv starts another one. */
  private Optional<String> started(String name) throws IOException {
    Optional<String> path = onPath(name, false);
    Optional<PyenvShim> shim = path.flatMap(found -> PyenvShim.at(system, found));
    if (shim.isEmpty()) {
      return path;
    }
    Optional<String> program = shim.get().program(system, question);
    return program.isPresent() ? program : onPath(name, true);
  }

  private Optional<String> onPath(String name, boolean onlyPrograms) {
    for (String directory : question.programs()) {
      String path = directory.endsWith("/") ? directory + name : directory + "/" + name;
      if (onlyPrograms ? isElf(path) : system.hasFile(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private boolean isElf(String path) {
    return system.find(path) instanceof LibraryFile.Library;
  }

  private Installation installation(String path) throws IOException {
    LibraryFile found = system.find(path);
    if (found instanceof LibraryFile.Unusable unusable) {
      throw new IOException(
          path
              + ": "
              + unusable.reason()
              + ", expected the program of a Python; --python names one by its path or version");
    }
    if (!(found instanceof LibraryFile.Library program)) {
      throw new IOException(path + ": no such file, expected the program of a Python");
    }
    String name = baseName(program.realPath());
    String prefix = parent(parent(program.realPath()));
    Installation.Version version = version(path, name, prefix);
    return new Installation(
        program,
        version,
        Installation.versionIn(name).isPresent() ? Installation.flagsIn(name) : "",
        prefix,
        library(prefix, version, name));
  }

  /** The version in the program's name, or else the only one of which there is a library. */
  private Installation.Version version(String path, String name, String prefix) throws IOException {
    Optional<Installation.Version> named = Installation.versionIn(name);
    if (named.isPresent()) {
      return named.get();
    }
    TreeSet<String> libraries = new TreeSet<>();
    for (String directory : libraryDirectories(prefix)) {
      for (String candidate : system.names(directory)) {
        if (Installation.versionIn(candidate).isPresent() && isLibrary(directory, candidate)) {
          libraries.add(candidate);
        }
      }
    }
    if (libraries.size() != 1) {
      throw new IOException(
          path
              + ": the version of this Python is unknown: "
              + (libraries.isEmpty()
                  ? "there is no standard library below " + prefix
                  : "below " + prefix + " are the libraries of " + String.join(", ", libraries))
              + "; --python takes a version");
    }
    return Installation.versionIn(libraries.first()).orElseThrow();
  }

  private boolean isLibrary(String directory, String name) {
    return system.hasFile(directory + "/" + name + "/os.py");
  }

  private Optional<String> library(String prefix, Installation.Version version, String name) {
    List<String> names = new ArrayList<>();
    if (Installation.flagsIn(name).contains("t")) {
      names.add(version + "t");
    }
    names.add(version.toString());
    names.add(version + "t");
    for (String candidate : names) {
      for (String directory : libraryDirectories(prefix)) {
        if (isLibrary(directory, candidate)) {
          return Optional.of(directory + "/" + candidate);
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> libraryDirectories(String prefix) {
    String base = prefix.equals("/") ? "" : prefix;
    return List.of(base + "/lib", base + "/lib64");
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
