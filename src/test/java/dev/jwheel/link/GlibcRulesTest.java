// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import static dev.jwheel.link.FakeLoader.paths;
import static dev.jwheel.link.FakeLoader.resolution;
import static dev.jwheel.link.TinyElf.library;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.link.tree.FakeFiles;
import dev.jwheel.link.tree.ShellPattern;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GlibcRulesTest {
  private final FakeFiles files = new FakeFiles();

  /** auditwheel takes the file in the DT_RUNPATH. */
  @Test
  void case7LdLibraryPathBeatsRunpath() {
    files
        .file("/top.so", library().runpath("/a").needs("libq.so"))
        .file("/a/libq.so", library())
        .file("/b/libq.so", library());

    assertThat(paths(new FakeLoader(files).environment("/b").load("/top.so")))
        .containsExactly("/top.so", "/b/libq.so");
  }

  @Test
  void case7RpathBeatsLdLibraryPath() {
    files
        .file("/top.so", library().rpath("/a").needs("libq.so"))
        .file("/a/libq.so", library())
        .file("/b/libq.so", library());

    assertThat(paths(new FakeLoader(files).environment("/b").load("/top.so")))
        .containsExactly("/top.so", "/a/libq.so");
  }

  /** auditwheel asks the file itself and the first one only. */
  @Test
  void case10AnRpathOfTheGrandparentFindsTheLibrary() {
    files
        .file("/top.so", library().runpath("/t").needs("libb.so"))
        .file("/t/libb.so", library().rpath("/r").needs("libc1.so"))
        .file("/r/libc1.so", library().needs("libd.so"))
        .file("/r/libd.so", library());

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(resolution(tree, "/r/libc1.so", "libd.so"))
        .isEqualTo(
            new Resolution.Found(
                3, new SearchPlace(SearchSource.RPATH, "/t/libb.so", "/r"), List.of()));
  }

  /** auditwheel inherits the DT_RUNPATH of the first file. */
  @Test
  void case10ARunpathIsNotInherited() {
    files
        .file("/top.so", library().runpath("/r").needs("libc1.so"))
        .file("/r/libc1.so", library().needs("libd.so"))
        .file("/r/libd.so", library());

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(resolution(tree, "/r/libc1.so", "libd.so")).isInstanceOf(Resolution.Missing.class);
  }

  @Test
  void anObjectWithARunpathSkipsTheRpathOfTheWholeChain() {
    files
        .file("/top.so", library().rpath("/r").needs("libc1.so"))
        .file("/r/libc1.so", library().runpath("/nowhere").needs("libd.so"))
        .file("/r/libd.so", library());

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(resolution(tree, "/r/libc1.so", "libd.so")).isInstanceOf(Resolution.Missing.class);
  }

  @Test
  void anRpathBesideARunpathIsIgnored() {
    files
        .file("/top.so", library().rpath("/r").runpath("/nowhere").needs("libc1.so"))
        .file("/r/libc1.so", library());

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(resolution(tree, "/top.so", "libc1.so")).isInstanceOf(Resolution.Missing.class);
  }

  @Test
  void anAncestorWithARunpathDoesNotHideTheRpathAboveIt() {
    files
        .file("/top.so", library().rpath("/r").needs("libm1.so"))
        .file("/r/libm1.so", library().runpath("/m").needs("libn.so"))
        .file("/m/libn.so", library().needs("libd.so"))
        .file("/r/libd.so", library());

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(paths(tree)).containsExactly("/top.so", "/r/libm1.so", "/m/libn.so", "/r/libd.so");
  }

  @Test
  void anEmptyRunpathHidesTheRpathsAsAnyOther() {
    files
        .file("/top.so", library().rpath("/r").needs("libc1.so"))
        .file("/r/libc1.so", library().runpath("").needs("libd.so"))
        .file("/r/libd.so", library());

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(resolution(tree, "/r/libc1.so", "libd.so")).isInstanceOf(Resolution.Missing.class);
    assertThat(tree.ignored()).isEmpty();
  }

  @Test
  void loadingIsBreadthFirst() {
    files
        .file("/lib/top.so", library().needs("liba.so", "libb.so"))
        .file("/lib/liba.so", library().needs("libx.so"))
        .file("/lib/libb.so", library())
        .file("/lib/libx.so", library());

    assertThat(paths(new FakeLoader(files).load("/lib/top.so")))
        .containsExactly("/lib/top.so", "/lib/liba.so", "/lib/libb.so", "/lib/libx.so");
  }

  @Test
  void aLoadedSonameWinsBeforeAnySearch() {
    files
        .file("/top.so", library().needs("/opt/odd-name.so", "libuser.so"))
        .file("/opt/odd-name.so", library("libq.so.1"))
        .file("/lib/libuser.so", library().rpath("/own").needs("libq.so.1"))
        .file("/own/libq.so.1", library("libq.so.1"));

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(resolution(tree, "/lib/libuser.so", "libq.so.1"))
        .isEqualTo(new Resolution.AlreadyLoaded(1));
  }

  @Test
  void theFirstResolutionOfANameServesEveryLaterObject() {
    files
        .file("/top.so", library().runpath("/one").needs("libq.so", "libuser.so"))
        .file("/one/libq.so", library())
        .file("/one/libuser.so", library().runpath("/two").needs("libq.so"))
        .file("/two/libq.so", library());

    assertThat(paths(new FakeLoader(files).load("/top.so")))
        .containsExactly("/top.so", "/one/libq.so", "/one/libuser.so");
  }

  @Test
  void twoNamesOfOneFileAreOneObject() {
    files
        .file("/top.so", library().needs("libq.so.1", "libq.so"))
        .file("/lib/libq.so.1.2", library())
        .link("/lib/libq.so.1", "libq.so.1.2")
        .link("/lib/libq.so", "libq.so.1.2");

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(paths(tree)).containsExactly("/top.so", "/lib/libq.so.1");
    assertThat(resolution(tree, "/top.so", "libq.so"))
        .isInstanceOfSatisfying(
            Resolution.Found.class, found -> assertThat(found.object()).isEqualTo(1));
  }

  @Test
  void twoHardLinksAreOneObject() {
    files
        .file("/top.so", library().needs("libq.so.1", "libq.so"))
        .file("/lib/libq.so.1", library())
        .hardLink("/lib/libq.so", "/lib/libq.so.1");

    assertThat(paths(new FakeLoader(files).load("/top.so"))).hasSize(2);
  }

  @Test
  void aCircleOfLibrariesIsLoadedOnce() {
    files
        .file("/lib/liba.so", library("liba.so").needs("libb.so"))
        .file("/lib/libb.so", library("libb.so").needs("liba.so"));

    DependencyTree tree = new FakeLoader(files).load("/lib/liba.so");

    assertThat(paths(tree)).containsExactly("/lib/liba.so", "/lib/libb.so");
    assertThat(resolution(tree, "/lib/libb.so", "liba.so"))
        .isEqualTo(new Resolution.AlreadyLoaded(0));
  }

  /** auditwheel follows the links first and finds nothing. */
  @Test
  void case8OriginIsTheDirectoryOfThePathBeforeItsLinksAreFollowed() {
    files
        .file("/top.so", library().runpath("/l").needs("liba.so"))
        .link("/l/liba.so", "/r/liba.so")
        .file("/r/liba.so", library().runpath("$ORIGIN/sub").needs("libb.so"))
        .file("/l/sub/libb.so", library());

    assertThat(paths(new FakeLoader(files).load("/top.so")))
        .containsExactly("/top.so", "/l/liba.so", "/l/sub/libb.so");
  }

  @Test
  void originOfAProgramIsItsRealDirectory() {
    files
        .link("/usr/bin/tool", "/opt/tool/bin/tool")
        .file(
            "/opt/tool/bin/tool",
            TinyElf.program("/lib64/ld-linux-x86-64.so.2")
                .runpath("$ORIGIN/../lib")
                .needs("libq.so"))
        .file("/opt/tool/lib/libq.so", library());

    assertThat(paths(new FakeLoader(files).load("/usr/bin/tool")))
        .containsExactly("/usr/bin/tool", "/opt/tool/bin/../lib/libq.so");
  }

  /** auditwheel expands no $LIB. */
  @Test
  void case9LibIsTriedByEachNameOfTheTarget() {
    files
        .file("/top.so", library().runpath("/p/$LIB").needs("liba.so", "libb.so", "libc1.so"))
        .file("/p/lib64/liba.so", library())
        .file("/p/lib/libb.so", library())
        .file("/p/lib/x86_64-linux-gnu/libc1.so", library());

    assertThat(paths(new FakeLoader(files).load("/top.so")))
        .containsExactly(
            "/top.so", "/p/lib64/liba.so", "/p/lib/libb.so", "/p/lib/x86_64-linux-gnu/libc1.so");
  }

  @Test
  void platformIsThatOfTheTarget() {
    files
        .file("/top.so", library().aarch64().runpath("/p/${PLATFORM}").needs("liba.so"))
        .file("/p/aarch64/liba.so", library().aarch64());

    assertThat(paths(new FakeLoader(files).load("/top.so")))
        .containsExactly("/top.so", "/p/aarch64/liba.so");
  }

  @Test
  void aPlatformThatDependsOnTheProcessorIsReported() {
    files.file("/top.so", library().riscv64().runpath("/p/$PLATFORM").needs("liba.so"));

    assertThat(new FakeLoader(files).load("/top.so").ignored())
        .singleElement()
        .satisfies(entry -> assertThat(entry.entry()).isEqualTo("/p/$PLATFORM"));
  }

  @Test
  void aWordThatOnlyBeginsLikeATokenIsNone() {
    files
        .file("/top.so", library().runpath("/p/$ORIGINAL").needs("liba.so"))
        .file("/p/$ORIGINAL/liba.so", library());

    assertThat(paths(new FakeLoader(files).load("/top.so")))
        .containsExactly("/top.so", "/p/$ORIGINAL/liba.so");
  }

  /** auditwheel ignores them without a word. */
  @Test
  void case9RelativeAndEmptyEntriesAreReportedAndNotSearched() {
    files
        .file("/top.so", library().runpath("x/y::/a").needs("liba.so"))
        .file("/a/liba.so", library())
        .file("/x/y/liba.so", library());

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(paths(tree)).containsExactly("/top.so", "/a/liba.so");
    assertThat(tree.ignored()).extracting(IgnoredEntry::entry).containsExactly("x/y", "");
    assertThat(tree.ignored())
        .allSatisfy(
            entry -> {
              assertThat(entry.declaredBy()).isEqualTo("/top.so");
              assertThat(entry.source()).isEqualTo(SearchSource.RUNPATH);
            });
  }

  @Test
  void theConfigurationComesBeforeTheDefaultDirectories() {
    files
        .text("/etc/ld.so.conf", "/opt/lib\n")
        .file("/top.so", library().needs("libq.so"))
        .file("/opt/lib/libq.so", library())
        .file("/usr/lib/libq.so", library());

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(resolution(tree, "/top.so", "libq.so"))
        .isEqualTo(
            new Resolution.Found(
                1,
                new SearchPlace(SearchSource.CONFIGURATION, "/etc/ld.so.conf", "/opt/lib"),
                List.of()));
  }

  @Test
  void theMultiarchDirectoryIsThatOfTheTarget() {
    files
        .file("/top.so", library().aarch64().needs("libq.so"))
        .file("/usr/lib/x86_64-linux-gnu/libq.so", library())
        .file("/usr/lib/aarch64-linux-gnu/libq.so", library().aarch64());

    assertThat(paths(new FakeLoader(files).load("/top.so")))
        .containsExactly("/top.so", "/usr/lib/aarch64-linux-gnu/libq.so");
  }

  @Test
  void withNoDefaultLibrariesOnlyTheConfiguredDirectoriesOutsideAreSearched() {
    files
        .text("/etc/ld.so.conf", "/opt/lib\n/usr/lib/x86_64-linux-gnu\n")
        .file("/top.so", library().noDefaultLibraries().needs("liba.so", "libb.so", "libc1.so"))
        .file("/opt/lib/liba.so", library())
        .file("/usr/lib/x86_64-linux-gnu/libb.so", library())
        .file("/usr/lib/libc1.so", library());

    assertThat(paths(new FakeLoader(files).load("/top.so")))
        .containsExactly("/top.so", "/opt/lib/liba.so");
  }

  @Test
  void ldpathsTakeThePlaceOfTheSystemsDirectories() {
    files
        .text("/etc/ld.so.conf", "/opt/lib\n")
        .file("/top.so", library().needs("liba.so", "libb.so", "libc1.so"))
        .file("/mine/liba.so", library())
        .file("/opt/lib/libb.so", library())
        .file("/usr/lib/libc1.so", library());

    assertThat(paths(new FakeLoader(files).ldpaths("/mine").load("/top.so")))
        .containsExactly("/top.so", "/mine/liba.so");
  }

  @Test
  void theEnvironmentComesBeforeLdpaths() {
    files
        .file("/top.so", library().needs("liba.so"))
        .file("/mine/liba.so", library())
        .file("/env/liba.so", library());

    assertThat(paths(new FakeLoader(files).environment("/env").ldpaths("/mine").load("/top.so")))
        .containsExactly("/top.so", "/env/liba.so");
  }

  @Test
  void aNeededPathIsTakenAsItIs() {
    files
        .file("/top.so", library().runpath("/r").needs("/abs/libabs.so.2"))
        .file("/abs/libabs.so.2", library());

    assertThat(paths(new FakeLoader(files).load("/top.so")))
        .containsExactly("/top.so", "/abs/libabs.so.2");
  }

  @Test
  void aNeededPathMayBeginWithOrigin() {
    files
        .file("/d/top.so", library().needs("$ORIGIN/own/liba.so"))
        .file("/d/own/liba.so", library());

    assertThat(paths(new FakeLoader(files).load("/d/top.so")))
        .containsExactly("/d/top.so", "/d/own/liba.so");
  }

  @Test
  void aRelativeNeededPathIsReportedAndMissing() {
    files
        .file("/d/top.so", library().needs("own/liba.so"))
        .file("/own/liba.so", library())
        .file("/d/own/liba.so", library());

    DependencyTree tree = new FakeLoader(files).load("/d/top.so");

    assertThat(resolution(tree, "/d/top.so", "own/liba.so")).isInstanceOf(Resolution.Missing.class);
    assertThat(tree.ignored()).extracting(IgnoredEntry::entry).containsExactly("own/liba.so");
  }

  @Test
  void aBaselineMachineUsesNoHwcapsDirectory() {
    files
        .file("/top.so", library().needs("liba.so"))
        .file("/usr/lib/glibc-hwcaps/x86-64-v3/liba.so", library())
        .file("/usr/lib/liba.so", library());

    assertThat(paths(new FakeLoader(files).load("/top.so")))
        .containsExactly("/top.so", "/usr/lib/liba.so");
  }

  @Test
  void aMachineOfAHigherLevelTakesTheBestHwcapsDirectoryItCanUse() {
    files
        .file("/top.so", library().needs("liba.so"))
        .file("/usr/lib/glibc-hwcaps/x86-64-v4/liba.so", library())
        .file("/usr/lib/glibc-hwcaps/x86-64-v3/liba.so", library())
        .file("/usr/lib/glibc-hwcaps/x86-64-v2/liba.so", library())
        .file("/usr/lib/liba.so", library());

    assertThat(paths(new FakeLoader(files).isaLevel(3).load("/top.so")))
        .containsExactly("/top.so", "/usr/lib/glibc-hwcaps/x86-64-v3/liba.so");
  }

  @Test
  void aLibraryThatOnlyBetterProcessorsFindIsMissingAndNoted() {
    files
        .file("/top.so", library().needs("liba.so"))
        .file("/usr/lib/glibc-hwcaps/x86-64-v3/liba.so", library());

    assertThat(resolution(new FakeLoader(files).load("/top.so"), "/top.so", "liba.so"))
        .isInstanceOfSatisfying(
            Resolution.Missing.class,
            missing ->
                assertThat(missing.skipped())
                    .containsExactly(
                        new SkippedCandidate(
                            "/usr/lib/glibc-hwcaps/x86-64-v3/liba.so",
                            "only for processors above the baseline")));
  }

  @Test
  void everySearchedDirectoryOfAMissingLibraryIsNamedOnce() {
    files
        .text("/etc/ld.so.conf", "/opt/lib\n")
        .file("/d/top.so", library().runpath("$ORIGIN:/d").needs("liba.so"));

    assertThat(
            resolution(
                new FakeLoader(files).environment("/env").load("/d/top.so"),
                "/d/top.so",
                "liba.so"))
        .isInstanceOfSatisfying(
            Resolution.Missing.class,
            missing ->
                assertThat(missing.searched())
                    .extracting(SearchPlace::directory)
                    .containsExactly(
                        "/env",
                        "/d",
                        "/opt/lib",
                        "/lib/x86_64-linux-gnu",
                        "/usr/lib/x86_64-linux-gnu",
                        "/lib64",
                        "/usr/lib64",
                        "/lib",
                        "/usr/lib"));
  }

  @Test
  void anExcludedNameIsNotLookedUpNorDescendedInto() {
    files
        .file("/top.so", library().needs("libq.so.1", "libr.so"))
        .file("/lib/libq.so.1", library().needs("libz.so"))
        .file("/lib/libr.so", library())
        .file("/lib/libz.so", library());

    DependencyTree tree = new FakeLoader(files).excluding("libq.so.?").load("/top.so");

    assertThat(paths(tree)).containsExactly("/top.so", "/lib/libr.so");
    assertThat(resolution(tree, "/top.so", "libq.so.1"))
        .isEqualTo(new Resolution.Excluded(ShellPattern.of("libq.so.?"), Optional.empty()));
  }

  @Test
  void anExcludedRealPathCountsAfterItsLinksAreFollowed() {
    files
        .file("/top.so", library().needs("libq.so.1"))
        .link("/lib/libq.so.1", "/opt/vendor/libq.so.1.7")
        .file("/opt/vendor/libq.so.1.7", library());

    assertThat(
            resolution(
                new FakeLoader(files).excluding("/opt/*").load("/top.so"), "/top.so", "libq.so.1"))
        .isEqualTo(
            new Resolution.Excluded(
                ShellPattern.of("/opt/*"), Optional.of("/opt/vendor/libq.so.1.7")));
  }

  @Test
  void namesBeyondAsciiAreBytesOfUtf8() {
    files
        .file("/top.so", library().runpath("/größe").needs("libñ.so"))
        .file("/größe/libñ.so", library());

    assertThat(paths(new FakeLoader(files).load("/top.so")))
        .containsExactly("/top.so", "/größe/libñ.so");
  }

  @Test
  void aFilteredLibraryIsLoadedAsIfItWereNeeded() {
    files
        .file("/top.so", library().rpath("/a").filters("libq.so"))
        .file("/a/libq.so", library().filters("libmissing.so"));

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(paths(tree)).containsExactly("/top.so", "/a/libq.so");
    assertThat(resolution(tree, "/a/libq.so", "libmissing.so"))
        .isInstanceOf(Resolution.Missing.class);
  }

  @Test
  void anAuxiliaryLibraryIsLoadedWhereItIsAndNotMissedWhereItIsNot() {
    files
        .file("/top.so", library().rpath("/a").auxiliary("libq.so").auxiliary("libmissing.so"))
        .file("/a/libq.so", library());

    DependencyTree tree = new FakeLoader(files).load("/top.so");

    assertThat(paths(tree)).containsExactly("/top.so", "/a/libq.so");
    assertThat(tree.root().dependencies()).extracting(Dependency::name).containsExactly("libq.so");
  }
}
