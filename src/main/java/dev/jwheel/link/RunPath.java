package dev.jwheel.link;

import dev.jwheel.platform.Libc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Turns the text of DT_RPATH and DT_RUNPATH into directories, as one libc's loader reads it. */
final class RunPath {
  private static final String ORIGIN = "ORIGIN";

  private final Libc libc;
  private final Target target;
  private final SystemTree system;
  private final Collection<IgnoredEntry> ignored;

  /**
   * @param ignored takes the entries that name no directory
   */
  RunPath(Libc libc, Target target, SystemTree system, Collection<IgnoredEntry> ignored) {
    this.libc = libc;
    this.target = target;
    this.system = system;
    this.ignored = ignored;
  }

  List<SearchDirectory> directories(LinkMapEntry owner, SearchSource source, String elfText) {
    String text = LibraryName.toFileName(elfText);
    PathTokens tokens = tokens(owner);
    if (libc == Libc.MUSL && !tokens.areAllIn(text)) {
      ignored.add(
          new IgnoredEntry(
              source,
              owner.displayPath(),
              text,
              "musl ignores the whole path if it has a token other than $ORIGIN"));
      return List.of();
    }
    List<SearchDirectory> directories = new ArrayList<>();
    for (String entry : split(text)) {
      addDirectories(owner, source, entry, tokens, directories);
    }
    return directories;
  }

  /** The paths that a DT_NEEDED entry with a slash stands for: only glibc knows tokens in it. */
  List<SearchDirectory> direct(LinkMapEntry owner, String needed) {
    PathTokens tokens = libc == Libc.GLIBC ? tokens(owner) : new PathTokens(Map.of(), true);
    List<SearchDirectory> paths = new ArrayList<>();
    addDirectories(owner, SearchSource.DIRECT, needed, tokens, paths);
    return paths;
  }

  private List<String> split(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    return libc == Libc.MUSL ? MuslPath.split(text) : List.of(text.split(":", -1));
  }

  private void addDirectories(
      LinkMapEntry owner,
      SearchSource source,
      String entry,
      PathTokens tokens,
      List<SearchDirectory> directories) {
    List<String> paths = tokens.expand(entry);
    if (paths.isEmpty()) {
      ignore(owner, source, entry, "the value of a token in it differs between processors");
    }
    LibraryTree tree = tokens.startsWith(entry, ORIGIN) ? owner.tree() : system;
    for (String path : paths) {
      if (path.startsWith("/")) {
        directories.add(
            new SearchDirectory(tree, TreePath.clean(path), source, owner.displayPath()));
      } else {
        ignore(owner, source, entry, whyNotAbsolute(path));
      }
    }
  }

  private static String whyNotAbsolute(String path) {
    return path.isEmpty()
        ? "an empty entry means the current directory of the process"
        : "a relative path means a directory below the current one of the process";
  }

  private void ignore(LinkMapEntry owner, SearchSource source, String entry, String reason) {
    ignored.add(new IgnoredEntry(source, owner.displayPath(), entry, reason));
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
