// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.nio.ByteBuffer;

/**
 * One entry of the program header table (gABI, "Program Header"); places and sizes in bytes.
 *
 * @param type p_type
 * @param flags p_flags
 * @param offset p_offset
 * @param address p_vaddr
 * @param physical p_paddr
 * @param fileSize p_filesz
 * @param memorySize p_memsz
 * @param alignment p_align
 */
public record ProgramHeader(
    int type,
    int flags,
    long offset,
    long address,
    long physical,
    long fileSize,
    long memorySize,
    long alignment) {

  public static final int PT_NULL = 0;
  public static final int PT_LOAD = 1;
  public static final int PT_DYNAMIC = 2;
  public static final int PT_INTERP = 3;
  public static final int PT_NOTE = 4;
  public static final int PT_PHDR = 6;
  public static final int PT_GNU_STACK = 0x6474e551;
  public static final int PT_GNU_RELRO = 0x6474e552;
  public static final int PT_GNU_PROPERTY = 0x6474e553;
  public static final int PT_PAX_FLAGS = 0x65041580;
  public static final int PT_RISCV_ATTRIBUTES = 0x70000003;

  public static final int PF_X = 1;
  public static final int PF_W = 2;
  public static final int PF_R = 4;

  public static int size(ElfEncoding encoding) {
    return encoding.wide() ? 56 : 32;
  }

  public ByteBuffer encode(ElfEncoding encoding) {
    ByteBuffer bytes = encoding.allocate(size(encoding)).putInt(type);
    if (encoding.wide()) {
      bytes.putInt(flags);
    }
    encoding.put(bytes, offset);
    encoding.put(bytes, address);
    encoding.put(bytes, physical);
    encoding.put(bytes, fileSize);
    encoding.put(bytes, memorySize);
    if (!encoding.wide()) {
      bytes.putInt(flags);
    }
    encoding.put(bytes, alignment);
    return bytes.flip();
  }

  public boolean isLoad() {
    return type == PT_LOAD;
  }

  public boolean isNote() {
    return type == PT_NOTE || type == PT_GNU_PROPERTY;
  }

  public boolean hasFlag(int flag) {
    return (flags & flag) != 0;
  }

  /** The address behind its last byte in memory. */
  public long end() {
    return address + memorySize;
  }

  /** The offset behind its last byte in the file. */
  public long fileEnd() {
    return offset + fileSize;
  }

  /** Whether a range of addresses has its content in the file part of this segment. */
  public boolean holds(long from, long length) {
    return from >= address && length <= fileSize && from - address <= fileSize - length;
  }

  /** Whether any address of a range lies in this segment. */
  public boolean touches(long from, long to) {
    return memorySize > 0 && address < to && end() > from;
  }

  /** The same segment with all its memory in the file, up to an address. */
  public ProgramHeader upTo(long newEnd) {
    long size = newEnd - address;
    return new ProgramHeader(type, flags, offset, address, physical, size, size, alignment);
  }

  /** The same bytes at another location. */
  public ProgramHeader movedTo(Location location) {
    long distance = location.address() - address;
    return new ProgramHeader(
        type,
        flags,
        location.offset(),
        location.address(),
        physical + distance,
        fileSize,
        memorySize,
        alignment);
  }

  /** The same segment with another size in file and memory. */
  public ProgramHeader resized(long size) {
    return new ProgramHeader(type, flags, offset, address, physical, size, size, alignment);
  }

  public ProgramHeader withFlags(int newFlags) {
    return new ProgramHeader(
        type, newFlags, offset, address, physical, fileSize, memorySize, alignment);
  }
}
