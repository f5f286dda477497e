package dev.jwheel.elf.edit;

import static dev.jwheel.elf.edit.Samples.FIXTURES;
import static dev.jwheel.elf.edit.Samples.SYSTEM_LIBRARIES;
import static dev.jwheel.elf.edit.Wanted.LONG_PATH;
import static dev.jwheel.elf.edit.Wanted.SHORT_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    return FIXTURES.onEveryMachine(SHORT_PATH, directory, StripIT::loadsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aFixtureComputesItsAnswerWhenStrippedAfterAnEditLargerThanAPage() {
    return FIXTURES.onEveryMachine(LONG_PATH, directory, StripIT::loadsAsBefore);
  }

  @TestFactory
  Stream<DynamicContainer> aSystemLibraryResolvesItsExportsWhenStrippedAfterTheEdit() {
    return SYSTEM_LIBRARIES.onEveryMachine(SHORT_PATH, directory, StripIT::loadsAsBefore);
  }

  private static void loadsAsBefore(Graft graft) throws IOException {
    assumeFalse(graft.patch().rung() == Rung.MOVED_TABLE, "strip moves the table back");
    assumeFalse(
        graft.original().endsWith("plain-lld.so"),
        "when .dynamic leaves it, its segment starts with NOBITS, which BFD cannot lay out");
    Tool strip = graft.machine().strip();
    Path original = Files.copy(graft.original(), graft.names().resolveSibling("stripped"));
    Tool.Run stripped = strip.run("-s", original);
    assumeTrue(stripped.status() == 0, () -> "strip refuses the original: " + stripped.output());
    String before = graft.load(original);
    assumeTrue(before.startsWith("OK "), () -> "strip breaks the original: " + before);

    strip.mustRun("-s", graft.edited());
    assertThat(graft.load(graft.edited())).as(graft.name()).isEqualTo(graft.loadsAsWellAs(before));
  }
}
