package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.platform.Machine;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * How many dynamic symbols a file has, which no dynamic entry states: it follows from the hash
 * tables.
 */
final class SymbolCount {
  private static final long CHUNK = 1 << 16;

  private final ElfBytes bytes;
  private final ElfHeader header;
  private final AddressMap map;
  private final DynamicTable dynamic;

  SymbolCount(ElfBytes bytes, ElfHeader header, AddressMap map, DynamicTable dynamic) {
    this.bytes = bytes;
    this.header = header;
    this.map = map;
    this.dynamic = dynamic;
  }

  /**
   * The number of symbols from DT_HASH, else DT_GNU_HASH, else DT_MIPS_SYMTABNO, else from the
   * relocations, else the space up to the next table.
   */
  long of(long symbolTable, long symbolSize) throws ElfFormatException {
    OptionalLong hash = dynamic.value(DynamicTable.DT_HASH);
    if (hash.isPresent()) {
      return fromHash(hash.getAsLong());
    }
    OptionalLong gnuHash = dynamic.value(DynamicTable.DT_GNU_HASH);
    if (gnuHash.isPresent()) {
      return fromGnuHash(gnuHash.getAsLong(), symbolTable, symbolSize);
    }
    OptionalLong mips = dynamic.value(DynamicTable.DT_MIPS_SYMTABNO);
    return mips.isPresent() ? mips.getAsLong() : unhashed(symbolTable, symbolSize);
  }

  /** DT_HASH: nchain is the count; the words have 8 bytes on 64-bit s390 and Alpha (psABIs). */
  private long fromHash(long address) throws ElfFormatException {
    int word = Machine.of(header.identity().machine()).hashWordSize(bytes.elfClass().bits());
    long offset = map.offset("DT_HASH", address, 2L * word);
    return word == 8 ? bytes.word(offset + word) : bytes.u32(offset + word);
  }

  /**
   * DT_GNU_HASH: the last chain's end. The table holds only defined symbols; when there are none,
   * GNU ld writes a fixed first index, so that the count must come from elsewhere.
   */
  private long fromGnuHash(long address, long symbolTable, long symbolSize)
      throws ElfFormatException {
    long offset = map.offset("DT_GNU_HASH", address, 16);
    long buckets = bytes.u32(offset);
    long firstSymbol = bytes.u32(offset + 4);
    long bloomSize = bytes.u32(offset + 8) * bytes.elfClass().wordSize();
    long bucketOffset = offset + 16 + bloomSize;
    long last = maximum(bytes.slice(bucketOffset, buckets * 4));
    if (last < firstSymbol) {
      return Math.max(firstSymbol, unhashed(symbolTable, symbolSize));
    }
    return last + lengthOfChain(bucketOffset + buckets * 4 + (last - firstSymbol) * 4);
  }

  /** Up to the first odd word, read in pieces. */
  private long lengthOfChain(long offset) throws ElfFormatException {
    long length = 0;
    for (long start = offset; start + 4 <= bytes.size(); start += CHUNK) {
      ByteBuffer part = bytes.slice(start, Math.min(CHUNK, bytes.size() - start));
      while (part.remaining() >= 4) {
        length++;
        if ((part.getInt() & 1) != 0) {
          return length;
        }
      }
    }
    throw new ElfFormatException(
        bytes.name(), offset, "the last chain of DT_GNU_HASH does not end");
  }

  private static long maximum(ByteBuffer words) {
    long maximum = 0;
    while (words.remaining() >= 4) {
      maximum = Math.max(maximum, words.getInt() & 0xffffffffL);
    }
    return maximum;
  }

  /** An editor may have moved the next table away: the space is the last resort. */
  private long unhashed(long symbolTable, long symbolSize) throws ElfFormatException {
    OptionalLong highest = new RelocationSymbols(bytes, header, map, dynamic).highest();
    return highest.isPresent() ? highest.getAsLong() + 1 : fromSpace(symbolTable, symbolSize);
  }

  private long fromSpace(long symbolTable, long symbolSize) throws ElfFormatException {
    OptionalLong next = dynamic.nextAddress(symbolTable);
    long available = map.available("DT_SYMTAB", symbolTable);
    long space = next.isPresent() ? next.getAsLong() - symbolTable : available;
    return Math.min(space, available) / symbolSize;
  }
}
