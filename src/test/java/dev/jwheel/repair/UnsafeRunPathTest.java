// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.Severity;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run paths that search the current directory or a fixed one are found and taken out. */
class UnsafeRunPathTest {
  @TempDir Path directory;

  /** A module of a wheel in which nothing is grafted. */
  private Workshop plain(RpathKind kind, String path) throws Exception {
    return Workshop.wheel(directory)
        .member("demo/m.so", Workshop.withRunPath("m-plain.so", kind, path));
  }

  /** As auditwheel made them until 2024: grafted libraries with the directory as it is called. */
  private Workshop grafted(String path) throws Exception {
    return Workshop.wheel(directory)
        .member("demo/m.so", Workshop.withRunPath("m-top.so", RpathKind.RPATH, "$ORIGIN/../d.libs"))
        .member("d.libs/libtop.so.1", Workshop.withRunPath("libtop.so.1", RpathKind.RPATH, path))
        .member("d.libs/libver.so.1", Workshop.file("libver.so.1"));
  }

  private static List<String> notes(RepairedWheel wheel) {
    return wheel.plan().notes().stream().map(RepairNote::sentence).toList();
  }

  private static List<Finding> findings(RepairPlan plan, FindingCode code) {
    return plan.report().findings().stream().filter(found -> found.code() == code).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.libs", "./d.libs/", "d.libs/."})
  void aRelativeEntryThatNamesALibraryDirectoryOfTheWheelBecomesTheWayThere(String path)
      throws Exception {
    RepairedWheel wheel = grafted(path).repair();
    assertThat(wheel.elf("d.libs/libtop.so.1").rpath()).contains("$ORIGIN");
    assertThat(notes(wheel))
        .containsExactly("the run path entry " + path + " becomes $ORIGIN in d.libs/libtop.so.1");
    Finding danger = findings(wheel.plan(), FindingCode.RPATH_RELATIVE).get(0);
    assertThat(danger.severity()).isEqualTo(Severity.DANGER);
    assertThat(danger.file()).isEqualTo("d.libs/libtop.so.1");
    assertThat(danger.message()).contains("RPATH", path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "elsewhere",
        ".",
        "..",
        "demo/../demo",
        "$LIB",
        "${PLATFORM}/x",
        "$ORIGINAL",
        "a b",
        "demo.libs"
      })
  void everyOtherRelativeEntryIsDroppedAlsoWhereNothingIsGrafted(String entry) throws Exception {
    RepairedWheel wheel = plain(RpathKind.RUNPATH, "$ORIGIN:" + entry).repair();
    String left = wheel.elf("demo/m.so").runpath().orElseThrow();
    assertThat(left).isIn("$ORIGIN", "$ORIGIN:$ORIGIN/../demo.libs");
    assertThat(findings(wheel.plan(), FindingCode.RPATH_RELATIVE)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {":$ORIGIN", "$ORIGIN:", "$ORIGIN::$ORIGIN"})
  void anEmptyEntryBesideOthersIsDropped(String path) throws Exception {
    RepairedWheel wheel = plain(RpathKind.RPATH, path).repair();
    assertThat(wheel.elf("demo/m.so").rpath()).contains("$ORIGIN");
    assertThat(notes(wheel)).containsExactly("run paths lose an empty entry in demo/m.so");
  }

  @Test
  void anAbsoluteEntryIsDroppedWhateverTheHostHasThere() throws Exception {
    RepairedWheel wheel =
        plain(RpathKind.RUNPATH, "/opt/none:$ORIGIN:/lib")
            .library("libver.so.1", "libver.so.1")
            .repair();
    assertThat(wheel.elf("demo/m.so").runpath()).contains("$ORIGIN");
    assertThat(notes(wheel)).containsExactly("run paths lose /opt/none, /lib in demo/m.so");
    Finding finding = findings(wheel.plan(), FindingCode.RPATH_ABSOLUTE).get(0);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.subject()).isEqualTo("/opt/none, /lib");
  }

  @Test
  void aRunPathOfWhichNothingIsLeftIsRemoved() throws Exception {
    RepairedWheel wheel = plain(RpathKind.RPATH, "/opt/lib:lib").repair();
    assertThat(wheel.elf("demo/m.so").rpath()).isEmpty();
    assertThat(wheel.elf("demo/m.so").runpath()).isEmpty();
  }

  @Test
  void entriesFromOriginStayWhereNothingIsGraftedAndThoseThatLeaveAreReported() throws Exception {
    RepairedWheel wheel =
        plain(RpathKind.RUNPATH, "$ORIGIN/../torch/lib:$ORIGIN/../../../lib").repair();
    assertThat(wheel.content("demo/m.so")).isEqualTo(wheel(wheel, "demo/m.so"));
    assertThat(findings(wheel.plan(), FindingCode.RPATH_OUTSIDE))
        .singleElement()
        .satisfies(found -> assertThat(found.subject()).isEqualTo("$ORIGIN/../../../lib"));
  }

  private byte[] wheel(RepairedWheel result, String member) throws Exception {
    return new RepairedWheel(directory.resolve("in").resolve(inputName()), result.plan())
        .content(member);
  }

  private String inputName() {
    return "demo-1.0-cp311-cp311-linux_x86_64.whl";
  }

  @Test
  void theWayToAnExcludedLibraryStaysBesideAGraftAndIsReported() throws Exception {
    RepairedWheel wheel = needsExcluded("$ORIGIN/../../..:/opt/mkl/lib:rel").repair();
    assertThat(wheel.elf("demo/m.so").rpath())
        .contains("$ORIGIN/../../..:/opt/mkl/lib:$ORIGIN/../demo.libs");
    assertThat(notes(wheel))
        .contains(
            "run paths lose rel in demo/m.so",
            "run paths keep $ORIGIN/../../.., /opt/mkl/lib for an excluded library in demo/m.so");
  }

  @Test
  void whatLeavesTheWheelIsDroppedBesideAGraftAndReportedWhereNothingIsExcluded() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-runpath.so")
            .library("libver.so.1", "libver.so.1")
            .repair();
    assertThat(notes(wheel))
        .containsExactly("run paths lose /opt/x, $ORIGIN/../.., rel in demo/m.so");
  }

