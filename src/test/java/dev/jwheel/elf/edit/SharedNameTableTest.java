// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections and the symbols of .symtab may have their names in the dynamic string table. */
class SharedNameTableTest {
  private static final int SHSTRNDX = 62;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_STRTAB = 3;
  private static final ElfEdits GRAFT = ElfEdits.builder().soname("x".repeat(300)).build();

  @ParameterizedTest
  @ValueSource(strings = {"normal.so", "lld.so", "large-bss.so"})
  void aSectionNameBehindTheEndOfTheTableBecomesNoName(String name) throws Exception {
    ByteBuffer file = namedByDynamicStrings(name);
    nameSections(file, dynamicStrings(file).size() + 3);
    assertRefused(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal.so", "lld.so", "large-bss.so"})
  void aSymbolNameBehindTheEndOfTheTableBecomesNoName(String name) throws Exception {
    ByteBuffer file = fixture(name);
    ElfImage image = image(file);
    int symbols = index(image, SHT_SYMTAB, false);
    file.putInt(header(file, symbols) + 40, index(image, SHT_STRTAB, true));
    long first = image.sections().get(symbols).offset() + 24;
    file.putInt((int) first, (int) dynamicStrings(file).size() + 3);
    assertRefused(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal.so", "lld.so", "large-bss.so"})
  void namesInTheTableStay(String name) throws Exception {
    ByteBuffer file = namedByDynamicStrings(name);
    nameSections(file, 5);
    String before = image(file).sectionName(1);
    ElfPatch patch = edit(file);
    ByteSource after = patch.view(ByteSource.of(file.array()));
    assertThat(ElfImage.read(ElfBytes.of(name, after)).sectionName(1)).isEqualTo(before);
  }

  private static ByteBuffer fixture(String name) {
    return ByteBuffer.wrap(ElfFixtures.content("x86_64/" + name)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer namedByDynamicStrings(String name) throws ElfFormatException {
    ByteBuffer file = fixture(name);
    return file.putShort(SHSTRNDX, (short) index(image(file), SHT_STRTAB, true));
  }

  private static void nameSections(ByteBuffer file, long offset) throws ElfFormatException {
    for (int i = 1; i < image(file).sections().size(); i++) {
      file.putInt(header(file, i), (int) offset);
    }
  }

  private static int header(ByteBuffer file, int index) throws ElfFormatException {
    return (int) image(file).header().sectionHeaderOffset() + 64 * index;
  }

  private static SectionHeader dynamicStrings(ByteBuffer file) throws ElfFormatException {
    return image(file).sections().get(index(image(file), SHT_STRTAB, true));
  }

  private static int index(ElfImage image, int type, boolean isLoaded) {
    for (int i = 0; i < image.sections().size(); i++) {
      SectionHeader section = image.sections().get(i);
      if (section.type() == type && section.address() != 0 == isLoaded) {
        return i;
      }
    }
    throw new AssertionError("no section of type " + type);
  }

  private static ElfImage image(ByteBuffer file) throws ElfFormatException {
    return ElfImage.read(ElfBytes.of("file", ByteSource.of(file.array())));
  }

  private static ElfPatch edit(ByteBuffer file)
      throws ElfFormatException, UnsupportedLayoutException {
    return ElfEditor.edit(ElfBytes.of("file", ByteSource.of(file.array())), GRAFT);
  }

  private static void assertRefused(ByteBuffer file) {
    assertThatThrownBy(() -> edit(file))
        .isInstanceOf(UnsupportedLayoutException.class)
        .hasMessageContaining("a name behind the end of its string table would become readable");
  }
}
