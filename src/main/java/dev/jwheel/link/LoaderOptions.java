// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.link.tree.ShellPattern;
import dev.jwheel.link.tree.SystemTree;
import java.util.List;
import java.util.Optional;

/**
 * Where libraries are looked for besides the paths that stand in the files themselves.
 *
 * @param system the files of the system: absolute paths lead there
 * @param environment the directories of LD_LIBRARY_PATH and its like, in order
 * @param ldpaths directories that take the place of those of the system
 * @param excludes patterns of libraries that are not to be looked at: each is compared with the
 *     DT_NEEDED entry and then with the real path of the file that was found
 * @param buildDirectory the directory in which libraries may have been linked by a path: where it
 *     is given, a DT_NEEDED entry that is a path is looked for there too, and in every directory
 *     that is searched, by its whole and by its last name; no loader does that, for the one of the
 *     machine that the file was linked on had nothing to search
 * @param isaLevel the x86-64 micro-architecture level of the machine, 1 for any: which {@code
 *     glibc-hwcaps} directories it uses
 */
public record LoaderOptions(
    SystemTree system,
    List<SearchDirectory> environment,
    Optional<List<SearchDirectory>> ldpaths,
    List<ShellPattern> excludes,
    Optional<SearchDirectory> buildDirectory,
    int isaLevel) {

  /** Options of a loader that takes paths in DT_NEEDED as they are. */
  public LoaderOptions(
      SystemTree system,
      List<SearchDirectory> environment,
      Optional<List<SearchDirectory>> ldpaths,
      List<ShellPattern> excludes,
      int isaLevel) {
    this(system, environment, ldpaths, excludes, Optional.empty(), isaLevel);
  }

  public LoaderOptions {
    environment = List.copyOf(environment);
    ldpaths = ldpaths.map(List::copyOf);
    excludes = List.copyOf(excludes);
  }

  /** Returns the same with a directory in which libraries may have been linked by a path. */
  public LoaderOptions builtIn(SearchDirectory directory) {
    return new LoaderOptions(
        system, environment, ldpaths, excludes, Optional.of(directory), isaLevel);
  }

  /** Options that name nothing but a system. */
  public static LoaderOptions of(SystemTree system) {
    return new LoaderOptions(system, List.of(), Optional.empty(), List.of(), 1);
  }
}
