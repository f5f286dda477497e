// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the files of a wheel find the libraries in it, wherever an installer puts them. */
class RunPathTest {
  @TempDir Path directory;

  private Workshop with(String path, String file) throws Exception {
    return Workshop.wheel(directory).member(path, file).library("libver.so.1", "libver.so.1");
  }

  @Test
  void aModuleAtTheTopReachesDownIntoTheLibraryDirectory() throws Exception {
    RepairedWheel wheel = with("m.so", "m-ver.so").repair();
    assertThat(wheel.elf("m.so").rpath()).contains("$ORIGIN/demo.libs");
  }

  /** auditwheel writes the way through the archive, {@code $ORIGIN/../../../demo.libs}. */
  @Test
  void case22AFileInPlatlibGetsThePathItNeedsOnceInstalled() throws Exception {
    RepairedWheel wheel = with("demo-1.0.data/platlib/bin/p", "p-ver").repair();
    assertThat(wheel.elf("demo-1.0.data/platlib/bin/p").rpath()).contains("$ORIGIN/../demo.libs");
  }

  /** auditwheel's asks sysconfig, which is wrong for {@code --user} and {@code --target}. */
  @Test
  void case22AProgramAmongTheScriptsMovesAndLeavesAScriptThatStartsIt() throws Exception {
    RepairedWheel wheel = with("demo-1.0.data/scripts/p", "p-ver").repair();
    assertThat(wheel.elf("demo.scripts/p").rpath()).contains("$ORIGIN/../demo.libs");
    assertThat(wheel.text("demo-1.0.data/scripts/p"))
        .startsWith("#!python\n")
        .contains("\"demo.scripts/p\"", "DISTRIBUTION = \"demo\"")
        .doesNotContain("\r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u2028b", "a\fb"})
  void aProgramThatAScriptWouldStartIsRefusedIfItsNameHasALineEnd(String name) throws Exception {
    assertThat(with("demo-1.0.data/scripts/" + name, "p-ver").refusal())
        .anyMatch(reason -> reason.contains("line"));
  }

  @Test
  void case22AProgramThatNeedsNothingStaysUntouched() throws Exception {
    RepairedWheel wheel =
        with("demo-1.0.data/scripts/p", "p-plain").member("m.so", "m-ver.so").repair();
    assertThat(wheel.content("demo-1.0.data/scripts/p")).isEqualTo(Workshop.file("p-plain"));
    assertThat(wheel.in("demo.scripts")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"headers/p", "scripts/m.so"})
  void aFileInstalledWhereNoWayLeadsBackIsRefused(String place) throws Exception {
    String file = place.endsWith(".so") ? "m-ver.so" : "p-ver";
    assertThat(with("demo-1.0.data/" + place, file).refusal())
        .singleElement()
        .asString()
        .contains("demo-1.0.data/" + place, "platlib");
  }

  @Test
  void elfInPurelibIsRefusedUnlessItIsAllowed() throws Exception {
    Workshop shop = with("demo-1.0.data/purelib/demo/m.so", "m-ver.so");
    assertThat(shop.refusal()).anyMatch(reason -> reason.contains("purelib"));
    RepairedWheel wheel = shop.allowPurelib().repair();
    assertThat(wheel.elf("demo-1.0.data/purelib/demo/m.so").rpath())
        .contains("$ORIGIN/../demo.libs");
  }

  @Test
  void case23OfTheRunPathOnlyWhatStaysInTheWheelIsKept() throws Exception {
    RepairedWheel wheel = with("demo/m.so", "m-runpath.so").repair();
    assertThat(wheel.elf("demo/m.so").rpath())
        .contains("$ORIGIN/inner:$ORIGIN/..:$ORIGIN/../demo.libs");
    assertThat(wheel.elf("demo/m.so").runpath()).isEmpty();
  }

  @Test
  void aFileThatNeedsNothingNewKeepsItsBytes() throws Exception {
    RepairedWheel wheel = with("demo/m.so", "m-ver.so").member("demo/n.so", "m-plain.so").repair();
    assertThat(wheel.content("demo/n.so")).isEqualTo(Workshop.file("m-plain.so"));
  }

  /** auditwheel fails here: the library "could not be located". */
  @Test
  void aLibraryOfTheWheelThatNothingLeadsToGetsReached() throws Exception {
    RepairedWheel wheel =
        with("demo/m.so", "m-internal.so")
            .member("demo/a/liba.so", "liba.so")
            .member("demo/b/libb.so", "libb.so")
            .repair();
    String graft = wheel.in("demo.libs").get(0);
    assertThat(wheel.elf("demo/m.so").rpath()).contains("$ORIGIN/a:$ORIGIN/b");
    assertThat(wheel.elf("demo/a/liba.so").rpath()).contains("$ORIGIN/../b");
    assertThat(wheel.elf("demo/b/libb.so").rpath()).contains("$ORIGIN/../../demo.libs");
    assertThat(wheel.elf("demo/b/libb.so").needed()).contains(graft);
    assertThat(wheel.plan().notes())
        .extracting(RepairNote::sentence)
        .containsExactly(
            "run paths lead to demo/a/liba.so from demo/m.so",
            "run paths lead to demo/b/libb.so from demo/m.so, demo/a/liba.so");
  }

  @Test
  void librariesThatReachEachOtherAlreadyKeepTheirWays() throws Exception {
    RepairedWheel wheel =
        with("demo/m.so", "m-internal-runpath.so")
            .member("demo/a/liba.so", "liba-runpath.so")
            .member("demo/b/libb.so", "libb.so")
            .repair();
    assertThat(wheel.content("demo/m.so")).isEqualTo(Workshop.file("m-internal-runpath.so"));
    assertThat(wheel.content("demo/a/liba.so")).isEqualTo(Workshop.file("liba-runpath.so"));
    assertThat(wheel.elf("demo/b/libb.so").rpath()).contains("$ORIGIN/../../demo.libs");
  }

  @Test
  void whereTwoLibrariesOfTheWheelMayBeMeantBothAreNamedAndNoneIsTaken() throws Exception {
    List<String> reasons =
        with("demo/m.so", "m-internal.so")
            .member("demo/a/liba.so", "liba.so")
            .member("demo/b/libb.so", "libb.so")
            .member("demo/c/libb.so", "libb.so")
            .refusal();
    assertThat(reasons)
        .anyMatch(
            reason ->
                reason.startsWith("demo/m.so needs libb.so")
                    && reason.contains("demo/b/libb.so")
                    && reason.contains("$ORIGIN/c"));
  }

  @Test
  void spareAndroidHasRunPathsFromApiLevel24On() throws Exception {
    RepairedWheel wheel = android("android_24_arm64_v8a").repair();
    assertThat(wheel.elf("demo/m.so").runpath()).contains("$ORIGIN/../demo.libs");
    assertThat(wheel.elf("demo/m.so").rpath()).isEmpty();
  }

  @Test
  void spareAndroidBeforeApiLevel24IsRefused() throws Exception {
    assertThat(android("android_21_arm64_v8a").refusal())
        .anyMatch(reason -> reason.contains("DT_RUNPATH"));
  }

  private Workshop android(String tag) throws Exception {
    return Workshop.wheel(directory, "demo-1.0-cp313-cp313-" + tag)
        .platform(tag)
        .member("demo/m.so", "android-m.so")
        .library("libver.so", "android-libver.so");
  }
}
