// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import java.util.ArrayList;
import java.util.List;

/** The rules of musl's ld.so (ldso/dynlink.c, {@code load_library}). */
final class MuslRules implements LoaderRules {
  private static final List<String> LIBC_NAMES =
      List.of("libc.", "libpthread.", "librt.", "libm.", "libdl.", "libutil.", "libxnet.");

  private final RunPath runPath;
  private final SearchPath environment;
  private final SystemPath system;

  MuslRules(RunPath runPath, SearchPath environment, SystemPath system) {
    this.runPath = runPath;
    this.environment = environment;
    this.system = system;
  }

  /** The environment; RUNPATH, or else RPATH, of the whole chain; the path file. */
  @Override
  public SearchPath search(LinkMapEntry requester) {
    List<SearchPath> parts = new ArrayList<>();
    parts.add(environment);
    for (LinkMapEntry entry = requester; entry != null; entry = entry.loader()) {
      boolean newer = entry.elf().runpath().isPresent();
      parts.add(runPath.of(entry, newer ? SearchSource.RUNPATH : SearchSource.RPATH));
    }
    parts.add(system.all());
    return SearchPath.concat(parts);
  }

  /** musl knows no SONAME. */
  @Override
  public List<String> ownNames(LinkMapEntry loaded) {
    return List.of();
  }

  /** The name of a search is the {@code shortname}; a path gives none. */
  @Override
  public boolean remembersName(String needed) {
    return needed.indexOf('/') < 0;
  }

  /** musl reads neither. */
  @Override
  public boolean followsFilters() {
    return false;
  }

  /**
   * The reserved names of {@code load_library}. A file that is libc by another name is recognised
   * by its symbols there; {@code ld-musl-*} and {@code libc.musl-*} are the names it has.
   */
  @Override
  public boolean isLoaderItself(String needed) {
    return needed.startsWith("ld-musl-") || LIBC_NAMES.stream().anyMatch(needed::startsWith);
  }
}
