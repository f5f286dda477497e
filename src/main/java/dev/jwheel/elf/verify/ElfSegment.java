// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * A program header (gABI, "Program Header").
 *
 * @param index its place in the table
 * @param type p_type
 * @param flags p_flags
 * @param offset p_offset
 * @param address p_vaddr
 * @param physical p_paddr
 * @param fileSize p_filesz
 * @param memorySize p_memsz
 * @param align p_align
 */
record ElfSegment(
    int index,
    int type,
    int flags,
    long offset,
    long address,
    long physical,
    long fileSize,
    long memorySize,
    long align) {

  static final int PT_NULL = 0;
  static final int PT_LOAD = 1;
  static final int PT_DYNAMIC = 2;
  static final int PT_INTERP = 3;
  static final int PT_NOTE = 4;
  static final int PT_PHDR = 6;
  static final int PT_GNU_STACK = 0x6474e551;
  static final int PT_GNU_PROPERTY = 0x6474e553;
  static final int PT_RISCV_ATTRIBUTES = 0x70000003;

  static final int PF_X = 1;
  static final int PF_W = 2;

  /** Every program header, in table order. */
  static List<ElfSegment> readAll(Bytes file, ElfHeader header) throws VerificationException {
    int size = file.wide() ? 56 : 32;
    if (header.programHeaderCount() > 0 && header.programHeaderSize() != size) {
      throw file.unreadable(0, "expected program headers of " + size + " bytes");
    }
    List<ElfSegment> all = new ArrayList<>();
    for (int i = 0; i < header.programHeaderCount(); i++) {
      all.add(read(file, header.programHeaders() + (long) i * size, i));
    }
    return List.copyOf(all);
  }

  private static ElfSegment read(Bytes file, long at, int index) throws VerificationException {
    int type = (int) file.u32(at);
    if (file.wide()) {
      return new ElfSegment(
          index,
          type,
          (int) file.u32(at + 4),
          file.u64(at + 8),
          file.u64(at + 16),
          file.u64(at + 24),
          file.u64(at + 32),
          file.u64(at + 40),
          file.u64(at + 48));
    }
    return new ElfSegment(
        index,
        type,
        (int) file.u32(at + 24),
        file.u32(at + 4),
        file.u32(at + 8),
        file.u32(at + 12),
        file.u32(at + 16),
        file.u32(at + 20),
        file.u32(at + 28));
  }

  boolean isLoad() {
    return type == PT_LOAD;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  long fileEnd() {
    return offset + fileSize;
  }

  /** The end of the part of the memory that comes from the file. */
  long backedEnd() {
    return address + fileSize;
  }

  long memoryEnd() {
    return address + memorySize;
  }

  /** Whether a range of addresses lies in the part that comes from the file. */
  boolean backs(long start, long size) {
    return start >= address && size <= fileSize && start - address <= fileSize - size;
  }

  /** Whether an address lies in the memory of the segment. */
  boolean contains(long place) {
    return place >= address && place - address < memorySize;
  }

  /** What messages call it. */
  @Override
  public String toString() {
    return "program header " + index + " (type 0x" + Integer.toHexString(type) + ")";
  }
}
