// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.link.Dependency;
import dev.jwheel.link.DependencyResolver;
import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.LoadedObject;
import dev.jwheel.link.Resolution;
import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.link.tree.WheelTree;
import dev.jwheel.platform.Libc;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves what a wheel's files need.
 *
 * <p>Modules and programs are loaded each by itself, libraries only with what loads them; those
 * that nothing loads count as loaded by themselves, since Python code may do it. Every file is
 * resolved twice: with the wheel alone, which decides the verdict and is the same on every host,
 * and with the system, which tells where the rest was found.
 */
final class DependencyGraphBuilder {
  private final Map<String, ElfMember> members = new LinkedHashMap<>();
  private final WheelTree tree;
  private final Libc libc;
  private final Map<String, NeededLibrary> needs = new LinkedHashMap<>();
  private final Set<String> reached = new HashSet<>();

  DependencyGraphBuilder(List<ElfMember> members, List<SkippedFile> skipped, Libc libc) {
    Map<String, String> unusable = new LinkedHashMap<>();
    skipped.forEach(file -> unusable.put(file.path(), file.reason()));
    Map<String, ElfBinary> binaries = new LinkedHashMap<>();
    for (ElfMember member : members) {
      this.members.put(member.path(), member);
      binaries.put(member.path(), member.elf());
    }
    this.tree = new WheelTree(binaries, unusable);
    this.libc = libc;
  }

  /**
   * Resolves everything.
   *
   * @param wheelAlone finds libraries in the wheel and nowhere else
   * @param everywhere finds them in the system too
   */
  DependencyGraph build(DependencyResolver wheelAlone, DependencyResolver everywhere) {
    for (ElfMember member : members.values()) {
      if (member.role() == ElfMember.Role.EXTENSION || member.role() == ElfMember.Role.EXECUTABLE) {
        load(member, wheelAlone, everywhere);
      }
    }
    for (ElfMember member : members.values()) {
      if (member.role() == ElfMember.Role.LIBRARY && !reached.contains(member.path())) {
        load(member, wheelAlone, everywhere);
      }
    }
    return new DependencyGraph(List.copyOf(needs.values()));
  }

  private void load(ElfMember root, DependencyResolver wheelAlone, DependencyResolver everywhere) {
    LibraryFile.Library file = tree.member(root.path()).orElseThrow();
    DependencyTree inWheel = wheelAlone.resolve(tree, file, libc);
    boolean complete =
        inWheel.objects().stream()
            .flatMap(object -> object.dependencies().stream())
            .noneMatch(dependency -> dependency.resolution() instanceof Resolution.Missing);
    DependencyTree found = complete ? inWheel : everywhere.resolve(tree, file, libc);
    Map<String, Map<String, LibraryLocation>> outside = outside(found, root);
    for (LoadedObject object : inWheel.objects()) {
      reached.add(object.realPath());
      for (Dependency dependency : object.dependencies()) {
        LibraryLocation location = locate(inWheel, dependency);
        if (location instanceof LibraryLocation.Missing) {
          location =
              outside
                  .getOrDefault(object.realPath(), Map.of())
                  .getOrDefault(dependency.needed(), location);
        }
        note(new NeededLibrary(object.realPath(), dependency.needed(), location, root.path()));
      }
    }
  }

  /**
   * What the system has, and what of that is taken out by its path, by the needing file and the
   * needed name; notes what that needs in turn.
   */
  private Map<String, Map<String, LibraryLocation>> outside(DependencyTree found, ElfMember root) {
    Map<String, Map<String, LibraryLocation>> outside = new LinkedHashMap<>();
    for (LoadedObject object : found.objects()) {
      for (Dependency dependency : object.dependencies()) {
        LibraryLocation location = locate(found, dependency);
        if (!object.inWheel()) {
          note(new NeededLibrary(object.realPath(), dependency.needed(), location, root.path()));
        } else if (location instanceof LibraryLocation.Outside
            || location instanceof LibraryLocation.Excluded) {
          outside
              .computeIfAbsent(object.realPath(), key -> new LinkedHashMap<>())
              .put(dependency.needed(), location);
        }
      }
    }
    return outside;
  }

  /** A name that a file lists twice counts once. */
  private void note(NeededLibrary need) {
    needs.putIfAbsent(String.join("\0", need.root(), need.file(), need.name()), need);
  }

  private LibraryLocation locate(DependencyTree loaded, Dependency dependency) {
    if (dependency.resolution() instanceof Resolution.Excluded excluded) {
      return new LibraryLocation.Excluded(excluded.pattern().toString());
    }
    if (dependency.resolution() instanceof Resolution.LoaderItself) {
      return new LibraryLocation.Loader();
    }
    Optional<LoadedObject> object = loaded.target(dependency);
    if (object.isEmpty()) {
      return new LibraryLocation.Missing();
    }
    LoadedObject loadedObject = object.get();
    if (loadedObject.inWheel()) {
      return new LibraryLocation.InWheel(
          Objects.requireNonNull(members.get(loadedObject.realPath())));
    }
    return new LibraryLocation.Outside(
        loadedObject.path(),
        loadedObject.realPath(),
        loadedObject.elf(),
        (SystemTree) loadedObject.tree());
  }
}
