// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

/**
 * One entry of the dynamic section (gABI, Elf_Dyn).
 *
 * @param tag d_tag
 * @param value d_val or d_ptr
 */
public record DynamicEntry(long tag, long value) {

  public static int size(ElfEncoding encoding) {
    return 2 * encoding.wordSize();
  }

  /** Whether it is nothing but zero. To compare it as a record would make a start slower. */
  boolean isZero() {
    return tag == DynamicTags.DT_NULL && value == 0;
  }
}
