package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfClass;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.platform.Machine;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The dynamic symbols that relocations name (gABI, "Relocation"): for a file whose hash tables hold
 * no symbol they alone tell how many there are.
 */
final class RelocationSymbols {
  private static final int DT_PLTRELSZ = 2;
  private static final int DT_RELASZ = 8;
  private static final int DT_RELSZ = 18;
  private static final int DT_PLTREL = 20;
  private static final int DT_ANDROID_REL = 0x6000000f;
  private static final int DT_ANDROID_RELA = 0x60000011;

  private final ElfBytes bytes;
  private final ElfHeader header;
  private final AddressMap map;
  private final DynamicTable dynamic;

  RelocationSymbols(ElfBytes bytes, ElfHeader header, AddressMap map, DynamicTable dynamic) {
    this.bytes = bytes;
    this.header = header;
    this.map = map;
    this.dynamic = dynamic;
  }

  /** The highest index of a symbol; empty if some relocations are packed as for Android. */
  OptionalLong highest() throws ElfFormatException {
    if (dynamic.value(DT_ANDROID_REL).isPresent() || dynamic.value(DT_ANDROID_RELA).isPresent()) {
      return OptionalLong.empty();
    }
    boolean linkageHasAddends =
        dynamic.value(DT_PLTREL).orElse(DynamicTable.DT_RELA) == DynamicTable.DT_RELA;
    long highest = highest(DynamicTable.DT_RELA, DT_RELASZ, true);
    highest = Math.max(highest, highest(DynamicTable.DT_REL, DT_RELSZ, false));
    highest = Math.max(highest, highest(DynamicTable.DT_JMPREL, DT_PLTRELSZ, linkageHasAddends));
    return OptionalLong.of(highest);
  }

  private long highest(int table, int size, boolean hasAddends) throws ElfFormatException {
    OptionalLong address = dynamic.value(table);
    long length = dynamic.value(size).orElse(0);
    if (address.isEmpty() || length == 0) {
      return 0;
    }
    int entry = (hasAddends ? 3 : 2) * bytes.elfClass().wordSize();
    ByteBuffer relocations =
        bytes.slice(map.offset("relocations", address.getAsLong(), length), length);
    long highest = 0;
    for (int at = 0; at <= relocations.limit() - entry; at += entry) {
      highest = Math.max(highest, symbol(relocations, at + bytes.elfClass().wordSize()));
    }
    return highest;
  }

  /** ELF_R_SYM of r_info; 64-bit MIPS has the symbol in the first four bytes of it. */
  private long symbol(ByteBuffer relocations, int info) {
    if (bytes.elfClass() == ElfClass.ELF32) {
      return (relocations.getInt(info) & 0xffffffffL) >>> 8;
    }
    return Machine.of(header.identity().machine()).hasSymbolFirst()
        ? relocations.getInt(info) & 0xffffffffL
        : relocations.getLong(info) >>> 32;
  }
}
