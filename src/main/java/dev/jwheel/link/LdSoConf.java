// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.link.tree.TreePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The directories of {@code /etc/ld.so.conf} (ldconfig.c, {@code parse_conf}).
 *
 * <p>The loader itself reads {@code ld.so.cache}, which ldconfig makes of these directories in
 * their order; reading the directories gives the same files and cannot be out of date.
 */
final class LdSoConf {
  private static final String FILE = "/etc/ld.so.conf";

  private final SystemTree system;
  private final List<SearchDirectory> directories = new ArrayList<>();
  private final List<IgnoredEntry> ignored = new ArrayList<>();
  private final Set<String> read = new HashSet<>();
  private final Set<String> seen = new HashSet<>();

  private LdSoConf(SystemTree system) {
    this.system = system;
  }

  /** The directories of the file, then those built into the loader of a target. */
  static SystemPath path(SystemTree system, LoaderNames target, Hwcaps hwcaps) {
    LdSoConf conf = new LdSoConf(system);
    conf.read(FILE);
    List<String> defaults = target.glibcDirectories();
    for (String directory : defaults) {
      conf.add(directory, SearchSource.DEFAULT, "");
    }
    List<SearchDirectory> others = new ArrayList<>(conf.directories);
    others.removeIf(directory -> defaults.contains(directory.path()));
    return new SystemPath(
        SearchPath.of(conf.directories, hwcaps, conf.ignored),
        SearchPath.of(others, hwcaps, conf.ignored));
  }

  private void read(String file) {
    if (!read.add(file)) {
      return;
    }
    for (String line : system.text(file).orElse("").split("\n")) {
      int comment = line.indexOf('#');
      String words = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (isDirective(words, "include")) {
        include(file, words.substring("include".length()));
      } else if (!words.isEmpty() && !isDirective(words, "hwcap")) {
        add(file, words);
      }
    }
  }

  private static boolean isDirective(String words, String name) {
    return words.startsWith(name)
        && words.length() > name.length()
        && Character.isWhitespace(words.charAt(name.length()));
  }

  private void include(String file, String patterns) {
    for (String pattern : patterns.strip().split("[ \t]+")) {
      String absolute =
          pattern.startsWith("/") ? pattern : TreePath.join(TreePath.parent(file), pattern);
      system.glob(absolute).forEach(this::read);
    }
  }

  private void add(String file, String line) {
    int type = line.indexOf('=');
    String directory = type < 0 ? line : line.substring(0, type).strip();
    if (directory.startsWith("/")) {
      add(TreePath.clean(directory), SearchSource.CONFIGURATION, file);
    } else {
      ignored.add(new IgnoredEntry(SearchSource.CONFIGURATION, file, line, "not an absolute path"));
    }
  }

  private void add(String directory, SearchSource source, String declaredBy) {
    if (seen.add(directory)) {
      directories.add(new SearchDirectory(system, directory, source, declaredBy));
    }
  }
}
