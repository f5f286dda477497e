// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.LibraryLocation;
import dev.jwheel.audit.NeededLibrary;
import dev.jwheel.wheel.InstalledPath;
import dev.jwheel.wheel.InstalledPath.Root;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where grafted libraries go. Between site-packages and the prefix no way is known, so that each
 * side has a directory of its own for what its files need, and a library that both need is copied
 * into both.
 */
final class GraftPlaces {
  private final AuditReport report;
  private final DependencyClosure closure;
  private final UnreachableLibraries unreachable;
  private final Map<Root, LibraryDirectory> directories = new EnumMap<>(Root.class);
  private final Map<Root, Set<String>> libraries = new EnumMap<>(Root.class);

  /**
   * @param distribution the name of the distribution, as the file name of the wheel has it
   * @param suffix what follows it in the name of the directory
   */
  GraftPlaces(
      AuditReport report,
      DependencyClosure closure,
      UnreachableLibraries unreachable,
      String distribution,
      String suffix) {
    this.report = report;
    this.closure = closure;
    this.unreachable = unreachable;
    String name = distribution + suffix;
    directories.put(Root.SITE_PACKAGES, new LibraryDirectory("", name));
    for (ElfMember member : report.members()) {
      String path = member.path();
      if (InstalledPath.of(path).root() == Root.PREFIX) {
        String data = path.substring(0, path.indexOf('/')) + "/data/lib/";
        directories.putIfAbsent(Root.PREFIX, new LibraryDirectory(data, name));
      }
    }
    directories.keySet().forEach(root -> libraries.put(root, reached(root)));
  }

  /** The libraries outside that the files of one side need, by real path. */
  private Set<String> reached(Root root) {
    Deque<String> files = new ArrayDeque<>();
    for (ElfMember member : report.members()) {
      if (rootOf(member.path()) == root) {
        files.add(member.path());
      }
    }
    Set<String> reached = new LinkedHashSet<>();
    while (!files.isEmpty()) {
      for (String library : closure.linksOf(files.remove()).values()) {
        if (reached.add(library)) {
          files.add(library);
        }
      }
    }
    return reached;
  }

  /**
   * Returns the side whose libraries a file of the wheel is to reach. A program that goes to the
   * directory of programs moves to site-packages for them, unless it needs a library of the wheel
   * in the prefix: {@code pip install --target} leaves out the prefix's {@code lib}.
   */
  Root rootOf(String member) {
    return switch (InstalledPath.schemeOf(member)) {
      case DATA -> movable(member) && !needsPrefix(member) ? Root.SITE_PACKAGES : Root.PREFIX;
      case SCRIPTS -> needsPrefix(member) ? Root.PREFIX : Root.SITE_PACKAGES;
      case SITE_PACKAGES, ELSEWHERE -> Root.SITE_PACKAGES;
    };
  }

  private boolean movable(String member) {
    return report.isProgram(member) && ScriptShim.isInBin(member);
  }

  private boolean needsPrefix(String member) {
    if (unreachable.of(member).stream().anyMatch(path -> path.root() == Root.PREFIX)) {
      return true;
    }
    for (NeededLibrary need : report.dependencies().of(member)) {
      if (need.location() instanceof LibraryLocation.InWheel library
          && InstalledPath.of(library.member().path()).root() == Root.PREFIX) {
        return true;
      }
    }
    return false;
  }

  /** The directory of the grafted libraries that a file of the wheel is to reach. */
  LibraryDirectory of(String member) {
    return directory(rootOf(member));
  }

  /** The directory of one side, which has one if any file is there. */
  LibraryDirectory directory(Root root) {
    return Objects.requireNonNull(directories.get(root));
  }

  /** The directories that a library outside goes to. */
  List<LibraryDirectory> ofLibrary(String realPath) {
    List<LibraryDirectory> of = new ArrayList<>();
    directories.forEach(
        (root, directory) -> {
          if (libraries(root).contains(realPath)) {
            of.add(directory);
          }
        });
    return of;
  }

  private Set<String> libraries(Root root) {
    return Objects.requireNonNull(libraries.get(root));
  }

  /** The directories that get a library, and in any case that of site-packages. */
  List<LibraryDirectory> used() {
    List<LibraryDirectory> used = new ArrayList<>();
    directories.forEach(
        (root, directory) -> {
          if (root == Root.SITE_PACKAGES || !libraries(root).isEmpty()) {
            used.add(directory);
          }
        });
    return used;
  }
}
