// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import dev.jwheel.elf.ElfBinary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ELF members of a wheel, where an installer puts them.
 *
 * <p>Members lie in site-packages, those of {@code NAME.data/KEY/} in the directory of the install
 * scheme that KEY names (binary distribution format, "The .data directory"). The tree is laid out
 * as in a virtual environment, {@code PREFIX/lib/pythonX.Y/site-packages} beside {@code
 * PREFIX/bin}, so that a run path that leaves site-packages leads where it will lead. The prefix
 * itself is a name that no file has: nothing outside the wheel is found in it.
 */
public final class WheelTree implements LibraryTree {
  private static final String PREFIX = "/{prefix}";
  private static final String SITE_PACKAGES = PREFIX + "/lib/python/site-packages";
  private static final String SCRIPTS = PREFIX + "/bin";
  private static final String HEADERS = PREFIX + "/include/python";
  private static final String DATA_SUFFIX = ".data";

  private final Map<String, LibraryFile> files = new HashMap<>();
  private final Set<String> directories = new HashSet<>();

  /**
   * @param members the ELF members by their names in the wheel
   */
  public WheelTree(Map<String, ElfBinary> members) {
    this(members, Map.of());
  }

  /**
   * @param members the ELF members by their names in the wheel
   * @param unusable members that a loader may meet but cannot take, such as damaged ELF files, each
   *     with what is wrong with it
   */
  public WheelTree(Map<String, ElfBinary> members, Map<String, String> unusable) {
    unusable.forEach(
        (member, reason) -> files.put(pathOf(member), new LibraryFile.Unusable(member, reason)));
    members.forEach(
        (member, elf) ->
            files.put(
                pathOf(member),
                new LibraryFile.Library(pathOf(member), member, pathOf(member), elf)));
    for (String path : files.keySet()) {
      for (String parent = TreePath.parent(path); directories.add(parent); ) {
        parent = TreePath.parent(parent);
      }
    }
  }

  /** Where a member is in this tree after its installation. */
  public static String pathOf(String member) {
    int dataEnd = member.indexOf('/');
    int schemeEnd = member.indexOf('/', dataEnd + 1);
    if (dataEnd < 0 || schemeEnd < 0 || !member.substring(0, dataEnd).endsWith(DATA_SUFFIX)) {
      return TreePath.join(SITE_PACKAGES, member);
    }
    String scheme = member.substring(dataEnd + 1, schemeEnd);
    String rest = member.substring(schemeEnd + 1);
    return switch (scheme) {
      case "platlib", "purelib" -> TreePath.join(SITE_PACKAGES, rest);
      case "scripts" -> TreePath.join(SCRIPTS, rest);
      case "headers" -> TreePath.join(HEADERS, rest);
      case "data" -> TreePath.join(PREFIX, rest);
      default -> TreePath.join(SITE_PACKAGES, member);
    };
  }

  /**
   * The number of directories above a member, up to what its part of the wheel is installed into:
   * site-packages, or the prefix.
   */
  public static int depthOf(String member) {
    String path = pathOf(member);
    String root = isInSitePackages(member) ? SITE_PACKAGES : PREFIX;
    return TreePath.names(path.substring(root.length())).size() - 1;
  }

  /** Whether a member goes to site-packages. */
  private static boolean isInSitePackages(String member) {
    return pathOf(member).startsWith(SITE_PACKAGES + "/");
  }

  /**
   * Whether run paths can lead to a member: it goes to site-packages, or to a place in the prefix.
   */
  public static boolean isReached(String member) {
    return isInSitePackages(member) || isInPrefix(member);
  }

  /**
   * Whether a run path of a member can lead to another: both go to site-packages, or both into the
   * prefix. A program among the scripts reaches either, for it can be moved.
   */
  public static boolean canReach(String member, String other) {
    return isInPrefix(member)
        ? isInPrefix(other) || isInSitePackages(other) && pathOf(member).startsWith(SCRIPTS + "/")
        : isInSitePackages(member) && isInSitePackages(other);
  }

  private static boolean isInPrefix(String member) {
    return !isInSitePackages(member) && !pathOf(member).startsWith(HEADERS + "/");
  }

  /** The names of the ELF members, sorted. */
  public List<String> members() {
    List<String> members = new ArrayList<>();
    for (LibraryFile file : files.values()) {
      if (file instanceof LibraryFile.Library library) {
        members.add(library.realPath());
      }
    }
    Collections.sort(members);
    return members;
  }

  /** The facts of a member as it will be installed. */
  public Optional<LibraryFile.Library> member(String name) {
    return files.get(pathOf(name)) instanceof LibraryFile.Library library
        ? Optional.of(library)
        : Optional.empty();
  }

  /** {@inheritDoc} A wheel holds no symbolic links, so {@code ..} can be resolved by name. */
  @Override
  public LibraryFile find(String path) {
    LibraryFile file = files.get(normalized(path));
    if (file == null) {
      return new LibraryFile.Absent();
    }
    return file instanceof LibraryFile.Library library
        ? new LibraryFile.Library(path, library.realPath(), library.identity(), library.elf())
        : file;
  }

  @Override
  public boolean hasDirectory(String path) {
    return directories.contains(normalized(path));
  }

  private static String normalized(String path) {
    return path.contains("/.") ? TreePath.normalized(path) : path;
  }

  /** The path from site-packages for what is in it, else the path from the prefix. */
  @Override
  public String describe(String path) {
    String normalized = normalized(path);
    if (normalized.equals(SITE_PACKAGES)) {
      return "site-packages";
    }
    if (normalized.startsWith(SITE_PACKAGES + "/")) {
      return normalized.substring(SITE_PACKAGES.length() + 1);
    }
    return normalized.startsWith(PREFIX) ? normalized.substring(1) : normalized;
  }
}
