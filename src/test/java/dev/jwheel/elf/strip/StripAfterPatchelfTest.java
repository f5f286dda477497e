// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.strip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.io.ByteSource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What patchelf has edited is stripped too, although a segment lies behind what is dropped. */
class StripAfterPatchelfTest {

  @ParameterizedTest
  @ValueSource(strings = {"patchelf.so", "patchelf-lld.so"})
  void theSymbolTableIsGoneAndItsNamesAreZero(String name) throws Exception {
    ByteSource before = ByteSource.of(ElfFixtures.content("x86_64/" + name));
    assertThat(text(before)).contains("normal.c");

    ElfPatch patch = ElfStripper.strip(ElfBytes.of(name, before));

    ByteSource after = patch.view(before);
    assertThat(ElfImage.read(ElfBytes.of(name, after)).sections())
        .noneMatch(section -> section.type() == SectionHeader.SHT_SYMTAB);
    assertThat(text(after)).doesNotContain("normal.c");
    assertThat(after.size()).isLessThanOrEqualTo(before.size());
    assertThat(ElfReader.read(ElfBytes.of(name, after)))
        .isEqualTo(ElfReader.read(ElfBytes.of(name, before)));
  }

  private static String text(ByteSource file) {
    byte[] bytes = new byte[(int) file.size()];
    file.slice(0, bytes.length).get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
