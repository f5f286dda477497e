// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.platform.Machine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The dynamic section (gABI, "Dynamic Section"), found through PT_DYNAMIC. */
final class DynamicArray {
  static final long DT_NULL = 0;
  static final long DT_NEEDED = 1;
  static final long DT_PLTRELSZ = 2;
  static final long DT_PLTGOT = 3;
  static final long DT_HASH = 4;
  static final long DT_STRTAB = 5;
  static final long DT_SYMTAB = 6;
  static final long DT_RELA = 7;
  static final long DT_RELASZ = 8;
  static final long DT_STRSZ = 10;
  static final long DT_SONAME = 14;
  static final long DT_RPATH = 15;
  static final long DT_SYMBOLIC = 16;
  static final long DT_REL = 17;
  static final long DT_RELSZ = 18;
  static final long DT_PLTREL = 20;
  static final long DT_DEBUG = 21;
  static final long DT_TEXTREL = 22;
  static final long DT_JMPREL = 23;
  static final long DT_BIND_NOW = 24;
  static final long DT_RUNPATH = 29;
  static final long DT_FLAGS = 30;
  static final long DT_RELRSZ = 35;
  static final long DT_RELR = 36;
  static final long DT_ANDROID_REL = 0x6000000f;
  static final long DT_ANDROID_RELSZ = 0x60000010;
  static final long DT_ANDROID_RELA = 0x60000011;
  static final long DT_ANDROID_RELASZ = 0x60000012;
  static final long DT_ANDROID_RELR = 0x6fffe000;
  static final long DT_ANDROID_RELRSZ = 0x6fffe001;
  static final long DT_GNU_PRELINKED = 0x6ffffdf5;
  static final long DT_GNU_CONFLICTSZ = 0x6ffffdf6;
  static final long DT_GNU_LIBLISTSZ = 0x6ffffdf7;
  static final long DT_GNU_HASH = 0x6ffffef5;
  static final long DT_GNU_CONFLICT = 0x6ffffef8;
  static final long DT_GNU_LIBLIST = 0x6ffffef9;
  static final long DT_CONFIG = 0x6ffffefa;
  static final long DT_DEPAUDIT = 0x6ffffefb;
  static final long DT_AUDIT = 0x6ffffefc;
  static final long DT_VERSYM = 0x6ffffff0;
  static final long DT_RELACOUNT = 0x6ffffff9;
  static final long DT_RELCOUNT = 0x6ffffffa;
  static final long DT_FLAGS_1 = 0x6ffffffb;
  static final long DT_VERDEF = 0x6ffffffc;
  static final long DT_VERDEFNUM = 0x6ffffffd;
  static final long DT_VERNEED = 0x6ffffffe;
  static final long DT_VERNEEDNUM = 0x6fffffff;
  static final long DT_MIPS_SYMTABNO = 0x70000011;
  static final long DT_MIPS_RLD_MAP_REL = 0x70000035;
  static final long DT_MIPS_XHASH = 0x70000036;
  static final long DT_AUXILIARY = 0x7ffffffd;
  static final long DT_FILTER = 0x7fffffff;

  /**
   * An entry.
   *
   * @param index its place in the table
   * @param tag d_tag
   * @param value d_val or d_ptr
   */
  record Entry(int index, long tag, long value) {}

  private final Headers elf;
  private final ElfSegment segment;
  private final long offset;
  private final List<Entry> entries = new ArrayList<>();
  private final boolean terminated;

  private DynamicArray(Headers elf, ElfSegment segment) throws VerificationException {
    this.elf = elf;
    this.segment = segment;
    this.offset = elf.offsetOf("PT_DYNAMIC", segment.address(), segment.fileSize());
    this.terminated = readEntries();
  }

  /** The dynamic section, if there is one with content. */
  static Optional<DynamicArray> read(Headers elf) throws VerificationException {
    Optional<ElfSegment> segment = elf.segment(ElfSegment.PT_DYNAMIC);
    for (ElfSegment other : elf.segments()) {
      if (other.type() == ElfSegment.PT_DYNAMIC && !other.equals(segment.orElse(other))) {
        throw elf.file().broken(Invariant.READABLE, "PT_DYNAMIC", "there are two of it");
      }
    }
    return segment.isPresent() && segment.get().fileSize() > 0
        ? Optional.of(new DynamicArray(elf, segment.get()))
        : Optional.empty();
  }

  private boolean readEntries() throws VerificationException {
    Bytes file = elf.file();
    int word = file.wordSize();
    for (int i = 0; i < segment.fileSize() / entrySize(); i++) {
      long at = offset + (long) i * entrySize();
      long tag = file.word(at);
      if (tag == DT_NULL) {
        return true;
      }
      entries.add(new Entry(i, tag, file.word(at + word)));
    }
    return false;
  }

  /** Whether a DT_NULL ends the entries; some linkers leave it out when told not to spare tags. */
  boolean isTerminated() {
    return terminated;
  }

  /** The program header that leads to it. */
  ElfSegment segment() {
    return segment;
  }

  /** The offset of the first entry in the file. */
  long offset() {
    return offset;
  }

  /** The address of an entry. */
  long addressOf(Entry entry) {
    return segment.address() + (long) entry.index() * entrySize();
  }

  int entrySize() {
    return 2 * elf.file().wordSize();
  }

  /** The entries before DT_NULL. */
  List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** The offset behind the last entry before DT_NULL. */
  long entriesEnd() {
    return offset + (long) entries.size() * entrySize();
  }

  boolean has(long tag) {
    for (Entry entry : entries) {
      if (entry.tag() == tag) {
        return true;
      }
    }
    return false;
  }

  /** The value of the last entry of a tag, which is the one a loader keeps; 0 without one. */
  long value(long tag) {
    long value = 0;
    for (Entry entry : entries) {
      if (entry.tag() == tag) {
        value = entry.value();
      }
    }
    return value;
  }

  /** Whether tags from DT_LOPROC on are those of MIPS. */
  boolean isMips() {
    return elf.header().machine() == Machine.MIPS;
  }

  /** Whether the value of a tag is a reference into the dynamic string table. */
  static boolean isString(long tag) {
    return tag == DT_NEEDED
        || tag == DT_SONAME
        || tag == DT_RPATH
        || tag == DT_RUNPATH
        || tag == DT_AUXILIARY
        || tag == DT_FILTER
        || tag == DT_CONFIG
        || tag == DT_DEPAUDIT
        || tag == DT_AUDIT;
  }
}
