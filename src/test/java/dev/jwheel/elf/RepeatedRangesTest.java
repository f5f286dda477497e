// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.io.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that many times name the same bytes do not multiply the work. */
class RepeatedRangesTest {
  private static final int CONTENT = 2 << 20;
  private static final int SHT_PROGBITS = 1;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_STRTAB = 3;
  private static final int PT_NOTE = 4;

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void sectionsAddUpToLittleMoreThanTheFileHolds(int type) {
    assertThatCode(() -> ElfImage.read(sections(10, type, 16))).doesNotThrowAnyException();
    assertThatThrownBy(() -> ElfImage.read(sections(30, type, 16)))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("the sections add up to far more than the file holds");
  }

  @Test
  void theNameOfASectionHasALength() throws ElfFormatException {
    ElfImage image = ElfImage.read(sections(2, SHT_PROGBITS, 1 << 10));
    assertThatCode(() -> image.sectionName(1)).doesNotThrowAnyException();
    ElfImage longer = ElfImage.read(sections(2, SHT_SYMTAB, (1 << 10) + 1));
    assertThatThrownBy(() -> longer.sectionName(1))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("a string does not end before");
  }

  @Test
  void notesAddUpToLittleMoreThanTheFileHolds() {
    assertThatCode(() -> ElfReader.read(notes(10))).doesNotThrowAnyException();
    assertThatThrownBy(() -> ElfReader.read(notes(30)))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("the note segments add up to far more than the file holds");
  }

  @Test
  void aProgramHeaderTableHas64KiB() {
    assertThatThrownBy(() -> ElfReader.read(notes(1171)))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("e_phnum is 1171, expected at most 1170");
  }

  /** The content begins with a name of so many bytes; all sections have both. */
  private static ElfBytes sections(int count, int type, int nameLength) throws ElfFormatException {
    ByteBuffer file = file(CONTENT + 64 * (count + 1));
    for (int i = 0; i < nameLength; i++) {
      file.put(65 + i, (byte) 'a');
    }
    file.putLong(40, 64 + CONTENT).putShort(60, (short) (count + 1)).putShort(62, (short) 1);
    for (int i = 1; i <= count; i++) {
      int header = 64 + CONTENT + 64 * i;
      file.putInt(header, 1).putInt(header + 4, i == 1 ? SHT_STRTAB : type);
      file.putLong(header + 24, 64).putLong(header + 32, CONTENT);
    }
    return ElfBytes.of("x.so", ByteSource.of(file.array()));
  }

  private static ElfBytes notes(int count) throws ElfFormatException {
    ByteBuffer file = file(CONTENT + 56 * count);
    file.putLong(32, 64 + CONTENT).putShort(56, (short) count);
    for (int i = 0; i < count; i++) {
      int header = 64 + CONTENT + 56 * i;
      file.putInt(header, PT_NOTE).putLong(header + 8, 64).putLong(header + 32, CONTENT);
    }
    return ElfBytes.of("x.so", ByteSource.of(file.array()));
  }

  /** The header of a shared library for x86-64, and so many bytes behind it. */
  private static ByteBuffer file(int size) {
    ByteBuffer file = ByteBuffer.allocate(64 + size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    file.putShort(16, (short) 3).putShort(18, (short) 62).putInt(20, 1).putShort(52, (short) 64);
    return file.putShort(54, (short) 56).putShort(58, (short) 64);
  }
}
