// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.UndefinedSymbol;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.patch.DeclaredChanges;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.elf.strip.ElfStripper;
import dev.jwheel.io.ByteSource;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Damaged files are read or refused with the one exception that says so: no other exception, no
 * hang, no memory beyond the file's size and a constant.
 *
 * <p>{@code -Djwheel.fuzz.seconds} sets how long each test looks, {@code -Djwheel.fuzz.seed} where
 * it begins; a failure prints the seed that repeats it.
 */
class ElfFuzzTest {
  private static final long MAX_ALLOCATION = 48L << 20;
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final List<String> NAMES = ElfFixtures.all();
  private static final List<ElfMutator> MUTATORS = new ArrayList<>();

  /** What is done with a damaged file; whether it was taken for a good one. */
  private interface Task {
    boolean run(byte[] bytes, Random random) throws Exception;
  }

  @BeforeAll
  static void readFixtures() throws VerificationException {
    for (String name : NAMES) {
      MUTATORS.add(new ElfMutator(name, ElfFixtures.content(name)));
    }
  }

  @Test
  void theReaderReadsOrRefuses() {
    fuzz(
        (bytes, random) -> {
          try {
            ElfReader.read(ElfBytes.of("mutant", ByteSource.of(bytes)), List.of("a", "n"));
            return true;
          } catch (ElfFormatException e) {
            return false;
          }
        });
  }

  @Test
  void theVerifierAcceptsOrRefuses() {
    fuzz(
        (bytes, random) -> {
          ByteSource file = ByteSource.of(bytes);
          try {
            new ElfVerifier().verify("mutant", file, file, ElfEdits.NONE, DeclaredChanges.NONE);
            return true;
          } catch (VerificationException e) {
            return false;
          }
        });
  }

  @Test
  void theEditorEditsOrRefuses() {
    fuzz(
        (bytes, random) -> {
          ElfEdits edits = edits(random);
          try {
            ElfBytes file = ElfBytes.of("mutant", ByteSource.of(bytes));
            ElfPatch patch = ElfEditor.edit(file, edits);
            checkResult(file, edits, patch);
            return true;
          } catch (ElfFormatException | UnsupportedLayoutException e) {
            return false;
          }
        });
  }

  @Test
  void theStripperStripsOrRefuses() {
    fuzz(
        (bytes, random) -> {
          try {
            ElfBytes file = ElfBytes.of("mutant", ByteSource.of(bytes));
            ElfPatch patch = ElfStripper.strip(file);
            assertThat(patch.growth()).isLessThanOrEqualTo(0);
            ElfBytes stripped = ElfBytes.of("mutant", patch.view(file.source()));
            assertThat(ElfStripper.strip(stripped).isEmpty()).isTrue();
            return true;
          } catch (ElfFormatException | UnsupportedLayoutException e) {
            return false;
          }
        });
  }

  /** What another reader takes for good it takes for good after the edit, with what was wanted. */
  private static void checkResult(ElfBytes file, ElfEdits edits, ElfPatch patch)
      throws ElfFormatException, UnsupportedLayoutException {
    ElfBytes edited = ElfBytes.of("edited mutant", patch.view(file.source()));
    assertThat(ElfEditor.edit(edited, edits).isEmpty()).as("a second edit is empty").isTrue();
    ElfBinary before;
    try {
      before = ElfReader.read(file);
    } catch (ElfFormatException e) {
      return;
    }
    ElfBinary after = ElfReader.read(edited);
    assertThat(after.undefinedSymbols())
        .extracting(UndefinedSymbol::name)
        .isEqualTo(before.undefinedSymbols().stream().map(UndefinedSymbol::name).toList());
    assertThat(after.versionDefinitions()).isEqualTo(before.versionDefinitions());
    assertThat(after.needed()).noneMatch(edits.removedNeeded()::contains);
  }

  private static ElfEdits edits(Random random) {
    ElfEdits.Builder edits = ElfEdits.builder();
    if (random.nextBoolean()) {
      edits.soname("lib" + "s".repeat(random.nextInt(60)) + ".so");
    }
    if (random.nextBoolean()) {
      edits.replaceNeeded("libdep.so.1", "libdep-" + "d".repeat(random.nextInt(30)) + ".so.1");
    }
    if (random.nextBoolean()) {
      edits.removeNeeded("libm.so.6");
    }
    if (random.nextInt(4) == 0) {
      edits.removeNeeded("libc.so.6");
    }
    for (int i = random.nextInt(8); i > 5; i--) {
      edits.addNeeded("libadded-" + i + ".so");
    }
    switch (random.nextInt(4)) {
      case 0 -> edits.rpath(new RpathEdit.Remove());
      case 1 -> edits.rpath(new RpathEdit.Append("$ORIGIN/some.libs", RpathKind.RUNPATH));
      case 2 -> {
        String path = "/" + "p".repeat(random.nextInt(random.nextInt(4) == 0 ? 8000 : 40));
        edits.rpath(new RpathEdit.SetTo(path, RpathKind.RPATH));
      }
      default -> {}
    }
    if (random.nextInt(6) == 0) {
      edits.stack(random.nextBoolean() ? StackEdit.SET : StackEdit.CLEAR);
    }
    if (random.nextInt(6) == 0) {
      edits.noDefaultLibraries();
    }
    if (random.nextInt(6) == 0) {
      edits.strip();
    }
    return edits.build();
  }

  private static void fuzz(Task task) {
    long first = Long.getLong("jwheel.fuzz.seed", 1);
    long end =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.getInteger("jwheel.fuzz.seconds", 3));
    int accepted = 0;
    int refused = 0;
    for (long seed = first; seed == first || System.nanoTime() < end; seed++) {
      if (isAccepted(task, seed)) {
        accepted++;
      } else {
        refused++;
      }
    }
    if (Long.getLong("jwheel.fuzz.seed") == null) {
      assertThat(accepted).as("mutants that are still good").isPositive();
      assertThat(refused).as("mutants that are refused").isPositive();
    }
  }

  private static boolean isAccepted(Task task, long seed) {
    Random random = new Random(seed);
    int chosen = random.nextInt(NAMES.size());
    byte[] bytes = MUTATORS.get(chosen).mutate(random);
    String what = NAMES.get(chosen) + ", -Djwheel.fuzz.seed=" + seed;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    boolean accepted = false;
    try {
      accepted = task.run(bytes, random);
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      fail(what, e);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
        .as("bytes allocated for " + what)
        .isLessThan(MAX_ALLOCATION);
    assertThat(threads.getCurrentThreadCpuTime() - start)
        .as("nanoseconds for " + what)
        .isLessThan(MAX_NANOS);
    return accepted;
  }
}
