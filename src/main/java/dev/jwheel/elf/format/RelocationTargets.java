// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import dev.jwheel.platform.Machine;
import java.nio.ByteBuffer;

/**
 * The addresses that relative relocations compute: pointers of the program to places of its own
 * image (gABI, "Relocation"; the relative types are those of the psABIs).
 */
public final class RelocationTargets {
  private final ElfImage image;
  private final DynamicSection dynamic;
  private final ElfEncoding encoding;
  private final Machine machine;

  public RelocationTargets(ElfImage image, DynamicSection dynamic) {
    this.image = image;
    this.dynamic = dynamic;
    this.encoding = image.encoding();
    this.machine = image.header().machine();
  }

  /**
   * Whether one may lie in a range. Relocations packed as Android does are not decoded: they may.
   */
  public boolean anyWithin(long from, long to) throws ElfFormatException {
    return dynamic.has(DynamicTags.DT_ANDROID_REL)
        || dynamic.has(DynamicTags.DT_ANDROID_RELA)
        || anyAddend(from, to)
        || anyInPlace(from, to)
        || anyPacked(DynamicTags.DT_RELR, DynamicTags.DT_RELRSZ, from, to)
        || anyPacked(DynamicTags.DT_ANDROID_RELR, DynamicTags.DT_ANDROID_RELRSZ, from, to);
  }

  /** DT_RELA: the target is the addend. */
  private boolean anyAddend(long from, long to) throws ElfFormatException {
    ByteBuffer table = table("DT_RELA", DynamicTags.DT_RELA, DynamicTags.DT_RELASZ);
    while (table.remaining() >= 3 * encoding.wordSize()) {
      encoding.get(table);
      boolean relative = isRelative(table);
      long target = encoding.get(table);
      if (relative && target >= from && target < to) {
        return true;
      }
    }
    return false;
  }

  /** DT_REL: the target stands at the place that is relocated. */
  private boolean anyInPlace(long from, long to) throws ElfFormatException {
    ByteBuffer table = table("DT_REL", DynamicTags.DT_REL, DynamicTags.DT_RELSZ);
    while (table.remaining() >= 2 * encoding.wordSize()) {
      long address = encoding.get(table);
      if (isRelative(table) && targetAt(address, from, to)) {
        return true;
      }
    }
    return false;
  }

  /**
   * DT_RELR: an even word is an address, an odd one a bitmap of the words behind the last address.
   */
  private boolean anyPacked(long tag, long sizeTag, long from, long to) throws ElfFormatException {
    ByteBuffer table = table("DT_RELR", tag, sizeTag);
    long next = 0;
    while (table.remaining() >= encoding.wordSize()) {
      long entry = encoding.get(table);
      if ((entry & 1) == 0) {
        if (targetAt(entry, from, to)) {
          return true;
        }
        next = entry + encoding.wordSize();
      } else {
        for (long bits = entry >>> 1, at = next;
            bits != 0;
            bits >>>= 1, at += encoding.wordSize()) {
          if ((bits & 1) != 0 && targetAt(at, from, to)) {
            return true;
          }
        }
        next += (long) (encoding.wordSize() * 8 - 1) * encoding.wordSize();
      }
    }
    return false;
  }

  private boolean targetAt(long address, long from, long to) throws ElfFormatException {
    if (image.loadHolding(address, encoding.wordSize()).isEmpty()) {
      return false;
    }
    long target = encoding.get(image.at("a relocated word", address, encoding.wordSize()));
    return target >= from && target < to;
  }

  private ByteBuffer table(String name, long tag, long sizeTag) throws ElfFormatException {
    return dynamic.has(tag)
        ? image.at(name, dynamic.number(tag), dynamic.number(sizeTag))
        : encoding.allocate(0);
  }

  private boolean isRelative(ByteBuffer entry) {
    long info = encoding.get(entry);
    int type = encoding.wide() ? (int) info : (int) info & 0xff;
    return machine.mayBeRelative(type);
  }
}
