// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * DT_HASH (gABI, "Hash Table").
 *
 * @param wordSize the size of its words in bytes
 * @param buckets nbucket
 * @param chains nchain, the number of dynamic symbols
 */
record HashTable(int wordSize, long buckets, long chains) {

  /** Reads the head of the table; empty where the file has none. */
  static Optional<HashTable> read(ElfImage image, DynamicSection dynamic)
      throws ElfFormatException {
    if (!dynamic.has(DynamicTags.DT_HASH)) {
      return Optional.empty();
    }
    int word = image.header().machine().hashWordSize(image.encoding().elfClass().bits());
    ByteBuffer head = image.at("DT_HASH", dynamic.number(DynamicTags.DT_HASH), 2L * word);
    return Optional.of(new HashTable(word, word(head, word), word(head, word)));
  }

  private static long word(ByteBuffer head, int size) {
    return size == 8 ? head.getLong() : head.getInt() & 0xffffffffL;
  }

  /** Returns the size of the table in bytes. */
  long size() {
    return (2 + buckets + chains) * wordSize;
  }
}
