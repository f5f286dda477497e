// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import static dev.jwheel.link.FakeLoader.paths;
import static dev.jwheel.link.FakeLoader.resolution;
import static dev.jwheel.link.TinyElf.library;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.FakeLoader;
import dev.jwheel.link.LoadedObject;
import dev.jwheel.link.Resolution;
import dev.jwheel.link.SearchPlace;
import dev.jwheel.link.SearchSource;
import dev.jwheel.link.SkippedCandidate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WheelTreeTest {
  private final FakeLoader loader = new FakeLoader(new FakeFiles());

  @Test
  void aModuleFindsTheLibraryBesideItsPackage() {
    WheelTree wheel =
        new WheelTree(
            Map.of(
                "pkg/m.so", library().runpath("$ORIGIN/../pkg.libs").needs("libq.so").facts(),
                "pkg.libs/libq.so", library().facts()));

    DependencyTree tree = loader.load(wheel, "pkg/m.so");

    assertThat(paths(tree)).containsExactly("pkg/m.so", "pkg.libs/libq.so");
    assertThat(tree.objects()).allMatch(LoadedObject::inWheel);
    assertThat(resolution(tree, "pkg/m.so", "libq.so"))
        .isEqualTo(
            new Resolution.Found(
                1, new SearchPlace(SearchSource.RUNPATH, "pkg/m.so", "pkg.libs"), List.of()));
  }

  @Test
  void aMemberOfPlatlibIsSeenInSitePackages() {
    WheelTree wheel =
        new WheelTree(
            Map.of(
                "x-1.data/platlib/bin/p",
                library().runpath("$ORIGIN/../x.libs").needs("libq.so").facts(),
                "x.libs/libq.so",
                library().facts()));

    assertThat(paths(loader.load(wheel, "x-1.data/platlib/bin/p")))
        .containsExactly("x-1.data/platlib/bin/p", "x.libs/libq.so");
  }

  @Test
  void aRunPathMayLeadFromScriptsToSitePackagesAndToTheDataDirectory() {
    WheelTree wheel =
        new WheelTree(
            Map.of(
                "x-1.data/scripts/tool",
                library().runpath("$ORIGIN/../lib").needs("libq.so").facts(),
                "x-1.data/data/lib/libq.so",
                library().facts()));

    assertThat(paths(loader.load(wheel, "x-1.data/scripts/tool")))
        .containsExactly("x-1.data/scripts/tool", "x-1.data/data/lib/libq.so");
  }

  @Test
  void aRunPathAboveTheWheelDoesNotComeBackIntoIt() {
    WheelTree wheel =
        new WheelTree(
            Map.of(
                "m.so",
                library().runpath("$ORIGIN/../../../../../../libs").needs("libq.so").facts(),
                "libs/libq.so",
                library().facts()));

    assertThat(resolution(loader.load(wheel, "m.so"), "m.so", "libq.so"))
        .isInstanceOf(Resolution.Missing.class);
  }

  @Test
  void anAbsoluteRunPathLeadsToTheSystemAndNotIntoTheWheel() {
    loader.files().file("/opt/lib/libq.so", library());
    WheelTree wheel =
        new WheelTree(
            Map.of(
                "m.so", library().runpath("/opt/lib").needs("libq.so").facts(),
                "opt/lib/libq.so", library().facts()));

    DependencyTree tree = loader.load(wheel, "m.so");

    assertThat(paths(tree)).containsExactly("m.so", "/opt/lib/libq.so");
    assertThat(tree.objects().get(1).inWheel()).isFalse();
  }

  @Test
  void aLibraryOfTheSystemFindsItsOwnNeighboursThere() {
    loader
        .files()
        .file("/opt/lib/libq.so", library().runpath("$ORIGIN").needs("libr.so"))
        .file("/opt/lib/libr.so", library());
    WheelTree wheel =
        new WheelTree(Map.of("m.so", library().runpath("/opt/lib").needs("libq.so").facts()));

    assertThat(paths(loader.load(wheel, "m.so")))
        .containsExactly("m.so", "/opt/lib/libq.so", "/opt/lib/libr.so");
  }

  @Test
  void aDamagedMemberUnderTheWantedNameIsSkippedWithItsReason() {
    WheelTree wheel =
        new WheelTree(
            Map.of("pkg/m.so", library().runpath("$ORIGIN").needs("libq.so").facts()),
            Map.of("pkg/libq.so", "damaged: cut short"));

    assertThat(resolution(loader.load(wheel, "pkg/m.so"), "pkg/m.so", "libq.so"))
        .isInstanceOfSatisfying(
            Resolution.Missing.class,
            missing ->
                assertThat(missing.skipped())
                    .containsExactly(new SkippedCandidate("pkg/libq.so", "damaged: cut short")));
  }

  @Test
  void aDirectoryOfTheWheelIsNamedFromSitePackages() {
    WheelTree wheel =
        new WheelTree(
            Map.of(
                "pkg/m.so",
                library().runpath("$ORIGIN:$ORIGIN/..:$ORIGIN/../../..").needs("libq.so").facts()));

    assertThat(resolution(loader.ldpaths().load(wheel, "pkg/m.so"), "pkg/m.so", "libq.so"))
        .isInstanceOfSatisfying(
            Resolution.Missing.class,
            missing ->
                assertThat(missing.searched())
                    .extracting(SearchPlace::directory)
                    .containsExactly("pkg", "site-packages", "{prefix}/lib"));
  }

  @Test
  void twoModulesMayTakeTwoFilesOfOneName() {
    WheelTree wheel =
        new WheelTree(
            Map.of(
                "a/m.so", library().runpath("$ORIGIN").needs("libq.so").facts(),
                "b/m.so", library().runpath("$ORIGIN").needs("libq.so").facts(),
                "a/libq.so", library("libq.so").facts(),
                "b/libq.so", library("libq.so").facts()));

    assertThat(paths(loader.load(wheel, "a/m.so"))).containsExactly("a/m.so", "a/libq.so");
    assertThat(paths(loader.load(wheel, "b/m.so"))).containsExactly("b/m.so", "b/libq.so");
  }
}
