package dev.jwheel.link;

import java.util.ArrayList;
import java.util.List;

/** The rules of musl's ld.so (ldso/dynlink.c, {@code load_library}). */
final class MuslRules implements LoaderRules {
  private static final List<String> LIBC_NAMES =
      List.of("libc.", "libpthread.", "librt.", "libm.", "libdl.", "libutil.", "libxnet.");

  private final RunPath runPath;
  private final LoaderOptions options;
  private final SystemPath system;

  MuslRules(RunPath runPath, LoaderOptions options, SystemPath system) {
    this.runPath = runPath;
    this.options = options;
    this.system = system;
  }

  /** The environment; RUNPATH, or else RPATH, of the whole chain; the path file. */
  @Override
  public List<SearchDirectory> search(LinkMapEntry requester) {
    List<SearchDirectory> directories = new ArrayList<>(options.environment());
    for (LinkMapEntry entry = requester; entry != null; entry = entry.loader()) {
      directories.addAll(
          entry.elf().runpath().isPresent() ? entry.runpath(runPath) : entry.rpath(runPath));
    }
    directories.addAll(system.directories());
    return directories;
  }

  @Override
  public List<String> subdirectories() {
    return List.of("");
  }

  @Override
  public List<String> unusedSubdirectories() {
    return List.of();
  }

  /** musl knows no SONAME: only the name under which a search found the file. */
  @Override
  public boolean answersTo(LinkMapEntry loaded, String needed) {
    return loaded.names().contains(needed);
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
