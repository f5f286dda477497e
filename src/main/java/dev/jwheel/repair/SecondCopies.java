package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.Need;
import dev.jwheel.audit.Target;
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
final class SecondCopies {

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

  /** What is left to exclude. */
  interface Remainder {
    /** Those of some libraries to graft that are needed by others than themselves. */
    Set<String> of(Set<String> realPaths);
  }

  private final Map<String, String> chains = new LinkedHashMap<>();
  private final Remainder remainder;
  private final Map<String, List<String>> grafts;
  private final List<String> members;

  /**
   * @param roots what the wheel's files and the grafted libraries load from the system
   * @param needs what that loads in turn
   * @param grafts the names under which grafted libraries are needed now, by real path
   * @param members the SONAMEs or file names of the libraries that are in the wheel
   * @param remainder which of some libraries have to be excluded so that none of them is grafted
   */
  SecondCopies(
      List<HostLibrary> roots,
      HostNeeds needs,
      Map<String, List<String>> grafts,
      List<String> members,
      Remainder remainder) {
    this.remainder = remainder;
    this.grafts = grafts;
    this.members = members;
    walk(roots, needs);
  }

  /** The copies that grafting a closure brings about. */
  static SecondCopies of(AuditReport report, Closure closure) {
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
    return new SecondCopies(
        roots, path -> fromSystem(report, path), grafts, members, closure::entered);
  }

  private static List<HostLibrary> fromSystem(AuditReport report, Closure closure, String file) {
    Set<String> grafted = closure.linksOf(file).keySet();
    return fromSystem(report, file).stream()
        .filter(library -> !grafted.contains(library.name()))
        .filter(library -> !isOpen(closure, new Closure.Entry(file, library.name())))
        .toList();
  }

  /** Whether an entry is removed or nobody knows what it leads to. */
  private static boolean isOpen(Closure closure, Closure.Entry entry) {
    return closure.missing().contains(entry)
        || closure.libpython().contains(entry)
        || closure.unreached().containsKey(entry);
  }

  private static List<HostLibrary> fromSystem(AuditReport report, String file) {
    List<HostLibrary> libraries = new ArrayList<>();
    for (Need need : report.linkage().of(file)) {
      if (need.target() instanceof Target.Outside outside) {
        libraries.add(new HostLibrary(need.name(), Optional.of(outside.realPath())));
      } else if (need.target() instanceof Target.Missing
          || need.target() instanceof Target.Excluded) {
        libraries.add(new HostLibrary(need.name(), Optional.empty()));
      }
    }
    return libraries;
  }

  /** Breadth first, so that the chain that is told is a shortest one. */
  private void walk(List<HostLibrary> roots, HostNeeds needs) {
    Deque<HostLibrary> open = new ArrayDeque<>();
    for (HostLibrary root : roots) {
      if (chains.putIfAbsent(root.name, root.name) == null) {
        open.add(root);
      }
    }
    while (!open.isEmpty()) {
      HostLibrary library = open.remove();
      for (HostLibrary next : needsOf(library, needs)) {
        String chain = chains.get(library.name) + " -> " + next.name;
        if (chains.putIfAbsent(next.name, chain) == null) {
          open.add(next);
        }
      }
    }
  }

  private static List<HostLibrary> needsOf(HostLibrary library, HostNeeds needs) {
    return library.realPath.isPresent()
        ? needs.of(library.realPath.get())
        : UsualNeeds.of(library.name).stream()
            .map(name -> new HostLibrary(name, Optional.empty()))
            .toList();
  }

  /** A sentence about the grafted libraries that are loaded twice, and one for each runtime. */
  List<String> warnings() {
    Set<String> warnings = new LinkedHashSet<>();
    Map<String, String> twice = new LinkedHashMap<>();
    grafts.forEach(
        (path, names) -> {
          Optional<String> name = names.stream().filter(chains::containsKey).findFirst();
          if (name.isPresent()) {
            twice.put(path, name.get());
          } else {
            LanguageRuntime.of(names)
                .ifPresent(runtime -> addSecond(warnings, runtime, path, names));
          }
        });
    List<String> all = new ArrayList<>();
    if (!twice.isEmpty()) {
      all.add(twice(twice));
    }
    all.addAll(warnings);
    return List.copyOf(all);
  }

  /** The options stand together, to be copied. */
  private String twice(Map<String, String> names) {
    Set<String> excluded = remainder.of(names.keySet());
    List<String> options =
        names.entrySet().stream()
            .filter(library -> excluded.contains(library.getKey()))
            .map(library -> "--exclude " + library.getValue())
            .toList();
    return (names.size() == 1
            ? "a process would load "
                + names.values().iterator().next()
                + " twice, the grafted copy and the system's ("
            : "a process would load "
                + names.size()
                + " libraries twice, the grafted copies and the system's (")
        + String.join(", ", names.values().stream().map(chains::get).toList())
        + (names.size() == 1 ? "); this leaves it" : "); this leaves them")
        + " to the system: "
        + String.join(" ", options);
  }

  private void addSecond(
      Set<String> warnings, LanguageRuntime runtime, String path, List<String> names) {
    Set<String> others = new LinkedHashSet<>();
    for (String member : members) {
      if (runtime.has(member)) {
        others.add(member + " of the wheel");
      }
    }
    chains.forEach(
        (name, chain) -> {
          if (runtime.has(name)) {
            others.add("the system's (" + chain + ")");
          }
        });
    grafts.forEach(
        (other, otherNames) -> {
          if (!other.equals(path) && otherNames.stream().anyMatch(runtime::has)) {
            others.add(other);
          }
        });
    if (!others.isEmpty()) {
      warnings.add(
          "a process would load a second "
              + runtime.title
              + ": the grafted "
              + path
              + " beside "
              + String.join(", ", others)
              + "; --exclude "
              + names.get(0)
              + " leaves it to the system");
    }
  }

  /** Runtime libraries of which a process stands one. */
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
