// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.format.VersionDefinitions;
import dev.jwheel.elf.format.VersionNeeds;
import dev.jwheel.elf.layout.FileUsage;
import dev.jwheel.io.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A segment of 3 GiB, with tables at its start: what is not needed of it is not read. */
class HugeSegmentTest {
  private static final String FIXTURE = "x86_64/no-separate-code.so";
  private static final long SIZE = 3L << 30;
  private static final int P_FILESZ = 32;

  /** A file with zeros behind its content, of which nobody asks for much at once. */
  private record Padded(byte[] content) implements ByteSource {
    @Override
    public long size() {
      return SIZE;
    }

    @Override
    public ByteBuffer slice(long offset, int length) {
      assertThat(length).isLessThan(1 << 20);
      ByteBuffer bytes = ByteBuffer.allocate(length);
      if (offset < content.length) {
        bytes.put(content, (int) offset, (int) Math.min(length, content.length - offset));
      }
      return bytes.rewind().asReadOnlyBuffer();
    }
  }

  private static ElfImage small() throws Exception {
    byte[] content = ElfFixtures.content(FIXTURE);
    return ElfImage.read(ElfBytes.of(FIXTURE, ByteSource.of(content)));
  }

  /** The same with the first segment as large as the file, and no other that it would lie over. */
  private static ElfImage huge() throws Exception {
    byte[] content = ElfFixtures.content(FIXTURE);
    ElfImage image = small();
    int first = image.programHeaders().indexOf(image.loads().get(0));
    int at = (int) image.header().programHeaderOffset() + 56 * first + P_FILESZ;
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(at, SIZE).putLong(at + 8, SIZE);
    for (ProgramHeader other : image.loads().subList(1, image.loads().size())) {
      int type =
          (int) image.header().programHeaderOffset() + 56 * image.programHeaders().indexOf(other);
      ByteBuffer.wrap(content).putInt(type, 0 /* PT_NULL */);
    }
    return ElfImage.read(ElfBytes.of(FIXTURE, new Padded(content)));
  }

  private static DynamicSection dynamic() throws Exception {
    return DynamicSection.read(small()).orElseThrow();
  }

  @Test
  void symbolsAreCounted() throws Exception {
    assertThat(SymbolTable.largest(huge(), dynamic()).count())
        .isEqualTo(SymbolTable.largest(small(), dynamic()).count());
  }

  @Test
  void versionTablesAreRead() throws Exception {
    assertThat(VersionNeeds.read(huge(), dynamic()))
        .isEqualTo(VersionNeeds.read(small(), dynamic()));
    assertThat(VersionDefinitions.read(huge(), dynamic()))
        .isEqualTo(VersionDefinitions.read(small(), dynamic()));
  }

  @Test
  void paddingIsFoundZero() throws Exception {
    FileUsage map = FileUsage.of(huge(), List.of());

    assertThat(map.isZero(1 << 20, 1 << 24)).isTrue();
    assertThat(map.isZero(0, 1 << 24)).isFalse();
  }
}
