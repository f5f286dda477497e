// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import static dev.jwheel.link.FakeLoader.paths;
import static dev.jwheel.link.FakeLoader.resolution;
import static dev.jwheel.link.TinyElf.library;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.link.tree.FakeFiles;
import dev.jwheel.platform.Libc;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MuslRulesTest {
  private final FakeFiles files = new FakeFiles();

  private FakeLoader loader() {
    return new FakeLoader(files).of(Libc.MUSL);
  }

  @Test
  void ldLibraryPathBeatsRpath() {
    files
        .file("/top.so", library().rpath("/a").needs("libq.so"))
        .file("/a/libq.so", library())
        .file("/b/libq.so", library());

    assertThat(paths(loader().environment("/b").load("/top.so")))
        .containsExactly("/top.so", "/b/libq.so");
  }

  @Test
  void aRunpathIsInherited() {
    files
        .file("/top.so", library().runpath("/r").needs("libc1.so"))
        .file("/r/libc1.so", library().runpath("/nowhere").needs("libd.so"))
        .file("/r/libd.so", library());

    assertThat(paths(loader().load("/top.so")))
        .containsExactly("/top.so", "/r/libc1.so", "/r/libd.so");
  }

  @Test
  void aRunpathReplacesTheRpathOfTheSameObject() {
    files
        .file("/top.so", library().rpath("/a").runpath("/b").needs("libq.so"))
        .file("/a/libq.so", library());

    assertThat(resolution(loader().load("/top.so"), "/top.so", "libq.so"))
        .isInstanceOf(Resolution.Missing.class);
  }

  @Test
  void theFileNameCountsAndNotTheSoname() {
    files
        .file("/lib/top.so", library().needs("liba.so", "libq.so.1"))
        .file("/lib/liba.so", library("libq.so.1"))
        .file("/lib/libq.so.1", library("libq.so.1"));

    assertThat(paths(loader().load("/lib/top.so")))
        .containsExactly("/lib/top.so", "/lib/liba.so", "/lib/libq.so.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libc.so",
        "libc.musl-x86_64.so.1",
        "libc.musl-i386.so.1",
        "libc.musl-aarch64.so.1",
        "ld-musl-x86_64.so.1",
        "libm.so",
        "libm.so.6",
        "libpthread.so",
        "librt.so.1",
        "libdl.so.2",
        "libutil.so",
        "libxnet.so"
      })
  void aNameOfLibcIsTheLoaderItself(String name) {
    files
        .file("/top.so", library().needs(name))
        .file("/lib/ld-musl-x86_64.so.1", library("libc.musl-x86_64.so.1"))
        .file("/lib/libm.so.6", library());

    assertThat(resolution(loader().load("/top.so"), "/top.so", name))
        .isEqualTo(new Resolution.LoaderItself(Optional.of("/lib/ld-musl-x86_64.so.1")));
  }

  @Test
  void libcIsItselfWhereItIsNotInstalledToo() {
    files.file("/top.so", library().needs("libc.so"));

    assertThat(resolution(loader().load("/top.so"), "/top.so", "libc.so"))
        .isEqualTo(new Resolution.LoaderItself(Optional.empty()));
  }

  @Test
  void namesThatOnlyBeginLikeLibcAreLibraries() {
    files
        .file("/lib/top.so", library().needs("libcrypto.so", "libmount.so", "libdlib.so"))
        .file("/lib/libcrypto.so", library())
        .file("/lib/libmount.so", library())
        .file("/lib/libdlib.so", library());

    assertThat(paths(loader().load("/lib/top.so"))).hasSize(4);
  }

  /** auditwheel divides it by colons alone. */
  @Test
  void case29ThePathFileIsDividedByColonsAndNewlines() {
    files
        .text("/etc/ld-musl-x86_64.path", "/one:/two\n/three\n\n:/four")
        .file("/top.so", library().needs("liba.so"))
        .file("/usr/lib/liba.so", library());

    assertThat(resolution(loader().load("/top.so"), "/top.so", "liba.so"))
        .isInstanceOfSatisfying(
            Resolution.Missing.class,
            missing ->
                assertThat(missing.searched())
                    .extracting(SearchPlace::directory)
                    .containsExactly("/one", "/two", "/three", "/four"));
  }

  @Test
  void thePathFileIsThatOfTheTargetsArchitecture() {
    files
        .text("/etc/ld-musl-x86_64.path", "/x86")
        .text("/etc/ld-musl-aarch64.path", "/arm")
        .file("/top.so", library().aarch64().needs("liba.so"))
        .file("/x86/liba.so", library().aarch64())
        .file("/arm/liba.so", library().aarch64());

    assertThat(paths(loader().load("/top.so"))).containsExactly("/top.so", "/arm/liba.so");
  }

  @Test
  void thePathFileLiesBesideTheLoaderThatAProgramAsksFor() {
    files
        .text("/opt/musl/etc/ld-musl-x86_64.path", "/opt/musl/lib")
        .file("/prog", TinyElf.program("/opt/musl/lib/ld-musl-x86_64.so.1").needs("liba.so"))
        .file("/opt/musl/lib/liba.so", library());

    assertThat(paths(loader().load("/prog"))).containsExactly("/prog", "/opt/musl/lib/liba.so");
  }

  @Test
  void withoutAPathFileThreeDirectoriesAreSearched() {
    files.file("/top.so", library().needs("liba.so"));

    assertThat(resolution(loader().load("/top.so"), "/top.so", "liba.so"))
        .isInstanceOfSatisfying(
            Resolution.Missing.class,
            missing ->
                assertThat(missing.searched())
                    .extracting(SearchPlace::directory)
                    .containsExactly("/lib", "/usr/local/lib", "/usr/lib"));
  }

  @Test
  void noDefaultLibrariesMeansNothing() {
    files
        .file("/top.so", library().noDefaultLibraries().needs("liba.so"))
        .file("/usr/lib/liba.so", library());

    assertThat(paths(loader().load("/top.so"))).contains("/usr/lib/liba.so");
  }

  @Test
  void aTokenOtherThanOriginSpoilsTheWholePath() {
    files
        .file("/top.so", library().rpath("/a:/p/$LIB").needs("liba.so"))
        .file("/a/liba.so", library());

    DependencyTree tree = loader().load("/top.so");

    assertThat(resolution(tree, "/top.so", "liba.so")).isInstanceOf(Resolution.Missing.class);
    assertThat(tree.ignored()).extracting(IgnoredEntry::entry).containsExactly("/a:/p/$LIB");
  }

  @Test
  void originIsKnown() {
    files
        .file("/d/top.so", library().runpath("${ORIGIN}/lib:$ORIGIN").needs("liba.so", "libb.so"))
        .file("/d/lib/liba.so", library())
        .file("/d/libb.so", library());

    assertThat(paths(loader().load("/d/top.so")))
        .containsExactly("/d/top.so", "/d/lib/liba.so", "/d/libb.so");
  }

  @Test
  void filteredAndAuxiliaryLibrariesAreNotLoaded() {
    files
        .file("/top.so", library().rpath("/a").filters("libq.so").auxiliary("libr.so"))
        .file("/a/libq.so", library())
        .file("/a/libr.so", library());

    assertThat(paths(new FakeLoader(files).of(Libc.MUSL).load("/top.so")))
        .containsExactly("/top.so");
  }
}
