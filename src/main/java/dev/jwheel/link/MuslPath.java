// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.link.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The directories musl's loader searches by default (dynlink.c, {@code load_library}). */
final class MuslPath {
  private static final String DEFAULT = "/lib:/usr/local/lib:/usr/lib";
  private static final String LOADER = "ld-musl-";

  private MuslPath() {}

  /** The entries of any path of musl's: colons and newlines divide, empty entries are none. */
  static List<String> split(String path) {
    List<String> entries = new ArrayList<>();
    for (String line : path.split("\n")) {
      for (String entry : line.split(":")) {
        if (!entry.isEmpty()) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  /** Where the loader is: what the program asks for, else what the architecture is called. */
  static Optional<String> loader(LoaderNames target, Optional<String> interpreter) {
    return interpreter
        .filter(path -> TreePath.baseName(path).startsWith(LOADER))
        .or(() -> target.muslName().map(name -> "/lib/" + LOADER + name + ".so.1"));
  }

  static SystemPath path(SystemTree system, LoaderNames target, Optional<String> interpreter) {
    Optional<String> file = loader(target, interpreter).map(MuslPath::pathFile);
    Optional<String> text = file.flatMap(system::text);
    SearchSource source = text.isPresent() ? SearchSource.CONFIGURATION : SearchSource.DEFAULT;
    String declaredBy = text.isPresent() ? file.orElse("") : "";
    List<SearchDirectory> directories = new ArrayList<>();
    List<IgnoredEntry> ignored = new ArrayList<>();
    for (String entry : split(text.orElse(DEFAULT))) {
      if (entry.startsWith("/")) {
        directories.add(new SearchDirectory(system, TreePath.clean(entry), source, declaredBy));
      } else {
        ignored.add(new IgnoredEntry(source, declaredBy, entry, "not an absolute path"));
      }
    }
    return SystemPath.of(SearchPath.of(directories, Hwcaps.NONE, ignored));
  }

  /** {@code PREFIX/etc/ld-musl-ARCH.path} beside a loader {@code PREFIX/lib/ld-musl-ARCH.so.1}. */
  private static String pathFile(String loader) {
    String name = TreePath.baseName(loader);
    int end = name.indexOf(".so", LOADER.length());
    String prefix = TreePath.parent(TreePath.parent(loader));
    return TreePath.join(
        TreePath.join(prefix, "etc"), (end < 0 ? name : name.substring(0, end)) + ".path");
  }
}
