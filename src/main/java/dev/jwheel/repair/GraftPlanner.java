// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.LibraryLocation;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.io.Parallel;
import dev.jwheel.wheel.InstalledPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans the copies of libraries outside the wheel. */
final class GraftPlanner {
  private final DependencyClosure closure;
  private final UnreachableLibraries unreachable;
  private final GraftPlaces places;
  private final GraftNames names;
  private final FileEdits files;
  private final ReasonCollector reasons;

  GraftPlanner(
      DependencyClosure closure,
      UnreachableLibraries unreachable,
      GraftPlaces places,
      GraftNames names,
      FileEdits files,
      ReasonCollector reasons) {
    this.closure = closure;
    this.unreachable = unreachable;
    this.places = places;
    this.names = names;
    this.files = files;
    this.reasons = reasons;
  }

  /** A library and the member that it becomes. */
  private record Copy(LibraryLocation.Outside library, String member) {}

  /**
   * The libraries to copy, sorted by the members they become; two paths of one content and one name
   * become one member.
   */
  List<Graft> grafts() throws IOException {
    List<Copy> copies = new ArrayList<>();
    for (LibraryLocation.Outside library : closure.libraries().values()) {
      for (LibraryDirectory directory : places.ofLibrary(library.realPath())) {
        String member = directory.member(names.of(library.realPath()));
        if (!names.isPresent(member)) {
          copies.add(new Copy(library, member));
        }
      }
    }
    Map<String, Graft> byMember = new TreeMap<>();
    for (Optional<Graft> planned : Parallel.map(copies, this::graft)) {
      planned.ifPresent(graft -> add(graft, byMember));
    }
    return List.copyOf(byMember.values());
  }

  private void add(Graft graft, Map<String, Graft> byMember) {
    Graft first = byMember.putIfAbsent(graft.member(), graft);
    if (first != null && !first.edits().equals(graft.edits())) {
      reasons.add(
          graft.source().realPath()
              + " has the content of "
              + first.source().realPath()
              + ", but other libraries would be loaded with it");
    }
  }

  private Optional<Graft> graft(Copy copy) throws IOException {
    LibraryLocation.Outside library = copy.library;
    String path = library.realPath();
    ElfEdits edits = edits(library, copy.member);
    return files
        .layOut(library.path(), library.system().content(path), edits)
        .map(
            done ->
                new Graft(
                    library,
                    closure.namesOf(path).stream().map(ElfStrings::toFileName).toList(),
                    copy.member,
                    names.digest(path),
                    done.edits(),
                    done.patch()));
  }

  private ElfEdits edits(LibraryLocation.Outside library, String member) {
    String path = library.realPath();
    return files
        .of(path, library.elf())
        .soname(ElfStrings.ofFileName(names.of(path)))
        .rpath(runPath(path, member))
        .build();
  }

  /** The way to other grafts, and to libraries that the wheel had before. */
  private RpathEdit runPath(String path, String member) {
    InstalledPath place = InstalledPath.of(member);
    List<String> entries = new ArrayList<>();
    if (!closure.linksOf(path).isEmpty()) {
      entries.add("$ORIGIN");
    }
    for (InstalledPath reached : unreachable.of(path)) {
      if (!place.canReach(reached)) {
        reasons.add(
            UnreachableLibraries.noWay(
                member, "a library in " + String.join("/", reached.directories())));
      }
      if (!reached.directories().stream().allMatch(RunPaths::canName)) {
        reasons.add(
            path
                + " needs a run path to "
                + String.join("/", reached.directories())
                + ", which holds a character with a meaning in run paths");
      }
      String entry = ElfStrings.ofFileName(place.originTo(reached));
      if (!entries.contains(entry)) {
        entries.add(entry);
      }
    }
    return entries.isEmpty()
        ? new RpathEdit.Remove()
        : new RpathEdit.SetTo(String.join(":", entries), files.runPathKind());
  }
}
