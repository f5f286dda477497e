// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.SymbolEdits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A byte that differs from what the edit made of it is caught, whatever it belongs to. */
class VerifierMutationTest {
  private static final int TRIES = 400;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x86_64/normal.so",
        "x86_64/lld.so",
        "x86_64/large-bss.so",
        "x86_64/tails.so",
        "x86_64/notes.so",
        "x86_64/program",
        "x86_64/exec",
        "x86_64/no-sections.so",
        "i686/normal.so",
        "armv7l/program",
        "powerpc/normal.so",
        "s390x/hash-both.so",
        "mips64el/program",
        "riscv64/normal.so"
      })
  void anyChangedByteIsCaught(String fixture) throws Exception {
    changeBytes(fixture, SpoiltEdit.of(fixture, edits()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x86_64/hash-both.so", "s390x/hash-both.so", "i686/normal.so", "x86_64/lld.so"})
  void anyChangedByteIsCaughtWhereSymbolsChanged(String fixture) throws Exception {
    changeBytes(fixture, SpoiltEdit.of(fixture, symbolEdits()));
  }

  private static void changeBytes(String fixture, SpoiltEdit edit) {
    List<Range> used = used(edit.elf());
    Random random = new Random(fixture.hashCode());
    for (int i = 0; i < TRIES; i++) {
      Range range = used.get(random.nextInt(used.size()));
      int at = (int) (range.start() + random.nextInt((int) range.size()));
      byte kept = edit.after()[at];
      byte changed = (byte) (1 + random.nextInt(255)); // a name that nothing uses may become zeros
      if (changed != kept) {
        edit.set8(at, changed);
        assertThat(isCaught(edit)).as("byte 0x%x becoming 0x%x", at, changed).isTrue();
        edit.set8(at, kept);
      }
    }
  }

  private static ElfEdits edits() {
    return ElfEdits.builder()
        .soname("libmutated.so.1")
        .replaceNeeded("libdep.so.1", "libdep-deadbeef.so.1")
        .replaceNeeded("libm.so.6", "libm-deadbeef.so.6")
        .removeNeeded("libc.so.6")
        .rpath(new RpathEdit.SetTo("$ORIGIN/../mutated.libs", RpathKind.RUNPATH))
        .build();
  }

  private static ElfEdits symbolEdits() {
    Map<String, String> renamed = new LinkedHashMap<>();
    for (String name : List.of("answer", "later", "data", "import", "callback", "pointer")) {
      renamed.put("normal_" + name, "other_name_of_" + name);
    }
    return ElfEdits.builder()
        .symbols(new SymbolEdits(renamed, Set.of("explicit_bzero", "cos", "normal_data")))
        .build();
  }

  private static boolean isCaught(SpoiltEdit edit) {
    try {
      edit.verify();
      return false;
    } catch (VerificationException e) {
      return true;
    }
  }

  /** Headers, segments and sections: everything but the holes between them. */
  private static List<Range> used(Headers elf) {
    List<Range> used = new ArrayList<>();
    used.add(new Range(0, elf.header().size()));
    used.add(elf.header().programHeaderTable());
    used.add(elf.header().sectionHeaderTable());
    for (ElfSegment load : elf.loads()) {
      used.add(Range.sized(load.offset(), load.fileSize()));
    }
    for (ElfSection section : elf.sections()) {
      if (section.isStored()) {
        used.add(Range.sized(section.offset(), section.size()));
      }
    }
    used.removeIf(Range::isEmpty);
    return used;
  }
}
