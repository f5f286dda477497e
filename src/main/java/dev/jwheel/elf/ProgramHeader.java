package dev.jwheel.elf;

/**
 * One entry of the program header table (gABI, "Program Header"); sizes and places in bytes.
 *
 * @param type p_type
 * @param flags p_flags
 * @param offset p_offset
 * @param address p_vaddr
 * @param fileSize p_filesz
 * @param memorySize p_memsz
 * @param alignment p_align
 */
record ProgramHeader(
    int type,
    int flags,
    long offset,
    long address,
    long fileSize,
    long memorySize,
    long alignment) {

  public static final int PT_LOAD = 1;
  public static final int PT_DYNAMIC = 2;
  public static final int PT_INTERP = 3;
  public static final int PT_NOTE = 4;
  public static final int PT_GNU_STACK = 0x6474e551;

  public static final int PF_X = 1;
}
