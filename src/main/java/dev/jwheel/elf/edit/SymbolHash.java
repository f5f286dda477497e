// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.io.ElfStrings;

/** The hash functions of DT_GNU_HASH (glibc {@code dl-hash.h}) and of DT_HASH (gABI). */
final class SymbolHash {
  private SymbolHash() {}

  /** Returns the hash by which DT_GNU_HASH finds a name, an unsigned number of 32 bits. */
  static long gnu(String name) {
    int hash = 5381;
    for (byte b : ElfStrings.bytes(name)) {
      hash = hash * 33 + (b & 0xff);
    }
    return hash & 0xffffffffL;
  }

  /** Returns the hash by which DT_HASH finds a name, 28 bits. */
  static long sysv(String name) {
    long hash = 0;
    for (byte b : ElfStrings.bytes(name)) {
      hash = (hash << 4) + (b & 0xff);
      long high = hash & 0xf0000000L;
      hash ^= high >>> 24;
      hash &= ~high;
    }
    return hash;
  }
}
