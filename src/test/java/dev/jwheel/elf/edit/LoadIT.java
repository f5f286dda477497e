// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static dev.jwheel.elf.edit.Samples.FIXTURES;
import static dev.jwheel.elf.edit.Samples.PROGRAMS;
import static dev.jwheel.elf.edit.Samples.SYSTEM_LIBRARIES;
import static dev.jwheel.elf.edit.Wanted.LONG_PATH;
import static dev.jwheel.elf.edit.Wanted.SHORT_PATH;
import static dev.jwheel.elf.edit.Wanted.STRIPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The dynamic loaders of seven machines accept what the editor wrote. */
class LoadIT {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicContainer> aFixtureComputesItsAnswerAfterTheEdit() {
    return FIXTURES.onEveryMachine(SHORT_PATH, directory, LoadIT::loadsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aFixtureComputesItsAnswerAfterAnEditLargerThanAPage() {
    return FIXTURES.onEveryMachine(LONG_PATH, directory, LoadIT::loadsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aSystemLibraryResolvesItsExportsAfterTheEdit() {
    return SYSTEM_LIBRARIES.onEveryMachine(SHORT_PATH, directory, LoadIT::loadsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aSystemLibraryResolvesItsExportsAfterAnEditLargerThanAPage() {
    return SYSTEM_LIBRARIES.onEveryMachine(LONG_PATH, directory, LoadIT::loadsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aProgramRunsAfterTheEdit() {
    return PROGRAMS.onEveryMachine(SHORT_PATH, directory, LoadIT::runsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aProgramRunsAfterAnEditLargerThanAPage() {
    return PROGRAMS.onEveryMachine(LONG_PATH, directory, LoadIT::runsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aFixtureComputesItsAnswerWhenTheEditStripsItToo() {
    return FIXTURES.onEveryMachine(STRIPPED, directory, LoadIT::loadsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aSystemLibraryResolvesItsExportsWhenTheEditStripsItToo() {
    return SYSTEM_LIBRARIES.onEveryMachine(STRIPPED, directory, LoadIT::loadsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aProgramRunsWhenTheEditStripsItToo() {
    return PROGRAMS.onEveryMachine(STRIPPED, directory, LoadIT::runsAsBefore);
  }

  private static void loadsAsBefore(Graft graft) {
    String before = graft.load(graft.original());
    assumeFalse(before.contains("executable stack"), () -> "glibc 2.41 refuses it: " + before);
    assertThat(before).as(graft.name()).startsWith("OK ");
    assertThat(graft.load(graft.edited())).as(graft.name()).isEqualTo(graft.loadsAsWellAs(before));
  }

  private static void runsAsBefore(Graft graft) {
    assertThat(graft.run(graft.original())).as(graft.name()).isEqualTo("ok");
    assertThat(graft.run(graft.edited())).as(graft.name()).isEqualTo("ok");
  }
}
