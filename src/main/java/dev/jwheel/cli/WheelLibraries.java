package dev.jwheel.cli;

import dev.jwheel.audit.MemberScanner;
import dev.jwheel.audit.MemberScanner.Scanned;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfType;
import dev.jwheel.link.DependencyResolver;
import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.LibcDetection;
import dev.jwheel.link.LibraryFile;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.WheelTree;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The programs and libraries of a wheel, loaded from where they will be installed. */
final class WheelLibraries {
  private final String wheel;
  private final List<PlatformTag> tags;
  private final Map<String, ElfBinary> members;
  private final Map<String, String> damaged;
  private final LoaderOptions options;
  private final WheelTree tree;
  private final DependencyResolver resolver;

  private WheelLibraries(
      String wheel,
      List<PlatformTag> tags,
      Map<String, ElfBinary> members,
      Map<String, String> damaged,
      LoaderOptions options) {
    this.wheel = wheel;
    this.tags = tags;
    this.members = members;
    this.damaged = damaged;
    this.options = options;
    this.tree = new WheelTree(members, damaged);
    this.resolver = new DependencyResolver(options);
  }

  /**
   * Reads a wheel's ELF members.
   *
   * @param console is told of damaged members
   */
  static WheelLibraries read(Path wheel, LoaderOptions options, Optional<Console> console)
      throws IOException {
    Map<String, ElfBinary> members = new LinkedHashMap<>();
    Map<String, String> damaged = new LinkedHashMap<>();
    List<PlatformTag> tags;
    try (WheelArchive archive = WheelArchive.open(wheel)) {
      tags = archive.fileName().platforms();
      for (Scanned file : new MemberScanner(archive).scan()) {
        if (file instanceof Scanned.Readable readable) {
          members.put(readable.path(), readable.elf());
        } else if (file instanceof Scanned.Damaged bad) {
          damaged.put(bad.path(), "damaged: " + bad.damage().problem());
          console.ifPresent(c -> c.message(wheel + ": " + bad.damage().getMessage()));
        }
      }
    }
    return new WheelLibraries(wheel.toString(), tags, members, damaged, options);
  }

  /** The trees of all members that a loader can load, by member name. */
  List<DependencyTree> trees() {
    List<DependencyTree> trees = new ArrayList<>();
    for (String member : tree.members()) {
      LibraryFile.Library library = tree.member(member).orElseThrow();
      if (isLoadable(library.elf())) {
        trees.add(tree(library));
      }
    }
    return trees;
  }

  /** The tree of one member. */
  DependencyTree tree(String member) throws IOException {
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
    return resolver.resolve(tree, library, libc(library));
  }

  private Libc libc(LibraryFile.Library library) {
    return LibcDetection.detect(library.elf(), library.realPath())
        .or(this::ofTags)
        .or(this::ofMembers)
        .or(options.system()::libc)
        .orElse(Libc.GLIBC);
  }

  private Optional<Libc> ofTags() {
    Set<Libc> named = EnumSet.noneOf(Libc.class);
    tags.forEach(tag -> tag.libc().ifPresent(named::add));
    return named.size() == 1 ? named.stream().findFirst() : Optional.empty();
  }

  private Optional<Libc> ofMembers() {
    Set<Libc> named = EnumSet.noneOf(Libc.class);
    members.forEach((name, elf) -> LibcDetection.detect(elf, name).ifPresent(named::add));
    return named.size() == 1 ? named.stream().findFirst() : Optional.empty();
  }
}
