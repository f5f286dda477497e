package dev.jwheel.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules of glibc's ld.so (elf/dl-load.c, {@code _dl_map_object}; ld.so(8)). */
final class GlibcRules implements LoaderRules {
  private final RunPath runPath;
  private final LoaderOptions options;
  private final SystemPath system;
  private final Set<String> defaults;
  private final List<String> hwcaps;

  GlibcRules(RunPath runPath, LoaderOptions options, Target target, SystemPath system) {
    this.runPath = runPath;
    this.options = options;
    this.system = system;
    this.defaults = Set.copyOf(target.glibcDirectories());
    this.hwcaps = target.hwcaps();
  }

  /**
   * RPATH of the chain of objects that asked for each other, unless the requester has RUNPATH; the
   * environment; RUNPATH of the requester alone; the system. With DF_1_NODEFLIB the default
   * directories are left out, and what the cache has of them too.
   */
  @Override
  public List<SearchDirectory> search(LinkMapEntry requester) {
    List<SearchDirectory> directories = new ArrayList<>();
    if (requester.elf().runpath().isEmpty()) {
      for (LinkMapEntry entry = requester; entry != null; entry = entry.loader()) {
        if (entry.elf().runpath().isEmpty()) {
          directories.addAll(entry.rpath(runPath));
        }
      }
    }
    directories.addAll(options.environment());
    directories.addAll(requester.runpath(runPath));
    for (SearchDirectory directory : system.directories()) {
      if (!requester.elf().noDefaultLibraries() || !isDefault(directory)) {
        directories.add(directory);
      }
    }
    return directories;
  }

  private boolean isDefault(SearchDirectory directory) {
    return directory.source() != SearchSource.LDPATHS && defaults.contains(directory.path());
  }

  /** {@code glibc-hwcaps} directories of the machine's level, then the directory itself. */
  @Override
  public List<String> subdirectories() {
    List<String> subdirectories = new ArrayList<>();
    for (String name : hwcaps) {
      if (isUsed(name)) {
        subdirectories.add(subdirectory(name));
      }
    }
    subdirectories.add("");
    return subdirectories;
  }

  @Override
  public List<String> unusedSubdirectories() {
    List<String> subdirectories = new ArrayList<>();
    for (String name : hwcaps) {
      if (!isUsed(name)) {
        subdirectories.add(subdirectory(name));
      }
    }
    return subdirectories;
  }

  private boolean isUsed(String name) {
    return name.startsWith("x86-64-v")
        && name.charAt(name.length() - 1) - '0' <= options.isaLevel();
  }

  private static String subdirectory(String name) {
    return "glibc-hwcaps/" + name + "/";
  }

  /** A name by which the object was found before, its path, or its SONAME. */
  @Override
  public boolean answersTo(LinkMapEntry loaded, String needed) {
    return loaded.names().contains(needed)
        || loaded.elf().soname().filter(needed::equals).isPresent()
        || needed.indexOf('/') >= 0 && loaded.file().path().equals(needed);
  }

  @Override
  public boolean isLoaderItself(String needed) {
    return false;
  }
}
