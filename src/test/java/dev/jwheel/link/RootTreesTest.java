// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import static dev.jwheel.link.TinyElf.library;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.link.tree.WheelTree;
import dev.jwheel.platform.Libc;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RootTreesTest {

  private static ElfBinary needing(String... names) {
    return library().runpath("$ORIGIN").needs(names).facts();
  }

  private static List<String> roots(Map<String, ElfBinary> members) {
    WheelTree wheel = new WheelTree(members);
    DependencyResolver resolver = new DependencyResolver(LoaderOptions.of(SystemTree.empty()));
    List<DependencyTree> trees =
        wheel.members().stream()
            .map(name -> wheel.member(name).orElseThrow())
            .map(library -> resolver.resolve(wheel, library, Libc.GLIBC))
            .toList();
    return RootTrees.of(trees).stream().map(tree -> tree.root().path()).toList();
  }

  @Test
  void aFileThatAnotherLoadsIsNoRoot() {
    assertThat(roots(Map.of("a.so", needing("b.so"), "b.so", needing(), "c.so", needing("b.so"))))
        .containsExactly("a.so", "c.so");
  }

  @Test
  void aCircleHasOneRoot() {
    assertThat(roots(Map.of("a.so", needing("b.so"), "b.so", needing("a.so"))))
        .containsExactly("a.so");
  }

  @Test
  void aCircleThatARootLoadsHasNone() {
    assertThat(
            roots(
                Map.of("a.so", needing("b.so"), "b.so", needing("a.so"), "c.so", needing("a.so"))))
        .containsExactly("c.so");
  }
}
