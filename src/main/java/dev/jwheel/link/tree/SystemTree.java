// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.io.ByteSource;
import dev.jwheel.link.tree.PathWalk.Dead;
import dev.jwheel.link.tree.PathWalk.Destination;
import dev.jwheel.link.tree.PathWalk.File;
import dev.jwheel.link.tree.PathWalk.Folder;
import dev.jwheel.link.tree.PathWalk.Nothing;
import dev.jwheel.platform.Libc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of a system: the host's own, those below another root, or those of an archive.
 *
 * <p>Paths are followed inside the tree ({@link PathWalk}); what was seen once is remembered.
 */
public final class SystemTree implements LibraryTree {
  private static final int MAX_TEXT = 1 << 20;

  private final FileTree files;
  private final PathWalk walk;
  private final Map<String, LibraryFile> libraries = new ConcurrentHashMap<>();
  private final Map<String, Boolean> directories = new ConcurrentHashMap<>();
  private final Map<String, LibraryFile> found = new ConcurrentHashMap<>();

  SystemTree(FileTree files) {
    this.files = files;
    this.walk = new PathWalk(files);
  }

  /** A system without any file, in which nothing is found. */
  public static SystemTree empty() {
    return new SystemTree(new NoFiles());
  }

  /** The files of the machine that jwheel runs on. */
  public static SystemTree host() {
    return new SystemTree(DirectoryFiles.host());
  }

  /**
   * The files below a directory, which is the root of the tree.
   *
   * @throws IOException if it is not a directory that can be read
   */
  public static SystemTree directory(Path root) throws IOException {
    return new SystemTree(DirectoryFiles.below(root));
  }

  /**
   * The files of an archive: a tar, plain or compressed, such as {@code docker export} writes, or a
   * Debian package.
   *
   * @throws IOException naming the file, if it is none of these, damaged, or cannot be read
   */
  public static SystemTree archive(Path file) throws IOException {
    return new SystemTree(ArchiveFiles.index(file));
  }

  /**
   * The files below a directory, or those of an archive.
   *
   * @throws IOException naming the file, if it is neither or cannot be read
   */
  public static SystemTree of(Path sysroot) throws IOException {
    return Files.isRegularFile(sysroot) ? archive(sysroot) : directory(sysroot);
  }

  /** Whether these are the files of the machine that jwheel runs on. */
  public boolean isHost() {
    return files instanceof DirectoryFiles directory && directory.isHost();
  }

  /** The C library of the system, by its dynamic loader; glibc's where there are several. */
  public Optional<Libc> libc() {
    for (String directory : List.of("/lib64", "/lib", "/lib32")) {
      for (String name : List.of("ld-linux*.so.*", "ld64.so.*", "ld.so.1")) {
        if (!glob(TreePath.join(directory, name)).isEmpty()) {
          return Optional.of(Libc.GLIBC);
        }
      }
    }
    if (!glob("/lib/ld-musl-*.so.1").isEmpty()) {
      return Optional.of(Libc.MUSL);
    }
    return glob("/system/bin/linker*").isEmpty() ? Optional.empty() : Optional.of(Libc.BIONIC);
  }

  /** Where a file of the host is in this tree; empty if it is not in it. */
  public Optional<String> pathOf(Path hostFile) {
    return files instanceof DirectoryFiles directory
        ? directory.treePath(hostFile)
        : Optional.empty();
  }

  @Override
  public LibraryFile find(String path) {
    LibraryFile known = found.get(path);
    if (known == null) {
      known = look(path);
      found.put(path, known);
    }
    return known;
  }

  @Override
  public boolean hasDirectory(String path) {
    return directories.computeIfAbsent(path, directory -> walk.to(directory) instanceof Folder);
  }

  /** Whether a path leads to a file. */
  public boolean hasFile(String path) {
    return walk.to(path) instanceof File;
  }

  @Override
  public String describe(String path) {
    return path;
  }

