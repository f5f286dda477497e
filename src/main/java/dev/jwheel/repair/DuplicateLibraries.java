// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.LibraryLocation;
import dev.jwheel.audit.NeededLibrary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Grafted libraries of which a process gets two copies: the one in the wheel, and the system's,
 * since a library that stays outside loads it under its own name. State that both believe to be the
 * only one (X11 connections, GL dispatch tables, thread pools) then exists twice, and programs
 * crash.
 */
final class DuplicateLibraries {

  /**
   * A library that the system provides.
   *
   * @param name the name it is loaded under
   * @param realPath its file, where there is one on this system
   */
  record HostLibrary(String name, Optional<String> realPath) {}

  /** What libraries of this system load. */
  interface HostNeeds {
    /** The libraries that the file at a real path needs. */
    List<HostLibrary> of(String realPath);
  }

  private final Map<String, List<String>> chains = new LinkedHashMap<>();
  private final List<RepairNote> notes = new ArrayList<>();
  private final Map<String, String> culprits = new LinkedHashMap<>();
  private final Map<String, List<String>> grafts;
  private final List<String> members;

  /**
   * @param roots what the wheel's files and the grafted libraries load from the system
   * @param needs what that loads in turn
   * @param grafts the names under which grafted libraries are needed now, by real path
   * @param members the SONAMEs or file names of the libraries that are in the wheel
   */
  DuplicateLibraries(
      List<HostLibrary> roots,
      HostNeeds needs,
      Map<String, List<String>> grafts,
      List<String> members) {
    this.grafts = grafts;
    this.members = members;
    walk(roots, needs);
    grafts.forEach(this::judge);
  }

  /** The copies that grafting a closure brings about. */
  static DuplicateLibraries of(AuditReport report, DependencyClosure closure) {
    List<HostLibrary> roots = new ArrayList<>();
    Map<String, List<String>> grafts = new LinkedHashMap<>();
    List<String> members = new ArrayList<>();
    for (ElfMember member : report.members()) {
      roots.addAll(fromSystem(report, closure, member.path()));
      if (member.role() == ElfMember.Role.LIBRARY) {
        members.add(member.elf().soname().orElse(member.baseName()));
      }
    }
    for (String library : closure.libraries().keySet()) {
      roots.addAll(fromSystem(report, closure, library));
      grafts.put(library, closure.namesOf(library));
    }
    return new DuplicateLibraries(roots, path -> fromSystem(report, path), grafts, members);
  }

  private static List<HostLibrary> fromSystem(
      AuditReport report, DependencyClosure closure, String file) {
    Set<String> grafted = closure.linksOf(file).keySet();
    return fromSystem(report, file).stream()
        .filter(library -> !grafted.contains(library.name()))
        .filter(library -> !isOpen(closure, new DependencyClosure.Entry(file, library.name())))
        .toList();
  }

  /** Whether an entry is removed or nobody knows what it leads to. */
  private static boolean isOpen(DependencyClosure closure, DependencyClosure.Entry entry) {
    return closure.missing().contains(entry)
        || closure.libpython().contains(entry)
        || closure.unreached().containsKey(entry);
  }

  private static List<HostLibrary> fromSystem(AuditReport report, String file) {
    List<HostLibrary> libraries = new ArrayList<>();
    for (NeededLibrary need : report.dependencies().of(file)) {
      if (need.location() instanceof LibraryLocation.Outside outside) {
        libraries.add(new HostLibrary(need.name(), Optional.of(outside.realPath())));
      } else if (need.location() instanceof LibraryLocation.Missing
          || need.location() instanceof LibraryLocation.Excluded) {
        libraries.add(new HostLibrary(need.name(), Optional.empty()));
      }
    }
    return libraries;
  }

  /** Breadth-first, so the reported chain is a shortest one. */
  private void walk(List<HostLibrary> roots, HostNeeds needs) {
    Deque<HostLibrary> open = new ArrayDeque<>();
    for (HostLibrary root : roots) {
      if (chains.putIfAbsent(root.name, List.of(root.name)) == null) {
        open.add(root);
      }
    }
    while (!open.isEmpty()) {
      HostLibrary library = open.remove();
      for (HostLibrary next : needsOf(library, needs)) {
        List<String> chain = new ArrayList<>(chains.getOrDefault(library.name, List.of()));
        chain.add(next.name);
        if (chains.putIfAbsent(next.name, chain) == null) {
          open.add(next);
        }
      }
    }
  }

  private static List<HostLibrary> needsOf(HostLibrary library, HostNeeds needs) {
    return library.realPath.isPresent()
        ? needs.of(library.realPath.get())
        : KnownDependencies.of(library.name).stream()
            .map(name -> new HostLibrary(name, Optional.empty()))
            .toList();
  }

  private void judge(String path, List<String> names) {
    Optional<String> name = names.stream().filter(chains::containsKey).findFirst();
    if (name.isPresent()) {
      notes.add(new RepairNote.LoadedTwice(name.get(), chains.getOrDefault(name.get(), List.of())));
      culprits.put(path, name.get());
    } else {
      LanguageRuntime.of(names).ifPresent(runtime -> judge(runtime, path, names.get(0)));
    }
  }

  private void judge(LanguageRuntime runtime, String path, String name) {
    Set<String> others = new LinkedHashSet<>();
    for (String member : members) {
      if (runtime.has(member)) {
        others.add(member + " of the wheel");
      }
    }
    chains.forEach(
        (other, chain) -> {
          if (runtime.has(other)) {
            others.add("the system's (" + String.join(" -> ", chain) + ")");
          }
        });
    grafts.forEach(
        (other, otherNames) -> {
          if (!other.equals(path) && otherNames.stream().anyMatch(runtime::has)) {
            others.add("the grafted " + otherNames.get(0));
          }
        });
    if (!others.isEmpty()) {
      notes.add(
          new RepairNote.OfFiles(
              "a process would load a second "
                  + runtime.title
                  + ": the grafted "
                  + name
                  + " beside",
              List.copyOf(others)));
      culprits.put(path, name);
    }
  }

  /** Notes about libraries that would be loaded twice. */
  List<RepairNote> notes() {
    return notes;
  }

  /** The libraries to graft that are, by real path, with the DT_NEEDED name of each. */
  Map<String, String> culprits() {
    return culprits;
  }

  /** Language runtimes that may be loaded only once per process. */
  private enum LanguageRuntime {
    CPP("C++ runtime", List.of("libstdc++")),
    OPENMP("OpenMP runtime", List.of("libgomp", "libomp", "libiomp5"));

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> libraries;

    LanguageRuntime(String title, List<String> libraries) {
      this.title = title;
      this.libraries = libraries;
    }

    static Optional<LanguageRuntime> of(List<String> names) {
      for (LanguageRuntime runtime : values()) {
        if (names.stream().anyMatch(runtime::has)) {
          return Optional.of(runtime);
        }
      }
      return Optional.empty();
    }

    /** Whether a name means one, before or after an earlier repair. */
    boolean has(String name) {
      return libraries.stream()
          .anyMatch(library -> name.startsWith(library + ".") || name.startsWith(library + "-"));
    }
  }
}
