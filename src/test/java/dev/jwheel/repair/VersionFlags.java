// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Changes the flags of version needs in the bytes of little-endian files. */
final class VersionFlags {
  private static final int VER_FLG_WEAK = 2;
  private static final List<String> VERSIONS = List.of("GLIBC_2.2.5", "GLIBC_2.34", "GLIBC_2.29");

  private VersionFlags() {}

  /** Flags every need of some versions of glibc weak; finds them by {@code vna_hash}. */
  static void makeWeak(byte[] elf) {
    for (String version : VERSIONS) {
      int hash = hash(version);
      for (int at = 0; at + 16 <= elf.length; at += 4) {
        if (word(elf, at) == hash) {
          elf[at + 4] |= VER_FLG_WEAK;
        }
      }
    }
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }

  /** The hash function of the gABI, which {@code vna_hash} has. */
  private static int hash(String name) {
    int hash = 0;
    for (byte c : name.getBytes(StandardCharsets.US_ASCII)) {
      hash = (hash << 4) + c;
      int high = hash & 0xf0000000;
      hash = (hash ^ high >>> 24) & ~high;
    }
    return hash;
  }
}
