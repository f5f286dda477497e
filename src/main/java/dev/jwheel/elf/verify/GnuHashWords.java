// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.Arrays;

/**
 * DT_GNU_HASH as a loader uses it (glibc {@code _dl_setup_hash} and {@code do_lookup_x}).
 *
 * @param file the file
 * @param offset where the table is in it
 * @param bucketCount the number of buckets
 * @param first the index of the first symbol in it
 * @param bloomWords the number of words of its Bloom filter
 * @param shift by how much the second bit of a name is shifted
 */
record GnuHashWords(
    Bytes file, long offset, long bucketCount, long first, long bloomWords, int shift) {
  private static final int HEAD = 16;

  static GnuHashWords read(DynamicObject object) throws VerificationException {
    long address = object.dynamic().value(DynamicArray.DT_GNU_HASH);
    long at = object.elf().offsetOf("DT_GNU_HASH", address, HEAD);
    Bytes file = object.file();
    return new GnuHashWords(
        file, at, file.u32(at), file.u32(at + 4), file.u32(at + 8), (int) file.u32(at + 12));
  }

  boolean sameHead(GnuHashWords other) {
    return bucketCount == other.bucketCount
        && first == other.first
        && bloomWords == other.bloomWords
        && shift == other.shift;
  }

  static long hash(String name) {
    long hash = 5381;
    for (int i = 0; i < name.length(); i++) {
      hash = hash * 33 + name.charAt(i) & 0xffffffffL;
    }
    return hash;
  }

  private long bucketsAt() {
    return offset + HEAD + bloomWords * file.wordSize();
  }

  /** The hash of a symbol; its lowest bit says whether a chain ends. */
  long chain(long symbol) throws VerificationException {
    return file.u32(bucketsAt() + 4 * (bucketCount + symbol - first));
  }

  /** The bucket in which a loader finds each symbol; negative where it finds none. */
  int[] buckets(int symbols) throws VerificationException {
    int[] found = new int[symbols];
    Arrays.fill(found, -1);
    for (long bucket = 0; bucket < bucketCount; bucket++) {
      long symbol = file.u32(bucketsAt() + 4 * bucket);
      boolean more = symbol != 0;
      while (more) {
        if (symbol < first || symbol >= symbols || found[(int) symbol] >= 0) {
          throw file.broken(
              Invariant.NAMES, "DT_GNU_HASH", "its chains do not hold each symbol once");
        }
        found[(int) symbol] = (int) bucket;
        more = (chain(symbol) & 1) == 0;
        symbol++;
      }
    }
    return found;
  }

  /** The words of the Bloom filter. */
  long[] filter() throws VerificationException {
    long[] words = new long[Math.toIntExact(Math.min(bloomWords, file.size()))];
    for (int i = 0; i < words.length; i++) {
      words[i] = file.word(offset + HEAD + (long) i * file.wordSize());
    }
    return words;
  }

  /** Sets the two bits without which a loader looks no further for a name. */
  void allow(long hash, long[] filter) {
    int bits = 8 * file.wordSize();
    if (filter.length > 0) {
      int word = (int) (hash / bits % filter.length);
      filter[word] |= 1L << hash % bits | 1L << (hash >>> (shift & 31)) % bits;
    }
  }
}
