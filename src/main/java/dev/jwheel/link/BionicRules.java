package dev.jwheel.link;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of Android's linker in the default namespace (linker.cpp, {@code open_library}). It
 * knows no DT_RPATH.
 */
final class BionicRules implements LoaderRules {
  private final RunPath runPath;
  private final LoaderOptions options;
  private final SystemPath system;

  BionicRules(RunPath runPath, LoaderOptions options, SystemPath system) {
    this.runPath = runPath;
    this.options = options;
    this.system = system;
  }

  /** The directories of an Android system; those of the host hold no libraries for Android. */
  static SystemPath path(SystemTree system, Target target) {
    List<SearchDirectory> directories = new ArrayList<>();
    if (!system.isHost()) {
      for (String directory : target.bionicDirectories()) {
        directories.add(new SearchDirectory(system, directory, SearchSource.DEFAULT, ""));
      }
    }
    return new SystemPath(directories, List.of());
  }

  /** The environment; RUNPATH of the requester alone; the system. */
  @Override
  public List<SearchDirectory> search(LinkMapEntry requester) {
    List<SearchDirectory> directories = new ArrayList<>(options.environment());
    directories.addAll(requester.runpath(runPath));
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

  /** The SONAME, or the file's name where there is none ({@code find_loaded_library_by_soname}). */
  @Override
  public boolean answersTo(LinkMapEntry loaded, String needed) {
    String name =
        loaded.elf().soname().orElseGet(() -> TreePath.baseName(loaded.file().realPath()));
    return name.equals(needed);
  }

  @Override
  public boolean isLoaderItself(String needed) {
    return false;
  }
}
