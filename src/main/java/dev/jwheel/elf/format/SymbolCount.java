// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many dynamic symbols a file has, which no dynamic entry states.
 *
 * <p>Where sources disagree there are two right answers. A reader takes the first that a loader
 * would believe: every symbol it adds could be garbage that lowers a verdict. An editor takes the
 * largest: a symbol that it missed would keep a name or address that the edit has moved.
 */
final class SymbolCount {
  private final ElfImage image;
  private final DynamicSection dynamic;

  SymbolCount(ElfImage image, DynamicSection dynamic) {
    this.image = image;
    this.dynamic = dynamic;
  }

  /**
   * Returns the number that the first source has: DT_HASH, else DT_GNU_HASH, else DT_MIPS_SYMTABNO,
   * else the relocations, else the space up to the next table.
   */
  long first() throws ElfFormatException {
    Optional<HashTable> hash = HashTable.read(image, dynamic);
    if (hash.isPresent()) {
      return hash.get().chains();
    }
    Optional<GnuHashTable> gnuHash = GnuHashTable.read(image, dynamic);
    if (gnuHash.isPresent()) {
      OptionalLong end = gnuHash.get().end();
      // when no symbol is defined, GNU ld writes a fixed first index
      return end.isPresent() ? end.getAsLong() : Math.max(gnuHash.get().firstSymbol(), unhashed());
    }
    OptionalLong mips = dynamic.value(DynamicTags.DT_MIPS_SYMTABNO);
    return mips.isPresent() ? mips.getAsLong() : unhashed();
  }

  /**
   * Returns the largest number that any source has: the hash tables, DT_MIPS_SYMTABNO, the
   * relocations and the section header; where all are silent, the space up to the next table.
   */
  long largest() throws ElfFormatException {
    long count = Math.max(fromSection(), dynamic.number(DynamicTags.DT_MIPS_SYMTABNO));
    count = Math.max(count, fromRelocations());
    Optional<HashTable> hash = HashTable.read(image, dynamic);
    if (hash.isPresent()) {
      count = Math.max(count, hash.get().chains());
    }
    Optional<GnuHashTable> gnuHash = GnuHashTable.read(image, dynamic);
    if (gnuHash.isPresent()) {
      long end = gnuHash.get().end().orElse(0);
      long address = dynamic.number(DynamicTags.DT_GNU_HASH);
      image.locate("DT_GNU_HASH", address, gnuHash.get().size(end));
      count = Math.max(count, end);
    }
    return count == 0 ? fromSpace() : count;
  }

  /**
   * Returns the most symbols that there can be: those that a source knows of, or the space up to
   * the next table. What is beyond the former may be anything, since an editor may have moved the
   * next table away.
   *
   * @param largest what {@link #largest} returned
   */
  long possible(long largest) throws ElfFormatException {
    return Math.max(largest, fromSpace());
  }

  /** Without a relocation that names a symbol the relocations say nothing. */
  private long fromRelocations() throws ElfFormatException {
    long highest = new RelocationSymbols(image, dynamic).highest().orElse(0);
    return highest == 0 ? 0 : highest + 1;
  }

  private long fromSection() {
    long address = dynamic.number(DynamicTags.DT_SYMTAB);
    for (SectionHeader section : image.sections()) {
      if (section.type() == SectionHeader.SHT_DYNSYM && section.address() == address) {
        return section.size() / SymbolTable.entrySize(image.encoding());
      }
    }
    return 0;
  }

  /** An editor may have moved the next table away: the space is the last resort. */
  private long unhashed() throws ElfFormatException {
    OptionalLong highest = new RelocationSymbols(image, dynamic).highest();
    return highest.isPresent() ? highest.getAsLong() + 1 : fromSpace();
  }

  private long fromSpace() throws ElfFormatException {
    long start = dynamic.number(DynamicTags.DT_SYMTAB);
    long available = image.room("DT_SYMTAB", start);
    OptionalLong next = dynamic.nextTable(start);
    long space = next.isPresent() ? next.getAsLong() - start : available;
    return Math.min(space, available) / SymbolTable.entrySize(image.encoding());
  }
}
