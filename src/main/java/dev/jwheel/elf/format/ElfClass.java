// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

/** The size of addresses in the file: EI_CLASS of the gABI's ELF identification. */
public enum ElfClass {
  ELF32(4),
  ELF64(8);

  private final int wordSize;

  ElfClass(int wordSize) {
    this.wordSize = wordSize;
  }

  /** Returns the size of an address in bits: 32 or 64. */
  public int bits() {
    return 8 * wordSize;
  }

  /** The size of an address or an offset, in bytes. */
  public int wordSize() {
    return wordSize;
  }
}
