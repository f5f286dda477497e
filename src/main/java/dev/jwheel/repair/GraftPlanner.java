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
  private final LibraryDirectory directory;
  private final GraftNames names;
  private final FileEdits files;
  private final ReasonCollector reasons;

  GraftPlanner(
      DependencyClosure closure,
      UnreachableLibraries unreachable,
      LibraryDirectory directory,
      GraftNames names,
      FileEdits files,
      ReasonCollector reasons) {
    this.closure = closure;
    this.unreachable = unreachable;
    this.directory = directory;
    this.names = names;
    this.files = files;
    this.reasons = reasons;
  }

  /**
   * The libraries to copy, sorted by their new names; two paths of one content and one name become
   * one member.
   */
  List<Graft> grafts() throws IOException {
    List<LibraryLocation.Outside> libraries =
        closure.libraries().values().stream()
            .filter(library -> !names.isPresent(library.realPath()))
            .toList();
    Map<String, Graft> byName = new TreeMap<>();
    for (Optional<Graft> planned : Parallel.map(libraries, this::graft)) {
      planned.ifPresent(graft -> add(graft, byName));
    }
    return List.copyOf(byName.values());
  }

  private void add(Graft graft, Map<String, Graft> byName) {
    Graft first = byName.putIfAbsent(graft.fileName(), graft);
    if (first != null && !first.edits().equals(graft.edits())) {
      reasons.add(
          graft.source().realPath()
              + " has the content of "
              + first.source().realPath()
              + ", but other libraries would be loaded with it");
    }
  }

  private Optional<Graft> graft(LibraryLocation.Outside library) throws IOException {
    String path = library.realPath();
    String name = names.of(path);
    ElfEdits edits = edits(library, name);
    return files
        .layOut(library.path(), library.system().content(path), edits)
        .map(
            done ->
                new Graft(
                    library,
                    closure.namesOf(path).stream().map(ElfStrings::toFileName).toList(),
                    directory.member(name),
                    names.digest(path),
                    done.edits(),
                    done.patch()));
  }

  private ElfEdits edits(LibraryLocation.Outside library, String name) {
    String path = library.realPath();
    return files
        .of(path, library.elf())
        .soname(ElfStrings.ofFileName(name))
        .rpath(runPath(path, name))
        .build();
  }

  /** The way to other grafts, and to libraries that the wheel had before. */
  private RpathEdit runPath(String path, String name) {
    InstalledPath place = InstalledPath.of(directory.member(name));
    List<String> entries = new ArrayList<>();
    if (!closure.linksOf(path).isEmpty()) {
      entries.add("$ORIGIN");
    }
    for (InstalledPath reached : unreachable.of(path)) {
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
