// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.audit.MemberScanner.Scanned;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfType;
import dev.jwheel.link.DependencyResolver;
import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.LibcDetection;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.WheelTree;
import dev.jwheel.platform.Libc;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs and libraries of a wheel, loaded from where they will be installed. */
public final class WheelLibraries {
  private final String wheel;
  private final Map<String, String> damaged = new LinkedHashMap<>();
  private final List<String> damages = new ArrayList<>();
  private final Libc libc;
  private final WheelTree tree;
  private final DependencyResolver resolver;

  private WheelLibraries(
      String wheel, List<Scanned> files, WheelPlatform platform, LoaderOptions options) {
    this.wheel = wheel;
    Map<String, ElfBinary> members = new LinkedHashMap<>();
    for (Scanned file : files) {
      if (file instanceof Scanned.ReadableFile readable) {
        members.put(readable.path(), readable.elf());
      } else if (file instanceof Scanned.Damaged bad) {
        damaged.put(bad.path(), "damaged: " + bad.damage().problem());
        damages.add(bad.damage().getMessage());
      }
    }
    this.libc = platform.libc().or(options.system()::libc).orElse(Libc.GLIBC);
    this.tree = new WheelTree(members, damaged);
    this.resolver = new DependencyResolver(options);
  }

  /**
   * Reads a wheel's ELF members.
   *
   * @param options where libraries are looked for besides the wheel
   * @throws IOException if the wheel cannot be read
   */
  public static WheelLibraries read(Path wheel, LoaderOptions options) throws IOException {
    try (WheelArchive archive = WheelArchive.open(wheel)) {
      List<Scanned> files = new MemberScanner(archive).scan();
      WheelPlatform platform = new WheelPlatform(archive.fileName().platforms(), files);
      return new WheelLibraries(wheel.toString(), files, platform, options);
    }
  }

  /** Returns a message for each member that is ELF and cannot be read, in archive order. */
  public List<String> damages() {
    return List.copyOf(damages);
  }

  /** Returns the trees of all members that a loader can load, by member name. */
  public List<DependencyTree> trees() {
    List<DependencyTree> trees = new ArrayList<>();
    for (String member : tree.members()) {
      LibraryFile.Library library = tree.member(member).orElseThrow();
      if (isLoadable(library.elf())) {
        trees.add(tree(library));
      }
    }
    return trees;
  }

  /**
   * Returns the tree of one member.
   *
   * @throws IOException if the wheel has no such member that a loader can load
   */
  public DependencyTree tree(String member) throws IOException {
    Optional<LibraryFile.Library> library = tree.member(member);
    if (library.isEmpty() || !isLoadable(library.get().elf())) {
      String reason = damaged.getOrDefault(member, "no ELF file in the wheel that a loader loads");
      throw new IOException(wheel + ": " + member + ": " + reason);
    }
    return tree(library.get());
  }

  private static boolean isLoadable(ElfBinary elf) {
    return elf.type() == ElfType.SHARED || elf.type() == ElfType.EXECUTABLE;
  }

  private DependencyTree tree(LibraryFile.Library library) {
    return resolver.resolve(
        tree, library, LibcDetection.detect(library.elf(), library.realPath()).orElse(libc));
  }
}