  /** A library searches by the RPATH of what loads it, but not by its RUNPATH. */
  @Test
  void anExcludedNeedOfALoadedLibraryCountsWhereItInheritsTheRunPath() throws Exception {
    Workshop inherited = ofParent(RpathKind.RPATH);
    assertThat(inherited.repair().elf("demo/m.so").rpath()).contains("$ORIGIN/../d.libs:/opt/lib");
    Workshop own = ofParent(RpathKind.RUNPATH).output("own");
    assertThat(own.repair().elf("demo/m.so").runpath()).contains("$ORIGIN/../d.libs");
  }

  private Workshop ofParent(RpathKind kind) throws Exception {
    String path = "$ORIGIN/../d.libs:/opt/lib";
    return Workshop.wheel(directory)
        .member("demo/m.so", Workshop.withRunPath("m-top.so", kind, path))
        .member("d.libs/libtop.so.1", Workshop.withRunPath("libtop.so.1", RpathKind.RPATH, ""))
        .exclude("libver.so.1");
  }

  private Workshop needsExcluded(String path) throws Exception {
    byte[] module =
        Workshop.edited(
            "m-ver.so",
            ElfEdits.builder()
                .addNeeded("libmkl_rt.so.2")
                .rpath(new RpathEdit.SetTo(path, RpathKind.RUNPATH))
                .build());
    return Workshop.wheel(directory)
        .member("demo/m.so", module)
        .library("libver.so.1", "libver.so.1")
        .exclude("libmkl*");
  }

  @Test
  void onlyRunPathsLeavesTagsMetadataAndEveryOtherFileAlone() throws Exception {
    RepairedWheel wheel =
        grafted("d.libs:/opt/x")
            .member("demo/needs.so", "m-glibc-2.34.so")
            .member("demo/n.so", "m-plain.so")
            .onlyRunPaths()
            .repair();
    assertThat(wheel.fileName()).isEqualTo(inputName());
    assertThat(wheel.elf("d.libs/libtop.so.1").rpath()).contains("$ORIGIN");
    for (String member : wheel.names()) {
      if (!member.endsWith("/RECORD") && !member.equals("d.libs/libtop.so.1")) {
        assertThat(wheel.content(member)).as(member).isEqualTo(wheel(wheel, member));
      }
    }
    assertThat(wheel.recordDefects()).isEmpty();
    assertThat(wheel.plan().edits()).hasSize(1);
  }

  @Test
  void onlyRunPathsKeepsTheKindOfEntry() throws Exception {
    RepairedWheel wheel = plain(RpathKind.RUNPATH, "$ORIGIN:lib").onlyRunPaths().repair();
    assertThat(wheel.elf("demo/m.so").runpath()).contains("$ORIGIN");
    assertThat(wheel.elf("demo/m.so").rpath()).isEmpty();
  }

  @Test
  void onlyRunPathsNeedsNoTagThatTheWheelDeserves() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", Workshop.withRunPath("m-glibc-2.34.so", RpathKind.RPATH, "lib:/x"))
            .onlyRunPaths()
            .repair();
    assertThat(wheel.elf("demo/m.so").rpath()).isEmpty();
    assertThat(wheel.elf("demo/m.so").needed()).contains("libnowhere.so.1");
  }

  /** The real loader takes the planted library before the repair, and the wheel's after it. */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void aLibraryPlantedInTheCurrentDirectoryIsLoadedBeforeTheRepairAndNotAfter() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs a Python");
    Workshop shop = grafted("d.libs").onlyRunPaths();
    Path planted = Files.createDirectories(directory.resolve("cwd/d.libs")).resolve("libver.so.1");
    Files.write(planted, Workshop.file("libver.so.1"));
    RepairedWheel repaired = shop.repair();
    Path before = installed("before", new RepairedWheel(shop.make(), repaired.plan()));
    Path after = installed("after", repaired);
    assertThat(loaded(before)).contains(planted.toRealPath().toString());
    assertThat(loaded(after))
        .doesNotContain(planted.toRealPath().toString())
        .contains(after.toRealPath().resolve("d.libs/libver.so.1").toString());
  }

  private Path installed(String name, RepairedWheel wheel) throws Exception {
    Path target = directory.resolve(name);
    for (String member : wheel.names()) {
      Files.createDirectories(target.resolve(member).getParent());
      Files.write(target.resolve(member), wheel.content(member));
    }
    return target;
  }

  /** The files that are mapped once the module is loaded by a Python in the directory. */
  private List<String> loaded(Path installed) throws Exception {
    String script =
        "import ctypes, sys; ctypes.CDLL(sys.argv[1]);"
            + " print(*{l.split()[-1] for l in open('/proc/self/maps')}, sep='\\n')";
    Process process =
        new ProcessBuilder(
                "/usr/bin/python3", "-c", script, installed.resolve("demo/m.so").toString())
            .directory(directory.resolve("cwd").toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(output).isZero();
    return output.lines().toList();
  }
}
