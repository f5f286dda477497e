// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.io.ElfStrings;
import dev.jwheel.link.tree.LibraryTree;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.link.tree.TreePath;
import dev.jwheel.link.tree.WheelTree;
import dev.jwheel.platform.Libc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns the text of DT_RPATH and DT_RUNPATH into directories, as one libc's loader reads it. What
 * an object's text means is worked out once.
 */
final class RunPath {
  private static final String ORIGIN = "ORIGIN";

  private final Libc libc;
  private final LoaderNames target;
  private final SystemTree system;
  private final Hwcaps hwcaps;
  private final SearchPath none;
  private final Map<LibraryTree, Map<String, SearchPath>> known = new ConcurrentHashMap<>();

  RunPath(Libc libc, LoaderNames target, SystemTree system, Hwcaps hwcaps) {
    this.libc = libc;
    this.target = target;
    this.system = system;
    this.hwcaps = hwcaps;
    this.none = SearchPath.of(List.of(), hwcaps, List.of());
  }

  /**
   * The path of an object.
   *
   * @param source RPATH or RUNPATH
   */
  SearchPath of(LinkMapEntry owner, SearchSource source) {
    Optional<String> text =
        source == SearchSource.RPATH ? owner.elf().rpath() : owner.elf().runpath();
    if (text.isEmpty() || text.get().isEmpty()) {
      return none;
    }
    String key = source.name() + " " + origin(owner) + " " + owner.displayPath();
    return known
        .computeIfAbsent(owner.tree(), tree -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            key, object -> new Reading(owner, source).path(ElfStrings.toFileName(text.get())));
  }

  /** The files that a DT_NEEDED entry with a slash stands for: only glibc knows tokens in it. */
  SearchPath direct(LinkMapEntry owner, String needed) {
    Reading reading = new Reading(owner, SearchSource.DIRECT);
    reading.add(needed, libc == Libc.GLIBC ? tokens(owner) : new PathTokens(Map.of(), true));
    return SearchPath.ofFiles(reading.directories, reading.ignored);
  }

  /** The reading of one text. */
  private final class Reading {
    private final LinkMapEntry owner;
    private final SearchSource source;
    private final List<SearchDirectory> directories = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final List<IgnoredEntry> ignored = new ArrayList<>();

    Reading(LinkMapEntry owner, SearchSource source) {
      this.owner = owner;
      this.source = source;
    }

    SearchPath path(String text) {
      PathTokens tokens = tokens(owner);
      if (libc == Libc.MUSL && !tokens.areAllIn(text)) {
        ignore(text, "musl ignores the whole path if it has a token other than $ORIGIN");
      } else {
        for (String entry : split(text)) {
          add(entry, tokens);
        }
      }
      return SearchPath.of(directories, hwcaps, ignored);
    }

    void add(String entry, PathTokens tokens) {
      List<String> paths = tokens.expand(entry);
      if (paths.isEmpty()) {
        ignore(entry, "the value of a token in it differs between processors");
      }
      LibraryTree tree = tokens.startsWith(entry, ORIGIN) ? owner.tree() : system;
      for (String path : paths) {
        if (!path.startsWith("/")) {
          ignore(entry, whyNotAbsolute(path));
          continue;
        }
        String directory =
            tree instanceof WheelTree ? TreePath.normalized(path) : TreePath.clean(path);
        if (seen.add(directory)) {
          directories.add(new SearchDirectory(tree, directory, source, owner.displayPath()));
        }
      }
    }

    private void ignore(String entry, String reason) {
      ignored.add(new IgnoredEntry(source, owner.displayPath(), entry, reason));
    }
  }

  private List<String> split(String text) {
    return libc == Libc.MUSL ? MuslPath.split(text) : List.of(text.split(":", -1));
  }

  private static String whyNotAbsolute(String path) {
    return path.isEmpty()
        ? "an empty entry means the current directory of the process"
        : "a relative path means a directory below the current one of the process";
  }

  private PathTokens tokens(LinkMapEntry owner) {
    List<String> origin = List.of(origin(owner));
    return switch (libc) {
      case GLIBC ->
          new PathTokens(
              Map.of(ORIGIN, origin, "LIB", target.lib(), "PLATFORM", target.platform()), true);
      case MUSL -> new PathTokens(Map.of(ORIGIN, origin), false);
      case BIONIC ->
          new PathTokens(Map.of(ORIGIN, origin, "LIB", target.lib().subList(0, 1)), true);
    };
  }

  /**
   * The directory that {@code $ORIGIN} means. For a library it is that of the path by which it was
   * found, links not followed (glibc {@code _dl_new_object}, musl {@code fixup_rpath}); for the
   * program the kernel names the real one; Bionic always takes the real one ({@code
   * soinfo::set_dt_runpath}).
   */
  private String origin(LinkMapEntry owner) {
    boolean program = owner.loader() == null && owner.elf().isExecutable();
    boolean real = (program || libc == Libc.BIONIC) && !owner.inWheel();
    return TreePath.parent(real ? owner.file().realPath() : owner.file().path());
  }
}
