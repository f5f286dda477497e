// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.link.tree.TreePath;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of Android's linker in the default namespace (linker.cpp, {@code open_library}). It
 * knows no DT_RPATH.
 */
final class BionicRules implements LoaderRules {
  private final RunPath runPath;
  private final SearchPath environment;
  private final SystemPath system;

  BionicRules(RunPath runPath, SearchPath environment, SystemPath system) {
    this.runPath = runPath;
    this.environment = environment;
    this.system = system;
  }

  /** The directories of an Android system; those of the host hold no libraries for Android. */
  static SystemPath path(SystemTree system, LoaderNames target) {
    List<SearchDirectory> directories = new ArrayList<>();
    if (!system.isHost()) {
      for (String directory : target.bionicDirectories()) {
        directories.add(new SearchDirectory(system, directory, SearchSource.DEFAULT, ""));
      }
    }
    return SystemPath.of(SearchPath.of(directories, Hwcaps.NONE, List.of()));
  }

  /** The environment; RUNPATH of the requester alone; the system. */
  @Override
  public SearchPath search(LinkMapEntry requester) {
    return SearchPath.concat(
        List.of(environment, runPath.of(requester, SearchSource.RUNPATH), system.all()));
  }

  /** The SONAME, or the file's name where there is none ({@code find_loaded_library_by_soname}). */
  @Override
  public List<String> ownNames(LinkMapEntry loaded) {
    return List.of(
        loaded.elf().soname().orElseGet(() -> TreePath.baseName(loaded.file().realPath())));
  }

  @Override
  public boolean remembersName(String needed) {
    return false;
  }

  /** The linker reads neither. */
  @Override
  public boolean followsFilters() {
    return false;
  }

  @Override
  public boolean isLoaderItself(String needed) {
    return false;
  }
}
