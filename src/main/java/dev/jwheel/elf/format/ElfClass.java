package dev.jwheel.elf.format;

/** The size of addresses in the file: EI_CLASS of the gABI's ELF identification. */
public enum ElfClass {
  ELF32(4),
  ELF64(8);

  private final int wordSize;

  ElfClass(int wordSize) {
    this.wordSize = wordSize;
  }

  /** The size of an address or an offset, in bytes. */
  public int wordSize() {
    return wordSize;
  }
}
