// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.link.tree.FakeFiles;
import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.ShellPattern;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.link.tree.WheelTree;
import dev.jwheel.platform.Libc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the model on a fake system, and says what it made of each name. */
public final class FakeLoader {
  private final FakeFiles files;
  private final SystemTree system;
  private Libc libc = Libc.GLIBC;
  private List<SearchDirectory> environment = List.of();
  private Optional<List<SearchDirectory>> ldpaths = Optional.empty();
  private List<ShellPattern> excludes = List.of();
  private int isaLevel = 1;

  public FakeLoader(FakeFiles files) {
    this.files = files;
    this.system = files.tree();
  }

  FakeLoader of(Libc value) {
    libc = value;
    return this;
  }

  FakeLoader environment(String... directories) {
    environment = directories(SearchSource.ENVIRONMENT, "LD_LIBRARY_PATH", directories);
    return this;
  }

  public FakeLoader ldpaths(String... directories) {
    ldpaths = Optional.of(directories(SearchSource.LDPATHS, "", directories));
    return this;
  }

  FakeLoader excluding(String... patterns) {
    List<ShellPattern> list = new ArrayList<>();
    for (String pattern : patterns) {
      list.add(ShellPattern.of(pattern));
    }
    excludes = list;
    return this;
  }

  FakeLoader isaLevel(int level) {
    isaLevel = level;
    return this;
  }

  private List<SearchDirectory> directories(
      SearchSource source, String declaredBy, String... directories) {
    List<SearchDirectory> list = new ArrayList<>();
    for (String directory : directories) {
      list.add(new SearchDirectory(system, directory, source, declaredBy));
    }
    return list;
  }

  LoaderOptions options() {
    return new LoaderOptions(system, environment, ldpaths, excludes, isaLevel);
  }

  public DependencyTree load(String path) {
    if (!(system.find(path) instanceof LibraryFile.Library root)) {
      throw new AssertionError(path + ": " + system.find(path));
    }
    return new DependencyResolver(options()).resolve(system, root, libc);
  }

  public DependencyTree load(WheelTree wheel, String member) {
    return new DependencyResolver(options())
        .resolve(wheel, wheel.member(member).orElseThrow(), libc);
  }

  public FakeFiles files() {
    return files;
  }

  /** What became of a name needed by an object. */
  public static Resolution resolution(DependencyTree tree, String object, String needed) {
    return tree.objects().stream()
        .filter(candidate -> candidate.path().equals(object))
        .flatMap(candidate -> candidate.dependencies().stream())
        .filter(dependency -> dependency.needed().equals(needed))
        .findFirst()
        .orElseThrow()
        .resolution();
  }

  /** The paths of everything that is loaded, in order. */
  public static List<String> paths(DependencyTree tree) {
    return tree.objects().stream().map(LoadedObject::path).toList();
  }
}
