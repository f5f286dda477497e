// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.link.RunPathEntry.Start;
import dev.jwheel.platform.Libc;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the entries of run paths begin, as each loader reads them. */
class RunPathEntryTest {

  private static List<Start> starts(Libc libc, String path) {
    return RunPathEntry.of(TinyElf.library("liba.so").runpath(path).facts(), libc).stream()
        .map(RunPathEntry::start)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lib",
        ".",
        "..",
        "./lib",
        "$LIB",
        "${LIB}/x",
        "$PLATFORM",
        "${PLATFORM}/x",
        "$ORIGINAL/x",
        "${ORIGIN",
        "x$ORIGIN",
        " /x"
      })
  void ofGlibcWhatDoesNotBeginWithASlashOrOriginIsTheCurrentDirectory(String entry) {
    assertThat(starts(Libc.GLIBC, entry)).containsExactly(Start.WORKING_DIRECTORY);
  }

  @ParameterizedTest
  @CsvSource({
    "$ORIGIN,''",
    "${ORIGIN},''",
    "$ORIGIN/../lib,/../lib",
    "${ORIGIN}.libs,.libs",
    "$ORIGIN/$LIB,/$LIB"
  })
  void originIsTheDirectoryOfTheFileAndTheRestFollowsIt(String entry, String rest) {
    RunPathEntry only =
        RunPathEntry.of(TinyElf.library("liba.so").runpath(entry).facts(), Libc.GLIBC).get(0);
    assertThat(only.start()).isEqualTo(Start.ORIGIN);
    assertThat(only.rest()).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$ORIGIN:", ":$ORIGIN", "$ORIGIN::$ORIGIN"})
  void anEmptyEntryBesideOthersIsTheCurrentDirectoryForGlibcOnly(String path) {
    assertThat(starts(Libc.GLIBC, path))
        .containsExactlyInAnyOrder(Start.ORIGIN, Start.WORKING_DIRECTORY);
    assertThat(starts(Libc.MUSL, path)).containsExactly(Start.ORIGIN);
    assertThat(starts(Libc.BIONIC, path)).containsExactly(Start.ORIGIN);
  }

  @Test
  void muslIgnoresThePathWithATokenItDoesNotKnowAndDividesAtLineEnds() {
    assertThat(starts(Libc.MUSL, "lib:$LIB")).isEmpty();
    assertThat(starts(Libc.MUSL, "/a\nb")).containsExactly(Start.ROOT, Start.WORKING_DIRECTORY);
    assertThat(starts(Libc.GLIBC, "/a\nb")).containsExactly(Start.ROOT);
  }

  @Test
  void runpathCountsWhereThereAreBothAndAndroidKnowsNoOther() {
    TinyElf both = TinyElf.library("liba.so").rpath("lib").runpath("/lib");
    assertThat(RunPathEntry.of(both.facts(), Libc.GLIBC))
        .extracting(RunPathEntry::text)
        .containsExactly("/lib");
    TinyElf old = TinyElf.library("liba.so").rpath("lib");
    assertThat(RunPathEntry.of(old.facts(), Libc.BIONIC)).isEmpty();
    assertThat(RunPathEntry.of(old.facts(), Libc.MUSL)).hasSize(1);
  }

  @Test
  void aMessageHoldsTheFirstEntriesCutToALine() {
    String listed = RunPathEntry.listed(List.of("a", "", "x".repeat(100_000), "b", "c"));
    assertThat(listed).startsWith("a, an empty entry, xxx").endsWith("... and 2 more");
    assertThat(listed.length()).isLessThan(300);
  }
}
