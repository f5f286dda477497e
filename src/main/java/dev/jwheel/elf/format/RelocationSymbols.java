// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The dynamic symbols that relocations name (gABI, "Relocation"): for a file whose hash tables hold
 * no symbol they alone tell how many there are.
 */
final class RelocationSymbols {

  private final ElfImage image;
  private final DynamicSection dynamic;
  private final boolean wide;
  private final boolean hasSymbolFirst;

  RelocationSymbols(ElfImage image, DynamicSection dynamic) {
    this.image = image;
    this.dynamic = dynamic;
    this.wide = image.encoding().wide();
    this.hasSymbolFirst = image.header().machine().hasSymbolFirst();
  }

  /** The highest index of a symbol; empty if some relocations are packed as for Android. */
  OptionalLong highest() throws ElfFormatException {
    if (dynamic.has(DynamicTags.DT_ANDROID_REL) || dynamic.has(DynamicTags.DT_ANDROID_RELA)) {
      return OptionalLong.empty();
    }
    boolean linkageHasAddends =
        dynamic.value(DynamicTags.DT_PLTREL).orElse(DynamicTags.DT_RELA) == DynamicTags.DT_RELA;
    long highest = highest(DynamicTags.DT_RELA, DynamicTags.DT_RELASZ, true);
    highest = Math.max(highest, highest(DynamicTags.DT_REL, DynamicTags.DT_RELSZ, false));
    highest =
        Math.max(
            highest, highest(DynamicTags.DT_JMPREL, DynamicTags.DT_PLTRELSZ, linkageHasAddends));
    return OptionalLong.of(highest);
  }

  private long highest(long table, long size, boolean hasAddends) throws ElfFormatException {
    OptionalLong address = dynamic.value(table);
    long length = dynamic.number(size);
    if (address.isEmpty() || length == 0) {
      return 0;
    }
    int word = image.encoding().wordSize();
    int entry = (hasAddends ? 3 : 2) * word;
    ByteBuffer relocations = image.at("relocations", address.getAsLong(), length);
    int last = relocations.limit() - entry + word;
    long highest = 0;
    for (int info = word; info <= last; info += entry) {
      highest = Math.max(highest, symbol(relocations, info));
    }
    return highest;
  }

  /** ELF_R_SYM of r_info; 64-bit MIPS has the symbol in the first four bytes of it. */
  private long symbol(ByteBuffer relocations, int info) {
    if (!wide) {
      return (relocations.getInt(info) & 0xffffffffL) >>> 8;
    }
    return hasSymbolFirst
        ? relocations.getInt(info) & 0xffffffffL
        : relocations.getLong(info) >>> 32;
  }
}
