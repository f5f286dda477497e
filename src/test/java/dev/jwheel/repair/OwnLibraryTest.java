// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.elf.VersionNeed;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Libraries that are needed by a path or by a name that is not their file's, and libraries that a
 * wheel has already, or more than once.
 */
class OwnLibraryTest {
  @TempDir Path directory;

  /** A module whose DT_NEEDED and version need for libver.so.1 have another name. */
  private static byte[] needs(String name) throws Exception {
    return Workshop.edited(
        "m-ver.so", ElfEdits.builder().replaceNeeded("libver.so.1", name).build());
  }

  private static byte[] withSoname(String file, String soname) throws Exception {
    return Workshop.edited(file, ElfEdits.builder().soname(soname).build());
  }

  private static List<String> notes(RepairedWheel wheel) {
    return wheel.plan().notes().stream().map(RepairNote::sentence).toList();
  }

  private static List<Finding> findings(RepairPlan plan, FindingCode code) {
    return plan.report().findings().stream().filter(found -> found.code() == code).toList();
  }

  /** As the linker writes it for a library without SONAME that was given by a path. */
  @ParameterizedTest
  @CsvSource({
    "build/libver.so, /src, src/build/libver.so",
    "./libver.so, /src, src/libver.so",
    "../libver.so, /src/sub, src/libver.so",
    "build/libver.so, /src, src/libver.so",
    "build/libver.so, /src, lib/build/libver.so",
    "build/libver.so, /src, lib/libver.so",
    "/gone/build/libver.so, /src, lib/libver.so"
  })
  void aNeededPathIsLookedForWhereTheRunStartsAndWhereLibrariesAreByAllAndItsLastName(
      String needed, String startedIn, String place) throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", needs(needed))
            .library("src/sub/other", "libver.so.1")
            .library(place, "libver.so.1")
            .startedIn(startedIn)
            .repair();
    String graft = wheel.in("demo.libs").get(0);
    assertThat(wheel.elf("demo/m.so").needed()).contains(graft).doesNotContain(needed);
    assertThat(wheel.elf("demo/m.so").versionNeeds())
        .extracting(VersionNeed::file)
        .contains(graft)
        .doesNotContain(needed);
  }

  @Test
  void aNeededPathThatIsFoundNowhereIsRefusedWithWhatItIs() throws Exception {
    RepairException refusal =
        Workshop.wheel(directory).member("demo/m.so", needs("build/libver.so")).refused();
    assertThat(refusal.notes()).anyMatch(note -> note.contains("--replace-needed"));
    assertThat(refusal.excludable()).isEmpty();
  }

  @Test
  void ofANeededPathTheLastNameMayBeALibraryOfTheWheel() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", needs("build/libver.so"))
            .member("demo/lib/libver.so", "libver.so.1")
            .repair();
    assertThat(wheel.elf("demo/m.so").needed()).contains("libver.so");
    assertThat(wheel.elf("demo/m.so").rpath()).contains("$ORIGIN/lib");
    assertThat(wheel.in("demo.libs")).isEmpty();
  }

  /** The links were lost when the wheel was made; auditwheel cannot locate the library. */
  @Test
  void aLibraryUnderAnotherFileNameIsFoundByItsSonameAndTheNeedIsCorrected() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", Workshop.withRunPath("m-ver.so", RpathKind.RPATH, "$ORIGIN/lib"))
            .member("demo/lib/libver.so", "libver.so.1")
            .repair();
    assertThat(wheel.elf("demo/m.so").needed()).contains("libver.so").doesNotContain("libver.so.1");
    assertThat(wheel.elf("demo/m.so").versionNeeds())
        .extracting(VersionNeed::file)
        .contains("libver.so");
    assertThat(wheel.elf("demo/m.so").rpath()).contains("$ORIGIN/lib");
    assertThat(wheel.content("demo/lib/libver.so")).isEqualTo(Workshop.file("libver.so.1"));
  }

  @ParameterizedTest
  @CsvSource({"libver.so.1", "libver.so"})
  void theWheelsOwnLibraryCountsWhereTheHostHasItToo(String fileName) throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .member("demo/lib/" + fileName, "libver.so.1")
            .library("libver.so.1", "libver.so.1")
            .repair();
    assertThat(wheel.in("demo.libs")).isEmpty();
    assertThat(wheel.elf("demo/m.so").needed()).contains(fileName);
    assertThat(wheel.elf("demo/m.so").rpath()).contains("$ORIGIN/lib");
  }

  @Test
  void aGraftThatNeedsALibraryOfTheWheelReachesIt() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-top.so")
            .member("demo/lib/libver.so", "libver.so.1")
            .library("libtop.so.1", "libtop.so.1")
            .library("libver.so.1", "libver.so.1")
            .repair();
    String graft = wheel.in("demo.libs").get(0);
    assertThat(wheel.in("demo.libs")).hasSize(1);
    assertThat(wheel.elf("demo.libs/" + graft).needed()).contains("libver.so");
    assertThat(wheel.elf("demo.libs/" + graft).rpath()).contains("$ORIGIN/../demo/lib");
  }

  @Test
  void aLibraryOfTheWheelWithoutTheNeededVersionDoesNotCountAndIsReportedBesideTheGraft()
      throws Exception {
    byte[] other = withSoname("libone.so.1", "libver.so.1");
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .member("demo/lib/libver.so.1", other)
            .library("libver.so.1", "libver.so.1")
            .repair();
    String graft = wheel.in("demo.libs").get(0);
    assertThat(wheel.elf("demo/m.so").needed()).contains(graft);
    assertThat(notes(wheel))
        .singleElement()
        .asString()
        .contains("demo.libs/" + graft, "/lib/libver.so.1", "demo/lib/libver.so.1");
  }

  @Test
  void oneLibraryUnderSeveralNamesIsReportedWithThePaths() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", Workshop.withRunPath("m-ver.so", RpathKind.RPATH, "$ORIGIN/lib"))
            .member("demo/lib/libver.so", "libver.so.1")
            .member("demo/lib/libver.so.1", "libver.so.1")
            .member("demo/lib/libver.so.1.0", "libver.so.1")
            .repair();
    assertThat(findings(wheel.plan(), FindingCode.SAME_SONAME)).isEmpty();
    Finding finding = findings(wheel.plan(), FindingCode.DUPLICATE_LIBRARY).get(0);
    assertThat(finding.message())
        .contains("same content", "demo/lib/libver.so.1, demo/lib/libver.so.1.0");
    assertThat(notes(wheel)).containsExactly("demo/lib/libver.so " + finding.message());
  }

  @Test
  void twoLibrariesOfOneSonameAreReportedWithThePaths() throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-plain.so")
            .member("demo/a/libq.so.1", "libq-a.so.1")
            .member("demo/b/libq.so.1", "libq-b.so.1")
            .plan();
    assertThat(findings(plan, FindingCode.DUPLICATE_LIBRARY)).isEmpty();
    Finding finding = findings(plan, FindingCode.SAME_SONAME).get(0);
    assertThat(finding.file()).isEqualTo("demo/a/libq.so.1");
    assertThat(finding.subject()).isEqualTo("libq.so.1");
    assertThat(finding.message()).contains("demo/b/libq.so.1");
  }
}