  /**
   * The content of the file that a path leads to.
   *
   * @throws IOException if there is no such file or it cannot be read
   */
  public ByteSource content(String path) throws IOException {
    if (walk.to(path) instanceof File file) {
      return files.content(file.realPath());
    }
    throw new IOException(path + ": no such file");
  }

  /** The text of a small file, such as a configuration file; empty if there is none. */
  public Optional<String> text(String path) {
    if (!(walk.to(path) instanceof File file)) {
      return Optional.empty();
    }
    try {
      ByteSource content = files.content(file.realPath());
      byte[] bytes = new byte[(int) Math.min(MAX_TEXT, content.size())];
      content.slice(0, bytes.length).get(bytes);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The paths that match a pattern of shell wildcards, sorted (glob(3)). */
  public List<String> glob(String pattern) {
    List<String> matches = List.of("/");
    for (String name : TreePath.names(pattern)) {
      List<String> next = new ArrayList<>();
      for (String directory : matches) {
        addMatches(directory, name, next);
      }
      matches = next;
    }
    return matches;
  }

  private void addMatches(String directory, String pattern, List<String> matches) {
    if (!ShellPattern.hasWildcard(pattern)) {
      String path = TreePath.join(directory, pattern);
      if (walk.to(path) instanceof File || walk.to(path) instanceof Folder) {
        matches.add(path);
      }
      return;
    }
    ShellPattern names = ShellPattern.of(pattern);
    for (String name : names(directory)) {
      boolean hidden = name.startsWith(".") && !pattern.startsWith(".");
      if (!hidden && names.matches(name)) {
        matches.add(TreePath.join(directory, name));
      }
    }
  }

  /** The names in a directory, sorted; none if there is no such directory or it cannot be read. */
  public List<String> names(String directory) {
    if (!(walk.to(directory) instanceof Folder folder)) {
      return List.of();
    }
    try {
      List<String> names = new ArrayList<>(files.names(folder.realPath()));
      Collections.sort(names);
      return names;
    } catch (IOException e) {
      return List.of();
    }
  }

  private LibraryFile look(String path) {
    Destination destination = walk.to(path);
    if (destination instanceof Nothing) {
      return new LibraryFile.Absent();
    }
    if (destination instanceof Folder) {
      return new LibraryFile.Unusable(path, "a directory");
    }
    if (destination instanceof Dead dead) {
      return new LibraryFile.Unusable(path, dead.reason());
    }
    File file = (File) destination;
    LibraryFile library = library(file);
    return library instanceof LibraryFile.Library usable
        ? new LibraryFile.Library(path, file.realPath(), file.identity(), usable.elf())
        : new LibraryFile.Unusable(path, ((LibraryFile.Unusable) library).reason());
  }

  private LibraryFile library(File file) {
    return libraries.computeIfAbsent(file.realPath(), path -> read(file));
  }

  private LibraryFile read(File file) {
    String path = file.realPath();
    try {
      ByteSource content = files.content(path);
      if (!ElfBytes.isElf(content.slice(0, (int) Math.min(4, content.size())))) {
        return new LibraryFile.Unusable(path, nature(content));
      }
      return new LibraryFile.Library(
          path, path, file.identity(), ElfReader.read(ElfBytes.of(path, content)));
    } catch (ElfFormatException e) {
      return new LibraryFile.Unusable(path, "damaged: " + e.problem());
    } catch (IOException e) {
      return new LibraryFile.Unusable(path, "cannot be read: " + e.getMessage());
    }
  }

  private static String nature(ByteSource content) {
    byte[] start = new byte[(int) Math.min(4096, content.size())];
    content.slice(0, start.length).get(start);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.contains("GNU ld script") || text.contains("GROUP (") || text.contains("INPUT(")) {
      return "a linker script, not an ELF file";
    }
    return start.length == 0 ? "an empty file" : "not an ELF file";
  }
}
