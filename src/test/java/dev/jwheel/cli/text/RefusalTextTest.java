// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.platform.PlatformTag;
import dev.jwheel.repair.RefusalReason;
import dev.jwheel.repair.RepairRefusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the reasons against a repair are told to a person. */
class RefusalTextTest {
  private static final List<String> SYMBOLS = List.of("dlopen", "dlsym", "dlclose", "dlerror");

  private static RefusalReason needs(String file, String library, String version, String first) {
    return needs(file, false, library, version, List.of("f"), Optional.of(first));
  }

  private static RefusalReason needs(
      String file,
      boolean grafted,
      String library,
      String version,
      List<String> symbols,
      Optional<String> first) {
    return new RefusalReason.NewerVersion(
        file,
        grafted,
        library,
        version,
        symbols,
        first.map(tag -> PlatformTag.parse(tag + "_x86_64")));
  }

  private static RefusalReason missing(String file, String library) {
    return new RefusalReason.MissingLibrary(file, library, List.of(), List.of());
  }

  private static List<String> lines(boolean verbose, RefusalReason... reasons) {
    return new RefusalText(
            new RepairRefusal("a.whl", Optional.empty(), List.of(reasons), List.of(), List.of()),
            500,
            verbose)
        .lines();
  }

  @Test
  void aFileHasOneRowForEachLibraryTheNewestFirst() {
    assertThat(
            lines(
                false,
                needs("a.so", "libc.so.6", "GLIBC_2.9", "manylinux_2_12"),
                needs("a.so", "libc.so.6", "GLIBC_2.17", "manylinux_2_17"),
                needs("a.so", "libm.so.6", "GLIBC_2.29", "manylinux_2_31")))
        .containsExactly(
            "  file of the wheel  needs at least  of library  newest symbols first",
            "  a.so               manylinux_2_31  libm.so.6   f@GLIBC_2.29",
            "                     manylinux_2_17  libc.so.6   f@GLIBC_2.17, f@GLIBC_2.9");
  }

  @Test
  void theFileThatNeedsTheNewestStandsFirst() {
    List<String> lines =
        lines(
            false,
            needs("a.so", "libc.so.6", "GLIBC_2.14", "manylinux_2_17"),
            needs("b.so", "libc.so.6", "GLIBC_2.34", "manylinux_2_34"),
            needs("c.so", "libc.so.6", "GLIBC_2.33", "manylinux_2_34"),
            needs("d.so", "libc.so.6", "GLIBC_2.14", "manylinux_2_17"));
    assertThat(lines.subList(1, 5))
        .extracting(line -> line.strip().substring(0, 1))
        .containsExactly("b", "c", "a", "d");
  }

  @Test
  void ofLongNamesFewAreShown() {
    String longName = "_ZN" + "x".repeat(80);
    assertThat(
            lines(
                false,
                needs(
                    "a.so",
                    false,
                    "libstdc++.so.6",
                    "GLIBCXX_3.4.30",
                    List.of(longName, "f"),
                    Optional.of("manylinux_2_35"))))
        .anyMatch(line -> line.endsWith(longName + "@GLIBCXX_3.4.30 and 1 more"));
  }

  @Test
  void theWheelsOwnFilesStandBeforeTheLibrariesToGraft() {
    List<String> lines =
        lines(
            false,
            needs("/lib/a.so", true, "libc.so.6", "GLIBC_2.9", List.of(), Optional.empty()),
            needs("b.so", "libc.so.6", "GLIBC_2.9", "manylinux_2_12"));
    assertThat(lines.get(0)).contains("file of the wheel");
    assertThat(lines.get(1)).contains("b.so");
    assertThat(lines.get(2)).isEmpty();
    assertThat(lines.get(3)).contains("library to graft");
    assertThat(lines.get(4)).contains("/lib/a.so", "what no tag has");
  }

  @Test
  void whatNoTagHasIsNewestOfAll() {
    assertThat(
            lines(
                false,
                needs("a.so", "libc.so.6", "GLIBC_2.41", "manylinux_2_41"),
                needs(
                    "a.so",
                    false,
                    "libc.so.6",
                    "GLIBC_PRIVATE",
                    List.of("_dl_x"),
                    Optional.empty())))
        .last()
        .asString()
        .contains("what no tag has", "_dl_x@GLIBC_PRIVATE, f@GLIBC_2.41");
  }

  @Test
  void manySymbolsAreCountedAndVerboseListsThemByVersion() {
    RefusalReason[] reasons = {
      needs("a.so", false, "libc.so.6", "GLIBC_2.34", SYMBOLS, Optional.of("manylinux_2_34")),
      needs("a.so", "libc.so.6", "GLIBC_2.33", "manylinux_2_34")
    };
    assertThat(lines(false, reasons))
        .anyMatch(line -> line.endsWith("dlclose@GLIBC_2.34 and 2 more"))
        .contains("  -v lists every symbol");
    assertThat(lines(true, reasons))
        .anyMatch(line -> line.endsWith("dlclose@GLIBC_2.34, dlerror@GLIBC_2.34"))
        .anyMatch(line -> line.endsWith("  f@GLIBC_2.33"))
        .doesNotContain("  -v lists every symbol");
  }

  @Test
  void aMissingLibraryIsToldOnceWithEveryFileThatNeedsIt() {
    assertThat(
            lines(
                false,
                missing("c.so", "libx.so.1"),
                missing("a.so", "libx.so.1"),
                missing("b.so", "libw.so.1")))
        .containsExactly(
            "  libw.so.1 was found nowhere; needed by b.so",
            "  libx.so.1 was found nowhere; needed by a.so, c.so");
  }

  @Test
  void whereTheWheelHasAMissingLibraryIsSaidForEachFile() {
    assertThat(
            lines(
                false,
                new RefusalReason.MissingLibrary(
                    "a/b.so", "libx.so.1", List.of("c/libx.so.1"), List.of("$ORIGIN/../c"))))
        .containsExactly(
            "  a/b.so needs libx.so.1, which is not where the loader looks; the wheel has it"
                + " as c/libx.so.1: RPATH $ORIGIN/../c would lead there");
  }

  @Test
  void linesFitATerminal() {
    RepairRefusal refusal =
        new RepairRefusal(
            "a.whl",
            Optional.empty(),
            List.of(
                missing("a".repeat(30) + ".so", "libx.so.1"),
                missing("b".repeat(30) + ".so", "libx.so.1"),
                needs(
                    "c".repeat(30) + ".so",
                    false,
                    "libc.so.6",
                    "GLIBC_2.34",
                    SYMBOLS,
                    Optional.of("manylinux_2_34"))),
            List.of("some advice that is longer than sixty characters are for sure"),
            List.of());
    List<String> lines = new RefusalText(refusal, 60, false).lines();
    assertThat(lines).hasSizeGreaterThan(6).allMatch(line -> line.length() <= 60);
  }

  @Test
  void theOptionsToCopyStandInOneLineOnANarrowTerminalToo() {
    RepairRefusal refusal =
        new RepairRefusal(
            "a.whl",
            Optional.empty(),
            List.of(),
            List.of(),
            List.of("libcuda.so.1", "lib a.so", "libb.so.2"));
    assertThat(new RefusalText(refusal, 40, false).lines())
        .containsExactly(
            "  to leave them to the system: --exclude libcuda.so.1 --exclude 'lib a.so' --exclude"
                + " libb.so.2");
  }
}
