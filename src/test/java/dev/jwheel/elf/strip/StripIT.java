// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.strip;

import static dev.jwheel.elf.edit.Samples.STRIPPABLE_FIXTURES;
import static dev.jwheel.elf.edit.Samples.SYSTEM_LIBRARIES;
import static dev.jwheel.elf.edit.Wanted.LONG_PATH;
import static dev.jwheel.elf.edit.Wanted.SHORT_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jwheel.elf.edit.Graft;
import dev.jwheel.elf.edit.Tool;
import dev.jwheel.elf.patch.LayoutKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** GNU strip, which lays a file out anew, breaks nothing that it did not break before the edit. */
class StripIT {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicContainer> aFixtureComputesItsAnswerWhenStrippedAfterTheEdit() {
    return STRIPPABLE_FIXTURES.onEveryMachine(SHORT_PATH, directory, StripIT::loadsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aFixtureComputesItsAnswerWhenStrippedAfterAnEditLargerThanAPage() {
    return STRIPPABLE_FIXTURES.onEveryMachine(LONG_PATH, directory, StripIT::loadsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aSystemLibraryResolvesItsExportsWhenStrippedAfterTheEdit() {
    return SYSTEM_LIBRARIES.onEveryMachine(SHORT_PATH, directory, StripIT::loadsAsBefore);
  }

  private static void loadsAsBefore(Graft graft) throws IOException {
    assumeFalse(graft.patch().layout() == LayoutKind.MOVED_TABLE, "strip moves the table back");
    Tool strip = graft.machine().strip();
    Path original = Files.copy(graft.original(), graft.names().resolveSibling("stripped"));
    strip.mustRun("-s", original);
    String before = graft.load(original);
    assumeTrue(before.startsWith("OK "), () -> "strip breaks the original: " + before);

    strip.mustRun("-s", graft.edited());
    assertThat(graft.load(graft.edited())).as(graft.name()).isEqualTo(graft.loadsAsWellAs(before));
  }
}
