// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import java.util.ArrayList;
import java.util.List;

/** The rules of glibc's ld.so (elf/dl-load.c, {@code _dl_map_object}; ld.so(8)). */
final class GlibcRules implements LoaderRules {
  private final RunPath runPath;
  private final SearchPath environment;
  private final SystemPath system;

  GlibcRules(RunPath runPath, SearchPath environment, SystemPath system) {
    this.runPath = runPath;
    this.environment = environment;
    this.system = system;
  }

  /**
   * RPATH of the chain of objects that asked for each other, unless the requester has RUNPATH; the
   * environment; RUNPATH of the requester alone; the system. With DF_1_NODEFLIB the default
   * directories are left out, and what the cache has of them too.
   */
  @Override
  public SearchPath search(LinkMapEntry requester) {
    List<SearchPath> parts = new ArrayList<>();
    if (requester.elf().runpath().isEmpty()) {
      for (LinkMapEntry entry = requester; entry != null; entry = entry.loader()) {
        if (entry.elf().runpath().isEmpty()) {
          parts.add(runPath.of(entry, SearchSource.RPATH));
        }
      }
    }
    parts.add(environment);
    parts.add(runPath.of(requester, SearchSource.RUNPATH));
    parts.add(requester.elf().noDefaultLibraries() ? system.withoutDefaults() : system.all());
    return SearchPath.concat(parts);
  }

  /** Its path and its SONAME ({@code _dl_name_match_p}, {@code l_soname_added}). */
  @Override
  public List<String> ownNames(LinkMapEntry loaded) {
    String path = loaded.file().path();
    return loaded.elf().soname().map(soname -> List.of(path, soname)).orElse(List.of(path));
  }

  @Override
  public boolean remembersName(String needed) {
    return true;
  }

  /** {@code _dl_map_object_deps} loads both; one of DT_AUXILIARY may be absent. */
  @Override
  public boolean followsFilters() {
    return true;
  }

  @Override
  public boolean isLoaderItself(String needed) {
    return false;
  }
}
