// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfType;
import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.platform.Libc;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A program or library of the host or of the sysroot. */
public final class SystemFile {
  private final LoaderOptions options;
  private final SystemTree tree;
  private final LibraryFile.Library library;
  private final Optional<Libc> detected;

  private SystemFile(LoaderOptions options, SystemTree tree, LibraryFile.Library library) {
    this.options = options;
    this.tree = tree;
    this.library = library;
    this.detected = LibcDetection.detect(library.elf(), library.path());
  }

  /**
   * Finds a file.
   *
   * @param name what the user wrote: a path of the sysroot if it has that, else of the host
   * @param hostFile the same as a file of the host
   * @throws IOException if there is no such file, or it is not one that a loader loads
   */
  public static SystemFile find(String name, Path hostFile, LoaderOptions options)
      throws IOException {
    SystemTree system = options.system();
    Optional<String> inside = system.pathOf(hostFile);
    boolean named = name.startsWith("/") && !(system.find(name) instanceof LibraryFile.Absent);
    if (inside.isPresent() || named) {
      return new SystemFile(options, system, library(name, system.find(inside.orElse(name))));
    }
    SystemTree host = SystemTree.host();
    LibraryFile found = host.find(host.pathOf(hostFile).orElse(name));
    return new SystemFile(options, host, library(name, found));
  }

  private static LibraryFile.Library library(String name, LibraryFile found) throws IOException {
    if (found instanceof LibraryFile.Absent) {
      throw new NoSuchFileException(name);
    }
    if (found instanceof LibraryFile.Unusable unusable) {
      throw new IOException(
          name + ": " + unusable.reason() + "; expected a program, a shared library or a wheel");
    }
    LibraryFile.Library library = (LibraryFile.Library) found;
    if (library.elf().type() == ElfType.RELOCATABLE || library.elf().type() == ElfType.CORE) {
      throw new IOException(name + ": an object file or core dump, which no loader loads");
    }
    return library;
  }

  /** Returns the C library that is assumed, if the file needs one and nothing in it says which. */
  public Optional<Libc> assumedLibc() {
    return detected.isEmpty() && library.elf().dynamic() ? Optional.of(libc()) : Optional.empty();
  }

  private Libc libc() {
    return detected
        .or(() -> library.elf().dynamic() ? options.system().libc() : Optional.empty())
        .orElse(Libc.GLIBC);
  }

  /** Returns what the loader loads with the file. */
  public DependencyTree tree() {
    return new DependencyResolver(options).resolve(tree, library, libc());
  }
}
