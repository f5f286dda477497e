package dev.jwheel.elf.format;

/**
 * One entry of the dynamic section (gABI, Elf_Dyn).
 *
 * @param tag d_tag
 * @param value d_val or d_ptr
 */
public record DynamicEntry(long tag, long value) {

  public static int size(Words words) {
    return 2 * words.size();
  }
}
