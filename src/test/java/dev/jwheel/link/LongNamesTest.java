// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.io.ByteSource;
import org.junit.jupiter.api.Test;

/** Names in ELF files that no file can have, and so many that they are an attack. */
class LongNamesTest {

  private static void read(TinyElf elf) throws ElfFormatException {
    ElfReader.read(ElfBytes.of("x.so", ByteSource.of(elf.bytes())));
  }

  @Test
  void aNeededLibraryHasANameThatAFileCanHave() {
    assertThatThrownBy(() -> read(TinyElf.library("x.so").needs("a".repeat(4097))))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("a library's name has 4097 bytes, expected at most 4096");
  }

  @Test
  void noStringIsLongerThanAMegabyte() {
    assertThatThrownBy(() -> read(TinyElf.library("a".repeat((1 << 20) + 1))))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("a string has 1048577 bytes, expected at most 1048576");
  }
}
