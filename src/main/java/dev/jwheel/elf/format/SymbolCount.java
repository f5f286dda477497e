package dev.jwheel.elf.format;

import java.nio.ByteBuffer;

/**
 * How many dynamic symbols a file has at most. Nothing states it plainly, and an edit must not miss
 * a name that is in use; so the largest count that any source gives is taken.
 */
final class SymbolCount {
  private static final long CHUNK = 1 << 16;

  private final ElfImage image;
  private final DynamicSection dynamic;

  SymbolCount(ElfImage image, DynamicSection dynamic) {
    this.image = image;
    this.dynamic = dynamic;
  }

  long count() throws ElfFormatException {
    long count = Math.max(fromSection(), dynamic.number(DynamicTags.DT_MIPS_SYMTABNO));
    if (dynamic.has(DynamicTags.DT_HASH)) {
      count = Math.max(count, fromHash());
    }
    if (dynamic.has(DynamicTags.DT_GNU_HASH)) {
      count = Math.max(count, fromGnuHash());
    }
    return count == 0 ? fromSpace() : count;
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

  /** DT_HASH: nchain. */
  private long fromHash() throws ElfFormatException {
    int word = hashWordSize(image);
    ByteBuffer head = image.at("DT_HASH", dynamic.number(DynamicTags.DT_HASH), 2L * word);
    return word == 8 ? head.getLong(8) : head.getInt(4) & 0xffffffffL;
  }

  /** Returns the size of a word of DT_HASH in bytes. */
  static int hashWordSize(ElfImage image) {
    return image.header().machine().hashWordSize(image.encoding().elfClass().bits());
  }

  /** DT_GNU_HASH: the end of the last chain. It holds the defined symbols alone. */
  private long fromGnuHash() throws ElfFormatException {
    long address = dynamic.number(DynamicTags.DT_GNU_HASH);
    ByteBuffer head = image.at("DT_GNU_HASH", address, 16);
    long buckets = head.getInt(0) & 0xffffffffL;
    long first = head.getInt(4) & 0xffffffffL;
    long bloom = (head.getInt(8) & 0xffffffffL) * image.encoding().wordSize();
    long bucketAddress = address + 16 + bloom;
    ByteBuffer bucketTable = image.at("the buckets of DT_GNU_HASH", bucketAddress, buckets * 4);
    long last = 0;
    while (bucketTable.hasRemaining()) {
      last = Math.max(last, bucketTable.getInt() & 0xffffffffL);
    }
    if (last < first) {
      return 0;
    }
    long chain = bucketAddress + buckets * 4 + (last - first) * 4;
    return last + lengthOfChain(chain);
  }

  /** Read in pieces: it is short, and the rest of its segment may be larger than the memory. */
  private long lengthOfChain(long address) throws ElfFormatException {
    long room = image.room("a chain of DT_GNU_HASH", address);
    long length = 0;
    for (long done = 0; done + 4 <= room; done += CHUNK) {
      ByteBuffer part = image.at("DT_GNU_HASH", address + done, Math.min(CHUNK, room - done));
      while (part.remaining() >= 4) {
        length++;
        if ((part.getInt() & 1) != 0) {
          return length;
        }
      }
    }
    throw image.broken(-1, "the last chain of DT_GNU_HASH does not end");
  }

  /** The space up to the next table, or to the end of the segment. */
  private long fromSpace() throws ElfFormatException {
    long start = dynamic.number(DynamicTags.DT_SYMTAB);
    long end = start;
    for (ProgramHeader load : image.loads()) {
      if (load.holds(start, 0)) {
        end = load.address() + load.fileSize();
      }
    }
    for (DynamicEntry entry : dynamic.entries()) {
      if (DynamicTags.isTable(entry.tag()) && entry.value() > start) {
        end = Math.min(end, entry.value());
      }
    }
    return (end - start) / SymbolTable.entrySize(image.encoding());
  }
}
