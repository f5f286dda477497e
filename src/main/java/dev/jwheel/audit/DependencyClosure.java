// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.link.OwnLibraries;
import dev.jwheel.wheel.InstalledPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a wheel needs from outside under one policy: the transitive closure of its DT_NEEDED
 * entries, up to the libraries that the policy promises.
 */
public final class DependencyClosure {

  /**
   * One file's entry for one library.
   *
   * <p>Compared by code that is written out: a record's own is made by the JVM when it is first
   * called, which is a fiftieth of the repair of a small wheel.
   */
  public record Entry(String file, String needed) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry && file.equals(entry.file) && needed.equals(entry.needed);
    }

    @Override
    public int hashCode() {
      return 31 * file.hashCode() + needed.hashCode();
    }
  }

  private final Predicate<String> promised;
  private final Map<String, ElfMember> members = new LinkedHashMap<>();
  private final Map<String, LibraryLocation.Outside> libraries = new LinkedHashMap<>();
  private final Map<Entry, String> links = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> linksByFile = new HashMap<>();
  private final Map<String, Set<String>> namesByPath = new HashMap<>();
  private final Map<Entry, ElfMember> inside = new LinkedHashMap<>();
  private final OwnLibraries own;
  private final Map<String, Map<String, String>> renamesByFile = new HashMap<>();
  private final Map<Entry, ElfMember> unreached = new LinkedHashMap<>();
  private final Set<Entry> missing = new LinkedHashSet<>();
  private final Set<Entry> libpython = new LinkedHashSet<>();
  private final Map<Exclusion, List<String>> excluded = new LinkedHashMap<>();
  private final List<String> conflicts = new ArrayList<>();
  private boolean leadsOutside;

  /** A library that a pattern of {@code --exclude} takes out. */
  public record Exclusion(String needed, String pattern) {}

  /**
   * @param files the wheel's ELF files
   * @param promised whether every system of the policy has a library of this name
   */
  DependencyClosure(
      List<ElfMember> files, DependencyGraph dependencies, Predicate<String> promised) {
    this.promised = promised;
    Map<String, ElfBinary> ownLibraries = new LinkedHashMap<>();
    for (ElfMember member : files) {
      if (member.role() == ElfMember.Role.LIBRARY) {
        ownLibraries.put(member.path(), member.elf());
      }
    }
    this.own = new OwnLibraries(ownLibraries);
    Deque<String> open = new ArrayDeque<>();
    for (ElfMember member : files) {
      members.put(member.path(), member);
      open.add(member.path());
      dependencies.of(member.path()).forEach(this::noteInside);
    }
    while (!open.isEmpty()) {
      for (NeededLibrary need : dependencies.of(open.remove())) {
        follow(need, open);
      }
    }
  }

  /** Only by its file name is a library found when nothing has loaded it before. */
  private void noteInside(NeededLibrary need) {
    if (need.location() instanceof LibraryLocation.InWheel library
        && library.member().baseName().equals(need.name())
        && InstalledPath.of(library.member().path()).root() != InstalledPath.Root.UNKNOWN) {
      inside.putIfAbsent(new Entry(need.file(), need.name()), library.member());
    }
  }

  private void follow(NeededLibrary need, Deque<String> files) {
    if (promised.test(need.name())) {
      return;
    }
    if (need.location() instanceof LibraryLocation.Excluded exclusion) {
      exclude(new Exclusion(ElfStrings.toFileName(need.name()), exclusion.pattern()), need.file());
      return;
    }
    Entry entry = new Entry(need.file(), need.name());
    boolean found = need.location() instanceof LibraryLocation.Outside;
    boolean open = found || need.location() instanceof LibraryLocation.Missing;
    leadsOutside |= found;
    if (open && PythonModule.isLibpython(need.name())) {
      libpython.add(entry);
    } else if (open && inside.containsKey(entry)) {
      unreached.put(entry, Objects.requireNonNull(inside.get(entry)));
    } else if (open && ofWheel(need).isPresent()) {
      reach(entry, ofWheel(need).get());
    } else if (need.location() instanceof LibraryLocation.Outside library) {
      link(entry, library, files);
    } else if (open) {
      missing.add(entry);
    }
  }

  /** The library of the wheel that is meant, which counts before one of the host. */
  private Optional<ElfMember> ofWheel(NeededLibrary need) {
    ElfMember member = members.get(need.file());
    LibraryLocation.Outside library = libraries.get(need.file());
    Optional<ElfBinary> user =
        member != null
            ? Optional.of(member.elf())
            : Optional.ofNullable(library).map(LibraryLocation.Outside::elf);
    Optional<String> place = Optional.ofNullable(member).map(ElfMember::path);
    return user.flatMap(elf -> own.of(place, elf, need.name())).map(members::get);
  }

  /** The loader finds a library by its file name, whatever its SONAME is. */
  private void reach(Entry entry, ElfMember library) {
    unreached.put(entry, library);
    String name = ElfStrings.ofFileName(library.baseName());
    if (!name.equals(entry.needed)) {
      renamesByFile
          .computeIfAbsent(entry.file, file -> new LinkedHashMap<>())
          .put(entry.needed, name);
    }
  }

  private void exclude(Exclusion exclusion, String file) {
    List<String> files = excluded.computeIfAbsent(exclusion, key -> new ArrayList<>());
    if (!files.contains(file)) {
      files.add(file);
    }
  }

  private void link(Entry entry, LibraryLocation.Outside library, Deque<String> files) {
    String path = library.realPath();
    String other = links.putIfAbsent(entry, path);
    if (other == null) {
      linksByFile
          .computeIfAbsent(entry.file, file -> new LinkedHashMap<>())
          .put(entry.needed, path);
      namesByPath.computeIfAbsent(path, key -> new LinkedHashSet<>()).add(entry.needed);
    } else if (!other.equals(path)) {
      conflicts.add(
          entry.file
              + " needs "
              + entry.needed
              + ", which is "
              + other
              + " when one file is loaded and "
              + path
              + " when another is");
    }
    if (libraries.putIfAbsent(path, library) == null) {
      files.add(path);
    }
  }

  /** The libraries to graft, by real path, in the order they are met. */
  public Map<String, LibraryLocation.Outside> libraries() {
    return libraries;
  }

  /** Whether an entry leads out of the wheel, to a library to graft or to libpython. */
  boolean leadsOutside() {
    return leadsOutside;
  }

  /** The number of libraries to graft or to find. */
  public int size() {
    return libraries.size() + missing.size();
  }

  /** Which library outside an entry of a file leads to, by real path. */
  public Map<Entry, String> links() {
    return links;
  }

  /**
   * The entries that mean a library of the wheel which the loader does not find, or does not find
   * whichever of its files are loaded, with that library.
   */
  public Map<Entry, ElfMember> unreached() {
    return unreached;
  }

  /** The entries for which nothing was found. */
  public Set<Entry> missing() {
    return missing;
  }

  /** The entries for libpython. */
  public Set<Entry> libpython() {
    return libpython;
  }

  /** The libraries that were taken out, with the files that need them. */
  public Map<Exclusion, List<String>> excluded() {
    return excluded;
  }

  /** Where one entry leads to two files. */
  public List<String> conflicts() {
    return conflicts;
  }

  /** The member of a name, or none where it is a library outside. */
  public boolean isMember(String file) {
    return members.containsKey(file);
  }

  /** The entries of one file that lead outside, with the real path each leads to. */
  public Map<String, String> linksOf(String file) {
    return linksByFile.getOrDefault(file, Map.of());
  }

  /**
   * The entries of one file that name a library of the wheel by another name than its file's, with
   * the file's.
   */
  public Map<String, String> renamesOf(String file) {
    return renamesByFile.getOrDefault(file, Map.of());
  }

  /** Returns the given libraries that a file outside the set needs. */
  public Set<String> entered(Set<String> some) {
    Set<String> entered = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>(members.keySet());
    Deque<String> files = new ArrayDeque<>(seen);
    while (!files.isEmpty()) {
      for (String path : linksOf(files.remove()).values()) {
        if (some.contains(path)) {
          entered.add(path);
        } else if (seen.add(path)) {
          files.add(path);
        }
      }
    }
    return entered;
  }

  /** The names under which a library outside is needed. */
  public List<String> namesOf(String realPath) {
    return List.copyOf(namesByPath.getOrDefault(realPath, Set.of()));
  }
}
