// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.ElfMember;
import dev.jwheel.wheel.RecordFile;
import dev.jwheel.wheel.RecordRow;
import dev.jwheel.wheel.zip.ZipMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rules about which files there are and where, as check-wheel-contents has them. */
final class LayoutRules implements RuleGroup {
  private static final Set<String> COMMON =
      Set.of(
          ".eggs",
          ".nox",
          ".tox",
          ".venv",
          "app",
          "build",
          "cli",
          "data",
          "dist",
          "doc",
          "docs",
          "example",
          "examples",
          "lib",
          "scripts",
          "src",
          "test",
          "tests",
          "venv");

  /** No longer than the usual coding comment or licence line of an otherwise empty module. */
  private static final int TRIVIAL = 32;

  @Override
  public void check(Subject subject, ResultList results) {
    List<InstalledFile> library = InstalledFile.library(subject);
    Set<String> toplevels = new LinkedHashSet<>();
    Set<String> libraries = nativeLibraries(subject);
    for (InstalledFile file : library) {
      checkFile(file, results);
      if (file.isModule() && !libraries.contains(file.member())) {
        checkImportable(file, results);
      }
      toplevels.add(file.top());
    }
    checkEmptiness(subject, library, results);
    checkToplevels(toplevels, library, results);
    checkDuplicates(subject, results);
    checkExpected(subject.options().layout(), toplevels, library, results);
  }

  private static void checkFile(InstalledFile file, ResultList results) {
    String path = file.path();
    String member = file.member();
    if (path.endsWith(".pyc") || path.endsWith(".pyo")) {
      results.add("bytecode", member, "", "is bytecode");
    }
    if (path.endsWith(".pth") && path.indexOf('/') < 0) {
      results.add("pth-file", member, path, "is read at every start of Python");
    }
    if (path.equals("__init__.py")) {
      results.add("init-at-root", member, "", "makes a package of site-packages");
    } else if (path.indexOf('/') < 0 && !path.endsWith(".pth") && !file.isModule()) {
      results.add("non-module-at-root", member, path, "is not a module");
    }
  }

  private static void checkImportable(InstalledFile file, ResultList results) {
    if (!PythonNames.isImportable(file.path(), file.isNative())) {
      results.add(
          "not-importable-path",
          file.member(),
          file.path(),
          "cannot be named by an import statement");
    }
  }

  /** The files with a suffix of modules that no interpreter imports. */
  private static Set<String> nativeLibraries(Subject subject) {
    Set<String> libraries = new HashSet<>();
    for (ElfMember member : subject.elfFiles()) {
      if (member.role() != ElfMember.Role.EXTENSION) {
        libraries.add(member.path());
      }
    }
    return libraries;
  }

  private static void checkEmptiness(
      Subject subject, List<InstalledFile> library, ResultList results) {
    String distInfo = subject.wheel().distInfo() + "/";
    boolean empty = subject.files().stream().allMatch(m -> m.name().startsWith(distInfo));
    if (empty) {
      results.add("wheel-empty", "", "", "there is nothing outside the dist-info directory");
    }
    if (library.isEmpty()) {
      results.add("library-empty", "", "", "nothing is installed into purelib or platlib");
    }
  }

  private static void checkToplevels(
      Set<String> toplevels, List<InstalledFile> library, ResultList results) {
    Set<String> directories = new LinkedHashSet<>();
    Set<String> withModules = new LinkedHashSet<>();
    for (InstalledFile file : library) {
      if (file.path().indexOf('/') > 0) {
        directories.add(file.top());
        if (file.isModule()) {
          withModules.add(file.top());
        }
      }
    }
    List<String> counted = new ArrayList<>();
    for (String name : toplevels) {
      String module = PythonNames.stem(name);
      boolean counts = !name.startsWith("_") && !name.endsWith(".pth") && !name.endsWith(".libs");
      if (counts && !counted.contains(module)) {
        counted.add(module);
      }
    }
    for (String directory : directories) {
      if (COMMON.contains(directory)) {
        results.add("common-toplevel-name", directory + "/", directory, "has a common name");
      }
      boolean excepted = directory.endsWith("-stubs") || directory.endsWith(".libs");
      if (!withModules.contains(directory) && !excepted) {
        results.add("directory-without-modules", directory + "/", directory, "holds no module");
      }
    }
    if (counted.size() > 1) {
      List<String> sorted = new ArrayList<>(new TreeSet<>(counted));
      results.add(
          "several-toplevels",
          "",
          String.join(" ", sorted),
          "there are " + counted.size() + " names at the root: " + String.join(", ", sorted));
    }
  }

  /** Contents are equal where their size and their hash in RECORD are. */
  private static void checkDuplicates(Subject subject, ResultList results) {
    Map<String, String> hashes = new HashMap<>();
    for (RecordRow row : subject.wheel().record().map(RecordFile::rows).orElse(List.of())) {
      row.hash().ifPresent(hash -> hashes.put(row.path(), hash));
    }
    Map<String, List<String>> byContent = new LinkedHashMap<>();
    for (ZipMember member : subject.files()) {
      String hash = hashes.get(member.name());
      if (hash != null && member.size() > TRIVIAL) {
        byContent
            .computeIfAbsent(member.size() + " " + hash, key -> new ArrayList<>())
            .add(member.name());
      }
    }
    for (List<String> equal : byContent.values()) {
      if (equal.size() > 1) {
        int more = equal.size() - 2;
        String others = equal.get(1) + (more == 0 ? "" : " and " + more + " more");
        results.add("duplicate-files", equal.get(0), others, "has the same content as " + others);
      }
    }
  }

  private static void checkExpected(
      ExpectedLayout expected,
      Set<String> toplevels,
      List<InstalledFile> library,
      ResultList results) {
    if (!expected.toplevel().isEmpty()) {
      Set<String> found = new TreeSet<>();
      toplevels.forEach(name -> found.add(PythonNames.stem(name)));
      for (String name : expected.toplevel()) {
        if (!found.remove(PythonNames.stem(name))) {
          results.add("toplevel-expected", "", name, "there is no " + name + " at the root");
        }
      }
      found.removeIf(name -> name.endsWith(".libs") || name.endsWith(".pth"));
      for (String name : found) {
        results.add("toplevel-expected", name, name, "is not one of the names given");
      }
    }
    if (!expected.trees().isEmpty()) {
      Set<String> missing = new TreeSet<>(expected.trees());
      for (InstalledFile file : library) {
        if (!missing.remove(file.path()) && file.path().endsWith(".py")) {
          results.add("package-tree", file.member(), "", "is not in the package tree");
        }
      }
      for (String path : missing) {
        results.add("package-tree", path, path, "is in the package tree and not in the wheel");
      }
    }
  }
}
