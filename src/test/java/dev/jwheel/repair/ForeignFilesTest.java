// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.platform.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ELF files for other machines: data, unless Python or the loader would load them. */
class ForeignFilesTest {
  private static final int E_MACHINE = 18;

  @TempDir Path directory;

  /** A file of the tests with another e_machine. */
  private static byte[] forMachine(int machine, String file) throws IOException {
    byte[] content = Workshop.file(file);
    content[E_MACHINE] = (byte) machine;
    content[E_MACHINE + 1] = (byte) (machine >> 8);
    return content;
  }

  private Workshop wheel() throws IOException {
    return Workshop.wheel(directory).member("demo/m.so", "m-plain.so");
  }

  @Test
  void aLibraryThatNothingLoadsIsKeptWithANote() throws Exception {
    byte[] foreign = Workshop.file("armv7l/normal.so");
    RepairedWheel repaired =
        wheel().member("demo/natives/arm/libnat.so", foreign).platform("auto").repair();
    assertThat(repaired.content("demo/natives/arm/libnat.so")).isEqualTo(foreign);
    assertThat(repaired.plan().result().platformTags()).contains("manylinux_2_5_x86_64");
    assertThat(repaired.plan().notes())
        .extracting(RepairNote::sentence)
        .containsExactly(
            "demo/natives/arm/libnat.so is for armv7l, the wheel for x86_64: not judged");
  }

  @ParameterizedTest
  @CsvSource({
    "190, CUDA",
    "224, AMD GPU",
    "247, BPF",
    "83, AVR",
    "4711, e_machine 4711",
  })
  void theMachineIsNamed(int machine, String name) throws Exception {
    RepairPlan plan =
        wheel().member("demo/fw/k.bin", forMachine(machine, "libver.so.1")).platform("auto").plan();
    assertThat(Machine.nameOf(machine)).isEqualTo(name);
    assertThat(plan.notes())
        .singleElement()
        .satisfies(note -> assertThat(note.sentence()).contains("is for " + name + ", the wheel"));
  }

  @Test
  void oneNoteCountsAllFilesForOneMachine() throws Exception {
    Workshop wheel = wheel();
    for (int i = 0; i < 400; i++) {
      wheel.member("demo/k" + i + ".co", forMachine(224, "libver.so.1"));
    }
    assertThat(wheel.plan().notes())
        .singleElement()
        .isInstanceOfSatisfying(
            RepairNote.OfFiles.class, note -> assertThat(note.files()).hasSize(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo/n.cpython-311-aarch64-linux-gnu.so", "demo/n.abi3.so"})
  void aFileNamedLikeAModuleIsRefused(String path) throws Exception {
    Workshop wheel = wheel().member(path, forMachine(183, "libver.so.1"));
    assertThat(wheel.refusal())
        .containsExactly(
            path
                + " is for aarch64, the wheel for x86_64, and Python would import it; --plat linux"
                + " lets it pass");
    assertThat(wheel.platform("linux").plan().notes()).hasSize(1);
  }

  @Test
  void aFileThatInitialisesAModuleIsRefused() throws Exception {
    assertThat(wheel().member("demo/x.bin", forMachine(183, "m-plain.so")).refusal())
        .singleElement()
        .satisfies(reason -> assertThat(reason).contains("Python would import it"));
  }

  @Test
  void aLibraryThatAModuleNeedsIsRefused() throws Exception {
    Workshop wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .member("demo/libver.so.1", forMachine(183, "libver.so.1"));
    assertThat(wheel.refusal())
        .contains(
            "demo/libver.so.1 is for aarch64, the wheel for x86_64, and demo/m.so needs it; --plat"
                + " linux lets it pass");
  }

  /** The loader passes over a file for another machine and goes on. */
  @Test
  void aLibraryOfTheSystemSatisfiesANeedBesideAForeignOne() throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .member("demo/arm/libver.so.1", forMachine(183, "libver.so.1"))
            .library("libver.so.1", "libver.so.1")
            .plan();
    assertThat(plan.grafts()).hasSize(1);
    assertThat(plan.report().findings())
        .filteredOn(finding -> finding.code() == FindingCode.FOREIGN_ARCHITECTURE)
        .extracting(Finding::rulesOut)
        .containsExactly(List.of());
  }
}
