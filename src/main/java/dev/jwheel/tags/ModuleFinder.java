// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.tags.module.ManylinuxModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the module {@code _manylinux} where a Python would import it from. */
final class ModuleFinder {
  private static final String NAME = "_manylinux";
  private static final String ENVIRONMENT_FILE = "/pyvenv.cfg";

  /** A module with the path it was found at. */
  record Found(String path, ManylinuxModule module) {}

  private final SystemTree system;
  private final TagQuestion question;

  ModuleFinder(SystemTree system, TagQuestion question) {
    this.system = system;
    this.question = question;
  }

  /** Returns the first module in the directories that the Python imports from. */
  Optional<Found> find(Installation python) {
    for (String directory : directories(python)) {
      Optional<Found> found = in(directory);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Returns the directories of {@code sys.path}, without those that {@code .pth} files add. */
  List<String> directories(Installation python) {
    List<String> directories = new ArrayList<>(question.modules());
    python.library().ifPresent(library -> directories.add(library));
    python.library().ifPresent(library -> directories.add(library + "/lib-dynload"));
    String version = python.version() + (isThreaded(python) ? "t" : "");
    Optional<String> environment = environment(python);
    environment.ifPresent(root -> addSite(directories, root, version, "site-packages"));
    if (environment.isEmpty() || hasSystemSite(environment.get())) {
      String prefix = python.prefix();
      if (system.hasDirectory(prefix + "/lib/python3/dist-packages")) { // of Debian
        directories.add(prefix + "/local/lib/" + version + "/dist-packages");
        directories.add(prefix + "/lib/python3/dist-packages");
        directories.add(prefix + "/lib/" + version + "/dist-packages");
      } else {
        addSite(directories, prefix + "/local", version, "site-packages");
        addSite(directories, prefix, version, "site-packages");
        addSite(directories, prefix, version, "dist-packages");
      }
    }
    return directories;
  }

  private static boolean isThreaded(Installation python) {
    return python.library().orElse("").endsWith("t");
  }

  private static void addSite(
      List<String> directories, String prefix, String version, String name) {
    directories.add(prefix + "/lib64/" + version + "/" + name);
    directories.add(prefix + "/lib/" + version + "/" + name);
  }

  /** The directory of the virtual environment whose program it is. */
  private Optional<String> environment(Installation python) {
    String root = PythonFinder.parent(PythonFinder.parent(python.program().path()));
    return system.hasFile(root + ENVIRONMENT_FILE) ? Optional.of(root) : Optional.empty();
  }

  private boolean hasSystemSite(String environment) {
    try {
      for (String line : SmallTextFile.of(system, environment + ENVIRONMENT_FILE).split("\n")) {
        int equals = line.indexOf('=');
        if (equals > 0
            && line.substring(0, equals).strip().equals("include-system-site-packages")) {
          return line.substring(equals + 1).strip().equalsIgnoreCase("true");
        }
      }
    } catch (IOException e) {
      return false;
    }
    return false;
  }

  /** In a directory a package comes first, then compiled modules, then source. */
  private Optional<Found> in(String directory) {
    List<String> names = new ArrayList<>();
    for (String name : system.names(directory)) {
      if (name.equals(NAME) || name.startsWith(NAME + ".")) {
        names.add(name);
      }
    }
    String base = directory + "/" + NAME;
    if (names.contains(NAME) && system.hasFile(base + "/__init__.py")) {
      return Optional.of(source(base + "/__init__.py"));
    }
    for (String name : names) {
      if (name.endsWith(".so") && system.hasFile(directory + "/" + name)) {
        return Optional.of(compiled(directory + "/" + name));
      }
    }
    if (system.hasFile(base + ".py")) {
      return Optional.of(source(base + ".py"));
    }
    return system.hasFile(base + ".pyc") ? Optional.of(compiled(base + ".pyc")) : Optional.empty();
  }

  private static Found compiled(String path) {
    return new Found(path, ManylinuxModule.unreadable("it is compiled"));
  }

  private Found source(String path) {
    try {
      return new Found(path, ManylinuxModule.of(SmallTextFile.of(system, path)));
    } catch (IOException e) {
      return new Found(path, ManylinuxModule.unreadable(String.valueOf(e.getMessage())));
    }
  }
}
