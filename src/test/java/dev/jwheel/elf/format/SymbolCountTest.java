// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.io.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolCountTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x86_64/normal.so",
        "x86_64/hash-sysv.so",
        "x86_64/hash-both.so",
        "s390x/hash-sysv.so",
        "mips64el/normal.so",
        "armv7l/normal.so"
      })
  void bothCountsAgreeWhereAllSourcesDo(String fixture) throws ElfFormatException {
    byte[] content = ElfFixtures.content(fixture);
    assertThat(first(content)).isPositive().isEqualTo(largest(content));
  }

  @Test
  void aReaderBelievesTheFirstSourceAndAnEditorTheLargest() throws ElfFormatException {
    byte[] content = ElfFixtures.content("x86_64/hash-both.so");
    long count = first(content);
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(chains(content), 3);
    assertThat(first(content)).isEqualTo(3);
    assertThat(largest(content)).isEqualTo(count);
  }

  /** Returns the place of nchain of DT_HASH. */
  private static int chains(byte[] content) throws ElfFormatException {
    ElfImage image = ElfImage.asLoaded(elf(content));
    long address = dynamic(image).number(DynamicTags.DT_HASH);
    return (int) image.locate("DT_HASH", address, 8).offset() + 4;
  }

  private static long first(byte[] content) throws ElfFormatException {
    ElfImage image = ElfImage.asLoaded(elf(content));
    return new SymbolCount(image, dynamic(image)).first();
  }

  private static long largest(byte[] content) throws ElfFormatException {
    ElfImage image = ElfImage.read(elf(content));
    return new SymbolCount(image, dynamic(image)).largest();
  }

  private static DynamicSection dynamic(ElfImage image) throws ElfFormatException {
    return DynamicSection.read(image).orElseThrow();
  }

  private static ElfBytes elf(byte[] content) throws ElfFormatException {
    return ElfBytes.of("a library", ByteSource.of(content));
  }
}
