// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.repair.DuplicateLibraries.HostLibrary;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DuplicateLibrariesTest {
  private final Map<String, List<HostLibrary>> system = new LinkedHashMap<>();

  private static HostLibrary installed(String name) {
    return new HostLibrary(name, Optional.of("/lib/" + name));
  }

  private static HostLibrary absent(String name) {
    return new HostLibrary(name, Optional.empty());
  }

  private void install(String name, HostLibrary... needs) {
    system.put("/lib/" + name, List.of(needs));
  }

  private DuplicateLibraries copies(HostLibrary root, List<String> members, String... grafts) {
    Map<String, List<String>> byPath = new LinkedHashMap<>();
    Arrays.stream(grafts).forEach(name -> byPath.put("/lib/" + name, List.of(name)));
    return new DuplicateLibraries(
        List.of(root), path -> system.getOrDefault(path, List.of()), byPath, members);
  }

  private DuplicateLibraries copies(HostLibrary root, String... grafts) {
    return copies(root, List.of(), grafts);
  }

  private static List<String> sentences(DuplicateLibraries copies) {
    return copies.notes().stream().map(RepairNote::sentence).toList();
  }

  @Test
  void aGraftThatAnAllowedLibraryLoadsTooIsReportedWithTheChain() {
    install("libA.so.1", installed("libB.so.1"));
    install("libB.so.1", installed("libC.so.1"));

    DuplicateLibraries copies = copies(installed("libA.so.1"), "libC.so.1");
    assertThat(sentences(copies))
        .containsExactly(
            "a process would load libC.so.1 twice, the grafted copy and the system's"
                + " (libA.so.1 -> libB.so.1 -> libC.so.1)");
    assertThat(copies.culprits()).containsExactly(Map.entry("/lib/libC.so.1", "libC.so.1"));
  }

  @Test
  void aGraftThatNoAllowedLibraryLoadsIsNotReported() {
    install("libA.so.1", installed("libB.so.1"));

    DuplicateLibraries copies = copies(installed("libA.so.1"), "libC.so.1");
    assertThat(copies.notes()).isEmpty();
    assertThat(copies.culprits()).isEmpty();
  }

  @Test
  void whereTheAllowedLibraryIsAbsentItsUsualNeedsCount() {
    assertThat(copies(absent("libSM.so.6"), "libuuid.so.1", "libmd.so.0").notes())
        .containsExactly(
            new RepairNote.LoadedTwice("libuuid.so.1", List.of("libSM.so.6", "libuuid.so.1")),
            new RepairNote.LoadedTwice(
                "libmd.so.0", List.of("libSM.so.6", "libICE.so.6", "libbsd.so.0", "libmd.so.0")));
    assertThat(copies(absent("libGL.so.1"), "libGLdispatch.so.0", "libxcb.so.1").culprits())
        .hasSize(2);
    assertThat(copies(absent("libgobject-2.0.so.0"), "libffi.so.8", "libpcre2-8.so.0").culprits())
        .hasSize(2);
  }

  @Test
  void whereTheAllowedLibraryIsPresentItsOwnNeedsCountAlone() {
    install("libX11.so.6");

    assertThat(copies(installed("libX11.so.6"), "libxcb.so.1").notes()).isEmpty();
  }

  @Test
  void librariesThatNeedEachOtherAreWalkedOnce() {
    install("libA.so.1", installed("libB.so.1"));
    install("libB.so.1", installed("libA.so.1"), installed("libC.so.1"));

    assertThat(copies(installed("libA.so.1"), "libC.so.1").notes()).hasSize(1);
  }

  @Test
  void anOpenMpRuntimeBesideThatOfTheWheelIsASecondOne() {
    DuplicateLibraries copies =
        copies(absent("libc.so.6"), List.of("libiomp5-0b2f2c61.so"), "libgomp.so.1");
    assertThat(sentences(copies))
        .singleElement()
        .asString()
        .contains("second OpenMP runtime", "libgomp.so.1 beside libiomp5-0b2f2c61.so of the wheel");
    assertThat(copies.culprits()).containsValue("libgomp.so.1");
  }

  @Test
  void twoGraftedOpenMpRuntimesAreReportedEach() {
    DuplicateLibraries copies = copies(absent("libc.so.6"), "libgomp.so.1", "libomp.so.5");
    assertThat(sentences(copies))
        .satisfiesExactly(
            first -> assertThat(first).contains("libgomp.so.1 beside the grafted libomp.so.5"),
            second -> assertThat(second).contains("libomp.so.5 beside the grafted libgomp.so.1"));
    assertThat(copies.culprits()).containsValues("libgomp.so.1", "libomp.so.5");
  }

  @Test
  void aGraftedLibstdcxxBesideThatOfTheWheelIsASecondOne() {
    assertThat(
            sentences(
                copies(absent("libc.so.6"), List.of("libstdc++-5f1ee9f5.so.6"), "libstdc++.so.6")))
        .singleElement()
        .asString()
        .contains("second C++ runtime");
  }

  @Test
  void oneRuntimeIsNoSecondOne() {
    assertThat(copies(absent("libc.so.6"), List.of("libompl.so.1"), "libgomp.so.1").notes())
        .isEmpty();
  }
}
