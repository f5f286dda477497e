// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * DT_GNU_HASH, which holds only defined symbols (glibc {@code _dl_setup_hash}).
 *
 * @param bytes the file
 * @param offset where it starts in the file
 * @param buckets the number of buckets
 * @param firstSymbol the index of the first symbol in it
 * @param bloomSize the size of the Bloom filter in bytes
 */
public record GnuHashTable(
    ElfBytes bytes, long offset, long buckets, long firstSymbol, long bloomSize) {
  private static final int HEAD_SIZE = 16;
  private static final long CHUNK = 1 << 16;

  /** Reads the head of the table; empty where the file has none. */
  public static Optional<GnuHashTable> read(ElfImage image, DynamicSection dynamic)
      throws ElfFormatException {
    OptionalLong address = dynamic.value(DynamicTags.DT_GNU_HASH);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    ElfBytes bytes = image.bytes();
    long offset = image.locate("DT_GNU_HASH", address.getAsLong(), HEAD_SIZE).offset();
    return Optional.of(
        new GnuHashTable(
            bytes,
            offset,
            bytes.u32(offset),
            bytes.u32(offset + 4),
            bytes.u32(offset + 8) * image.encoding().wordSize()));
  }

  /**
   * Returns the index behind that of the last symbol in the table; empty if it holds none. A bucket
   * of 0 is empty, whatever the first index: a table that was wiped out holds nothing.
   */
  public OptionalLong end() throws ElfFormatException {
    long bucketOffset = offset + HEAD_SIZE + bloomSize;
    long last = maximum(bytes.slice(bucketOffset, buckets * 4));
    return last == 0 || last < firstSymbol
        ? OptionalLong.empty()
        : OptionalLong.of(
            last + lengthOfChain(bucketOffset + buckets * 4 + (last - firstSymbol) * 4));
  }

  private static long maximum(ByteBuffer words) {
    long maximum = 0;
    while (words.remaining() >= 4) {
      maximum = Math.max(maximum, words.getInt() & 0xffffffffL);
    }
    return maximum;
  }

  /** Up to the first odd word, read in pieces: the rest of the file may exceed the memory. */
  private long lengthOfChain(long start) throws ElfFormatException {
    long length = 0;
    for (long at = start; at + 4 <= bytes.size(); at += CHUNK) {
      ByteBuffer part = bytes.slice(at, Math.min(CHUNK, bytes.size() - at));
      while (part.remaining() >= 4) {
        length++;
        if ((part.getInt() & 1) != 0) {
          return length;
        }
      }
    }
    throw new ElfFormatException(bytes.name(), start, "the last chain of DT_GNU_HASH does not end");
  }

  /** Returns the size of the table in bytes in a file with a number of dynamic symbols. */
  public long size(long symbols) {
    return HEAD_SIZE + bloomSize + buckets * 4 + Math.max(0, symbols - firstSymbol) * 4;
  }
}
