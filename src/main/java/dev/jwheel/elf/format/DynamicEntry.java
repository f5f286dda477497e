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
}
