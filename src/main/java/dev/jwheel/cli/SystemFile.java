package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.elf.ElfType;
import dev.jwheel.link.DependencyResolver;
import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.LibcDetection;
import dev.jwheel.link.LibraryFile;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.SystemTree;
import dev.jwheel.platform.Libc;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A program or library of the host or of the sysroot. */
final class SystemFile {
  private final String name;
  private final LoaderOptions options;
  private final Optional<Console> console;
  private final SystemTree tree;
  private final String path;

  /**
   * @param name what the user wrote: a path of the sysroot if it has that, else of the host
   * @param hostFile the same as a file of the host
   * @param console is told what had to be guessed
   */
  SystemFile(String name, Path hostFile, LoaderOptions options, Optional<Console> console) {
    this.name = name;
    this.options = options;
    this.console = console;
    SystemTree system = options.system();
    Optional<String> inside = system.pathOf(hostFile);
    boolean named = name.startsWith("/") && !(system.find(name) instanceof LibraryFile.Absent);
    if (inside.isPresent() || named) {
      this.tree = system;
      this.path = inside.orElse(name);
    } else {
      this.tree = SystemTree.host();
      this.path = tree.pathOf(hostFile).orElse(name);
    }
  }

  DependencyTree tree() throws IOException {
    LibraryFile.Library library = library();
    return new DependencyResolver(options).resolve(tree, library, libc(library));
  }

  private LibraryFile.Library library() throws IOException {
    LibraryFile found = tree.find(path);
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

  private Libc libc(LibraryFile.Library library) {
    Optional<Libc> known = LibcDetection.detect(library.elf(), library.path());
    if (known.isEmpty() && library.elf().dynamic()) {
      Libc assumed = options.system().libc().orElse(Libc.GLIBC);
      String message =
          name + ": nothing in it tells the C library; shown as for " + assumed.displayName();
      console.ifPresent(c -> c.message(message));
      return assumed;
    }
    return known.orElse(Libc.GLIBC);
  }
}
