// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.LibraryTree;
import dev.jwheel.link.tree.WheelTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loaded object while the tree is built, as the loader's own list keeps it (link.h). */
final class LinkMapEntry {
  private final LibraryTree tree;
  private final LibraryFile.Library file;
  private final @Nullable LinkMapEntry loader;
  private final int number;
  private final List<Dependency> dependencies = new ArrayList<>();

  LinkMapEntry(
      LibraryTree tree, LibraryFile.Library file, @Nullable LinkMapEntry loader, int number) {
    this.tree = tree;
    this.file = file;
    this.loader = loader;
    this.number = number;
  }

  LibraryTree tree() {
    return tree;
  }

  LibraryFile.Library file() {
    return file;
  }

  ElfBinary elf() {
    return file.elf();
  }

  /** The object for whose sake this one was loaded first; none for the root. */
  @Nullable LinkMapEntry loader() {
    return loader;
  }

  /** The place in the order of loading, from 0. */
  int number() {
    return number;
  }

  void add(Dependency dependency) {
    dependencies.add(dependency);
  }

  boolean inWheel() {
    return tree instanceof WheelTree;
  }

  /** The path to show: in a wheel the member. */
  String displayPath() {
    return inWheel() ? file.realPath() : file.path();
  }

  LoadedObject toObject() {
    return new LoadedObject(
        displayPath(), file.realPath(), inWheel(), tree, file.elf(), dependencies);
  }
}
