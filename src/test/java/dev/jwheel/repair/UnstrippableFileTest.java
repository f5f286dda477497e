// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.io.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code repair --strip} strips what it can, and reports the rest. */
class UnstrippableFileTest {
  private static final String LIBRARY = "x86_64/plain-lld.so";

  @TempDir Path directory;

  @Test
  void aFileThatCannotBeStrippedIsReportedAndTheOthersAreStripped() throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .member("demo/odd.so", withCommentOnSymbols())
            .member("demo/plain.so", LIBRARY)
            .strip();
    RepairPlan plan = shop.repair().plan();
    assertThat(plan.notes())
        .extracting(RepairNote::sentence)
        .containsOnlyOnce(
            "demo/odd.so is not stripped: section .comment refers to .symtab, which stripping would"
                + " drop");
    assertThat(plan.edits()).extracting(MemberEdit::member).containsExactly("demo/plain.so");
  }

  @Test
  void aGraftThatCannotBeStrippedIsReportedAndNotShownAsStripped() throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-q-a.so")
            .library("libq.so.1", withCommentOnSymbols())
            .strip()
            .plan();
    assertThat(plan.notes())
        .extracting(RepairNote::sentence)
        .anyMatch(note -> note.startsWith("/lib/libq.so.1 is not stripped: "));
    assertThat(plan.grafts()).hasSize(1).noneMatch(graft -> graft.edits().strip());
  }

  /** No linker writes that; it is what keeps a symbol table in a file. */
  private static byte[] withCommentOnSymbols() throws Exception {
    byte[] bytes = Workshop.file(LIBRARY);
    ElfImage image = ElfImage.read(ElfBytes.of(LIBRARY, ByteSource.of(bytes)));
    int symbols = 0;
    int comment = 0;
    for (int i = 1; i < image.sections().size(); i++) {
      symbols = image.sections().get(i).type() == SectionHeader.SHT_SYMTAB ? i : symbols;
      comment = image.sectionName(i).equals(".comment") ? i : comment;
    }
    long header = image.header().sectionHeaderOffset() + 64L * comment;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt((int) header + 40, symbols);
    return bytes;
  }
}
