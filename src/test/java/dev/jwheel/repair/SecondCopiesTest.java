package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.repair.SecondCopies.HostLibrary;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecondCopiesTest {
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

  private List<String> warnings(HostLibrary root, List<String> members, String... grafts) {
    Map<String, List<String>> byPath = new LinkedHashMap<>();
    Arrays.stream(grafts).forEach(name -> byPath.put("/lib/" + name, List.of(name)));
    return new SecondCopies(
            List.of(root),
            path -> system.getOrDefault(path, List.of()),
            byPath,
            members,
            all -> all)
        .warnings();
  }

  private List<String> warnings(HostLibrary root, String... grafts) {
    return warnings(root, List.of(), grafts);
  }

  @Test
  void aGraftThatAnAllowedLibraryLoadsTooIsReportedWithTheChainAndTheOption() {
    install("libA.so.1", installed("libB.so.1"));
    install("libB.so.1", installed("libC.so.1"));

    assertThat(warnings(installed("libA.so.1"), "libC.so.1"))
        .containsExactly(
            "a process would load libC.so.1 twice, the grafted copy and the system's"
                + " (libA.so.1 -> libB.so.1 -> libC.so.1); this leaves it to the system: --exclude"
                + " libC.so.1");
  }

  @Test
  void severalAreReportedTogetherWithTheirOptionsInARow() {
    install("libA.so.1", installed("libB.so.1"), installed("libC.so.1"));

    assertThat(warnings(installed("libA.so.1"), "libB.so.1", "libC.so.1"))
        .containsExactly(
            "a process would load 2 libraries twice, the grafted copies and the system's"
                + " (libA.so.1 -> libB.so.1, libA.so.1 -> libC.so.1); this leaves them to the"
                + " system: --exclude libB.so.1 --exclude libC.so.1");
  }

  @Test
  void whatOnlyAnExcludedLibraryNeedsIsNotToBeExcludedItself() {
    install("libA.so.1", installed("libB.so.1"), installed("libC.so.1"));
    Map<String, List<String>> grafts =
        Map.of("/lib/libB.so.1", List.of("libB.so.1"), "/lib/libC.so.1", List.of("libC.so.1"));

    assertThat(
            new SecondCopies(
                    List.of(installed("libA.so.1")),
                    path -> system.getOrDefault(path, List.of()),
                    grafts,
                    List.of(),
                    all -> Set.of("/lib/libB.so.1"))
                .warnings())
        .singleElement()
        .asString()
        .endsWith("system: --exclude libB.so.1");
  }

  @Test
  void aGraftThatNoAllowedLibraryLoadsIsNotReported() {
    install("libA.so.1", installed("libB.so.1"));

    assertThat(warnings(installed("libA.so.1"), "libC.so.1")).isEmpty();
  }

  @Test
  void whereTheAllowedLibraryIsAbsentItsUsualNeedsCount() {
    assertThat(warnings(absent("libSM.so.6"), "libuuid.so.1", "libmd.so.0"))
        .singleElement()
        .asString()
        .contains(
            "(libSM.so.6 -> libuuid.so.1, libSM.so.6 -> libICE.so.6 -> libbsd.so.0 ->"
                + " libmd.so.0)");
    assertThat(warnings(absent("libGL.so.1"), "libGLdispatch.so.0", "libxcb.so.1"))
        .singleElement()
        .asString()
        .contains("--exclude libGLdispatch.so.0 --exclude libxcb.so.1");
    assertThat(warnings(absent("libgobject-2.0.so.0"), "libffi.so.8", "libpcre2-8.so.0"))
        .singleElement()
        .asString()
        .contains("--exclude libffi.so.8 --exclude libpcre2-8.so.0");
  }

  @Test
  void whereTheAllowedLibraryIsPresentItsOwnNeedsCountAlone() {
    install("libX11.so.6");

    assertThat(warnings(installed("libX11.so.6"), "libxcb.so.1")).isEmpty();
  }

  @Test
  void librariesThatNeedEachOtherAreWalkedOnce() {
    install("libA.so.1", installed("libB.so.1"));
    install("libB.so.1", installed("libA.so.1"), installed("libC.so.1"));

    assertThat(warnings(installed("libA.so.1"), "libC.so.1")).hasSize(1);
  }

  @Test
  void anOpenMpRuntimeBesideThatOfTheWheelIsASecondOne() {
    assertThat(warnings(absent("libc.so.6"), List.of("libiomp5-0b2f2c61.so"), "libgomp.so.1"))
        .singleElement()
        .asString()
        .contains("second OpenMP runtime", "libiomp5-0b2f2c61.so", "--exclude libgomp.so.1");
  }

  @Test
  void twoGraftedOpenMpRuntimesAreReportedEachWithItsOption() {
    assertThat(warnings(absent("libc.so.6"), "libgomp.so.1", "libomp.so.5"))
        .satisfiesExactly(
            first -> assertThat(first).contains("--exclude libgomp.so.1"),
            second -> assertThat(second).contains("--exclude libomp.so.5"));
  }

  @Test
  void aGraftedLibstdcxxBesideThatOfTheWheelIsASecondOne() {
    assertThat(warnings(absent("libc.so.6"), List.of("libstdc++-5f1ee9f5.so.6"), "libstdc++.so.6"))
        .singleElement()
        .asString()
        .contains("second C++ runtime");
  }

  @Test
  void oneRuntimeIsNoSecondOne() {
    assertThat(warnings(absent("libc.so.6"), List.of("libompl.so.1"), "libgomp.so.1")).isEmpty();
  }
}
