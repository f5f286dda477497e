// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.nio.ByteBuffer;

/**
 * The dynamic symbol table.
 *
 * <p>Nothing states its length. The hash tables, the relocations and the section header know a part
 * or all of it. The largest of the answers is taken, so that no symbol is left out; behind it there
 * may be more up to the next table, of which nobody knows whether they are symbols.
 *
 * @param address DT_SYMTAB
 * @param offset where it is in the file
 * @param count the number of symbols
 * @param possible how many there are at most
 * @param entrySize the size of a symbol
 */
record DynamicSymbols(long address, long offset, long count, long possible, int entrySize) {
  static DynamicSymbols read(Headers elf, DynamicArray dynamic) throws VerificationException {
    int entrySize = elf.file().wide() ? 24 : 16;
    if (!dynamic.has(DynamicArray.DT_SYMTAB)) {
      return new DynamicSymbols(0, 0, 0, 0, entrySize);
    }
    long address = dynamic.value(DynamicArray.DT_SYMTAB);
    long count = new Counter(elf, dynamic, entrySize).count();
    long offset = elf.offsetOf("DT_SYMTAB", address, Math.multiplyExact(count, (long) entrySize));
    long possible = Math.max(count, space(elf, dynamic, address) / entrySize);
    return new DynamicSymbols(address, offset, count, possible, entrySize);
  }

  /** The bytes from the first symbol to the next table, or to the end of the segment. */
  private static long space(Headers elf, DynamicArray dynamic, long address) {
    long end = elf.backing(address, 0).map(ElfSegment::backedEnd).orElse(address);
    for (DynamicArray.Entry entry : dynamic.entries()) {
      boolean table =
          DynamicObject.leadsToTable(entry.tag()) || entry.tag() == DynamicArray.DT_MIPS_XHASH;
      if (table && entry.value() > address) {
        end = Math.min(end, entry.value());
      }
    }
    return end - address;
  }

  Range addresses() {
    return Range.sized(address, count * entrySize);
  }

  /** Returns the size of Elf_Symndx. */
  static int hashWordSize(Headers elf) {
    return elf.header().machine().hashWordSize(8 * elf.file().wordSize());
  }

  /** Asks everything that knows how many symbols there are. */
  private static final class Counter {
    private static final int CHUNK = 1 << 20;

    private final Headers elf;
    private final Bytes file;
    private final DynamicArray dynamic;
    private final int entrySize;

    Counter(Headers elf, DynamicArray dynamic, int entrySize) {
      this.elf = elf;
      this.file = elf.file();
      this.dynamic = dynamic;
      this.entrySize = entrySize;
    }

    long count() throws VerificationException {
      long count = fromSection();
      if (dynamic.isMips()) {
        count = Math.max(count, dynamic.value(DynamicArray.DT_MIPS_SYMTABNO));
      }
      if (dynamic.has(DynamicArray.DT_HASH)) {
        count = Math.max(count, fromHash());
      }
      if (dynamic.has(DynamicArray.DT_GNU_HASH)) {
        count = Math.max(count, fromGnuHash());
      }
      return bounded(Math.max(count, fromRelocations()));
    }

    private long bounded(long count) throws VerificationException {
      if (count < 0 || count > file.size() / entrySize) {
        throw file.broken(
            Invariant.READABLE, "DT_SYMTAB", "the file has no room for " + count + " symbols");
      }
      return count;
    }

    private long fromSection() {
      long address = dynamic.value(DynamicArray.DT_SYMTAB);
      for (ElfSection section : elf.sections()) {
        if (section.type() == ElfSection.SHT_DYNSYM && section.address() == address) {
          return section.size() / entrySize;
        }
      }
      return 0;
    }

    /** The number of chains is the number of symbols. */
    private long fromHash() throws VerificationException {
      int word = hashWordSize(elf);
      long at = elf.offsetOf("DT_HASH", dynamic.value(DynamicArray.DT_HASH), 2L * word);
      return word == 8 ? file.u64(at + 8) : file.u32(at + 4);
    }

    /** The last chain of the highest bucket ends with the last symbol; 0 if no symbol is hashed. */
    private long fromGnuHash() throws VerificationException {
      long address = dynamic.value(DynamicArray.DT_GNU_HASH);
      long at = elf.offsetOf("DT_GNU_HASH", address, 16);
      long buckets = file.u32(at);
      long first = file.u32(at + 4);
      long bucketsAt = 16 + file.u32(at + 8) * file.wordSize();
      elf.offsetOf("DT_GNU_HASH", address, bucketsAt + 4 * buckets);
      long last = 0;
      for (long i = 0; i < buckets; i++) {
        last = Math.max(last, file.u32(at + bucketsAt + 4 * i));
      }
      if (last < first || last == 0) {
        return 0;
      }
      long chain = at + bucketsAt + 4 * buckets + 4 * (last - first);
      while ((file.u32(chain) & 1) == 0) {
        chain += 4;
        last++;
      }
      return last + 1;
    }

    private long fromRelocations() throws VerificationException {
      long rela = highest(DynamicArray.DT_RELA, DynamicArray.DT_RELASZ, true);
      long rel = highest(DynamicArray.DT_REL, DynamicArray.DT_RELSZ, false);
      boolean withAddends = dynamic.value(DynamicArray.DT_PLTREL) == DynamicArray.DT_RELA;
      long plt = highest(DynamicArray.DT_JMPREL, DynamicArray.DT_PLTRELSZ, withAddends);
      return Math.max(rela, Math.max(rel, plt)) + 1;
    }

    private long highest(long table, long size, boolean withAddends) throws VerificationException {
      if (!dynamic.has(table)) {
        return 0;
      }
      int step = (withAddends ? 3 : 2) * file.wordSize();
      long length = dynamic.value(size) / step * step;
      long at = elf.offsetOf("relocations", dynamic.value(table), length);
      long highest = 0;
      for (long done = 0; done < length; ) {
        int part = (int) Math.min((long) (CHUNK / step) * step, length - done);
        ByteBuffer relocations = file.slice(at + done, part);
        for (int i = 0; i < part; i += step) {
          highest = Math.max(highest, symbolOf(relocations, i));
        }
        done += part;
      }
      return highest;
    }

    /** The symbol in r_info; MIPS has it in the first word of its own 64-bit form. */
    private long symbolOf(ByteBuffer relocations, int at) {
      if (!file.wide()) {
        return (relocations.getInt(at + 4) & 0xffffffffL) >>> 8;
      }
      return dynamic.isMips()
          ? relocations.getInt(at + 8) & 0xffffffffL
          : relocations.getLong(at + 8) >>> 32;
    }
  }
}
