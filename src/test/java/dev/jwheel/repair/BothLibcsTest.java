// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.io.ByteSource;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wheels whose files fit glibc and musl alike: static programs, and files that need no library. */
class BothLibcsTest {
  private static final String BEST = "manylinux1_x86_64.manylinux_2_5_x86_64.musllinux_1_1_x86_64";

  @TempDir Path directory;

  private Workshop wheel(String platforms, String file) throws IOException {
    return Workshop.wheel(directory, "demo-1.0-py3-none-" + platforms)
        .member("demo-1.0.data/scripts/tool", file);
  }

  private static String platforms(RepairedWheel wheel) {
    return String.join(".", wheel.plan().result().platformTags());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/static", "x86_64/static-pie", "x86_64/relocatable.o"})
  void withoutATagOfEitherItGetsTheBestOfBoth(String file) throws Exception {
    assertThat(platforms(wheel("linux_x86_64", file).platform("auto").repair())).isEqualTo(BEST);
  }

  @ParameterizedTest
  @CsvSource({
    "auto, manylinux2014_x86_64.musllinux_1_1_x86_64",
    "manylinux2014, manylinux2014_x86_64.musllinux_1_1_x86_64",
    "musllinux_1_1, manylinux2014_x86_64.musllinux_1_1_x86_64",
    "auto, manylinux_2_28_x86_64.musllinux_1_2_x86_64"
  })
  void theTagsOfBothThatItHasAreKept(String asked, String claimed) throws Exception {
    RepairedWheel repaired = wheel(claimed, "x86_64/static").platform(asked).repair();
    assertThat(repaired.plan().result().platformTags()).contains(claimed.split("\\."));
    assertThat(repaired.plan().report().otherTag()).isPresent();
  }

  @Test
  void theResultCanBeRepairedAgain() throws Exception {
    Workshop shop = wheel("linux_x86_64", "x86_64/static").platform("auto");
    RepairedWheel first = shop.repair();
    assertThat(platforms(shop.output("again").repair(first.file()))).isEqualTo(BEST);
  }

  @Test
  void aNameForOneLibcGetsNoTagOfTheOther() throws Exception {
    assertThat(platforms(wheel("manylinux2014_x86_64", "x86_64/static").platform("auto").repair()))
        .isEqualTo("manylinux1_x86_64.manylinux2014_x86_64.manylinux_2_5_x86_64");
  }

  @Test
  void theOtherLibcCanBeAskedFor() throws Exception {
    Workshop shop = wheel("manylinux2014_x86_64", "x86_64/static").platform("musllinux_1_2");
    assertThat(platforms(shop.repair()))
        .isEqualTo("manylinux2014_x86_64.musllinux_1_1_x86_64.musllinux_1_2_x86_64");
  }

  @Test
  void tagsOfBothCanBeAskedFor() throws Exception {
    Workshop shop =
        wheel("linux_x86_64", "x86_64/static").platform("manylinux2014", "musllinux_1_2");
    assertThat(platforms(shop.onlyPlatform().repair()))
        .isEqualTo("manylinux2014_x86_64.manylinux_2_17_x86_64.musllinux_1_2_x86_64");
  }

  @Test
  void severalTagsOfOneLibcAreReachedByTheMostPortable() throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .library("libver.so.1", "libver.so.1")
            .platform("manylinux_2_28", "manylinux2014");
    assertThat(platforms(shop.onlyPlatform().repair()))
        .isEqualTo("manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64");
  }

  @Test
  void filesOfOneLibcAreRefusedBoth() throws Exception {
    assertThat(
            Workshop.wheel(directory)
                .member("demo/m.so", "m-glibc-2.34.so")
                .platform("manylinux_2_34", "musllinux_1_2")
                .refusal())
        .anyMatch(reason -> reason.contains("made for glibc, the tag is for musl"));
  }

  /** From CPython 3.11 on the suffix of a module names the C library. */
  @ParameterizedTest
  @CsvSource({
    "m.cpython-311-x86_64-linux-gnu.so, false",
    "m.cpython-310-x86_64-linux-gnu.so, true",
    "m.cpython-311-x86_64-linux-musl.so, false",
    "m.abi3.so, true"
  })
  void theSuffixOfAModuleBindsItToItsLibc(String name, boolean both) throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory, "demo-1.0-py3-none-linux_x86_64")
            .member("demo/" + name, "x86_64/libdep.so.1")
            .platform("auto")
            .plan();
    assertThat(plan.report().otherTag().isPresent()).isEqualTo(both);
  }

  @Test
  void aLibraryFromOutsideLeavesTheLibcUnknown() throws Exception {
    ByteSource content = ByteSource.of(Workshop.file("x86_64/libdep.so.1"));
    ElfEdits edits = ElfEdits.builder().addNeeded("libother.so.1").build();
    ByteArrayOutputStream needing = new ByteArrayOutputStream();
    ElfEditor.edit(ElfBytes.of("m.so", content), edits)
        .applyTo(content, Channels.newChannel(needing));
    Workshop shop =
        Workshop.wheel(directory, "demo-1.0-py3-none-linux_x86_64")
            .member("demo/m.so", needing.toByteArray());
    assertThatThrownBy(() -> shop.platform("auto").plan())
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("--plat manylinux_... or musllinux_... settles it");
  }

  @Test
  void whatFitsNeitherHasNoOtherTag() throws Exception {
    RepairPlan plan =
        wheel("linux_x86_64", "x86_64/static")
            .member("demo-1.0.data/purelib/demo/m.so", "x86_64/libdep.so.1")
            .platform("linux")
            .plan();
    assertThat(plan.report().otherTag()).isEmpty();
    assertThat(plan.report().overallPolicy()).isEmpty();
  }
}
