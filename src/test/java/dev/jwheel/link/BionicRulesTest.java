// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import static dev.jwheel.link.FakeLoader.paths;
import static dev.jwheel.link.FakeLoader.resolution;
import static dev.jwheel.link.TinyElf.library;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.link.tree.FakeFiles;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.link.tree.WheelTree;
import dev.jwheel.platform.Libc;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BionicRulesTest {
  private final FakeFiles files = new FakeFiles();

  private FakeLoader loader() {
    return new FakeLoader(files).of(Libc.BIONIC);
  }

  @Test
  void onlyRunpathIsKnown() {
    files
        .file("/app/a.so", library().rpath("$ORIGIN/lib").needs("libq.so"))
        .file("/app/b.so", library().runpath("$ORIGIN/lib").needs("libq.so"))
        .file("/app/lib/libq.so", library());

    assertThat(resolution(loader().load("/app/a.so"), "/app/a.so", "libq.so"))
        .isInstanceOf(Resolution.Missing.class);
    assertThat(paths(loader().load("/app/b.so"))).contains("/app/lib/libq.so");
  }

  @Test
  void theDirectoriesAreThoseOfAndroid() {
    files
        .file("/a.so", library().needs("liblog.so", "libz.so"))
        .file("/system/lib64/liblog.so", library())
        .file("/usr/lib/libz.so", library());

    assertThat(paths(loader().load("/a.so"))).containsExactly("/a.so", "/system/lib64/liblog.so");
  }

  @Test
  void noDirectoryOfTheHostIsSearched() {
    SystemTree host = SystemTree.host();
    WheelTree wheel = new WheelTree(Map.of("m.so", library().needs("libz.so").facts()));

    DependencyTree tree =
        new DependencyResolver(LoaderOptions.of(host))
            .resolve(wheel, wheel.member("m.so").orElseThrow(), Libc.BIONIC);

    assertThat(resolution(tree, "m.so", "libz.so"))
        .isInstanceOfSatisfying(
            Resolution.Missing.class, missing -> assertThat(missing.searched()).isEmpty());
  }
}
