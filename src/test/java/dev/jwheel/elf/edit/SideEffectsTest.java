// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.io.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a program may notice of an edit is reported. */
class SideEffectsTest {
  private static final byte[] PAYLOAD = "PAYLOAD rest".getBytes(StandardCharsets.US_ASCII);

  @Test
  void aDynamicSectionThatMustMoveIsReported() throws Exception {
    assertThat(effects(ElfFixtures.content("x86_64/exec-lld"), "/new"))
        .singleElement()
        .asString()
        .startsWith("the dynamic section moves from 0x");
  }

  @Test
  void aDynamicSectionWithAFreeEntryStays() throws Exception {
    assertThat(effects(ElfFixtures.content("x86_64/exec"), "/new")).isEmpty();
  }

  @Test
  void dataBehindTheFileThatMovesIsReported() throws Exception {
    byte[] file = appended("x86_64/gold.so");
    assertThat(effects(file, "/new/" + "x".repeat(5000)))
        .singleElement()
        .asString()
        .startsWith("12 bytes behind the ELF file move by ");
  }

  @Test
  void dataBehindTheFileThatStaysIsNotReported() throws Exception {
    assertThat(effects(appended("x86_64/normal.so"), "/new")).isEmpty();
  }

  private static byte[] appended(String name) {
    byte[] content = ElfFixtures.content(name);
    byte[] file = Arrays.copyOf(content, content.length + PAYLOAD.length);
    System.arraycopy(PAYLOAD, 0, file, content.length, PAYLOAD.length);
    return file;
  }

  private static List<String> effects(byte[] content, String path) throws Exception {
    ElfBytes file = ElfBytes.of("file", ByteSource.of(content));
    ElfEdits edits = ElfEdits.builder().rpath(new RpathEdit.SetTo(path, RpathKind.RUNPATH)).build();
    ElfPatch patch = ElfEditor.edit(file, edits);
    return SideEffects.of(file, patch);
  }
}
