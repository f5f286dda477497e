package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfClass;
import dev.jwheel.elf.format.ElfFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The dynamic section (gABI, "Dynamic Section") and its string table, found by PT_DYNAMIC. */
final class DynamicTable {
  static final int DT_NULL = 0;
  static final int DT_NEEDED = 1;
  static final int DT_HASH = 4;
  static final int DT_STRTAB = 5;
  static final int DT_SYMTAB = 6;
  static final int DT_RELA = 7;
  static final int DT_STRSZ = 10;
  static final int DT_SONAME = 14;
  static final int DT_RPATH = 15;
  static final int DT_REL = 17;
  static final int DT_JMPREL = 23;
  static final int DT_RUNPATH = 29;
  static final int DT_MIPS_SYMTABNO = 0x70000011;
  static final int DT_GNU_HASH = 0x6ffffef5;
  static final int DT_VERSYM = 0x6ffffff0;
  static final int DT_FLAGS_1 = 0x6ffffffb;
  static final int DT_VERDEF = 0x6ffffffc;
  static final int DT_VERNEED = 0x6ffffffe;

  private record Entry(long tag, long value) {}

  private final List<Entry> entries;
  private final StringTable strings;

  private DynamicTable(List<Entry> entries, StringTable strings) {
    this.entries = entries;
    this.strings = strings;
  }

  static DynamicTable read(ElfBytes bytes, AddressMap map, ProgramHeader segment)
      throws ElfFormatException {
    List<Entry> entries = entries(bytes, segment);
    long address = required(bytes, segment, entries, DT_STRTAB, "DT_STRTAB");
    long size = required(bytes, segment, entries, DT_STRSZ, "DT_STRSZ");
    long offset = map.offset("the dynamic string table", address, size);
    return new DynamicTable(entries, new StringTable(bytes, offset, size));
  }

  /** Link editors told to leave no spare entry leave out DT_NULL too; then the segment ends it. */
  private static List<Entry> entries(ElfBytes bytes, ProgramHeader segment)
      throws ElfFormatException {
    ByteBuffer table = bytes.slice(segment.offset(), segment.fileSize());
    boolean wide = bytes.elfClass() == ElfClass.ELF64;
    List<Entry> entries = new ArrayList<>();
    while (table.remaining() >= (wide ? 16 : 8)) {
      long tag = wide ? table.getLong() : table.getInt();
      long value = wide ? table.getLong() : table.getInt() & 0xffffffffL;
      if (tag == DT_NULL) {
        return List.copyOf(entries);
      }
      entries.add(new Entry(tag, value));
    }
    return List.copyOf(entries);
  }

  private static long required(
      ElfBytes bytes, ProgramHeader segment, List<Entry> entries, long tag, String name)
      throws ElfFormatException {
    OptionalLong value = last(entries, tag);
    if (value.isPresent()) {
      return value.getAsLong();
    }
    throw new ElfFormatException(
        bytes.name(), segment.offset(), "the dynamic section has no " + name);
  }

  /** The value of the last entry of a tag, which is the one the loader keeps. */
  OptionalLong value(long tag) {
    return last(entries, tag);
  }

  private static OptionalLong last(List<Entry> entries, long tag) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).tag == tag) {
        return OptionalLong.of(entries.get(i).value);
      }
    }
    return OptionalLong.empty();
  }

  /** The string that the entry of a tag names. */
  Optional<String> string(long tag) throws ElfFormatException {
    OptionalLong value = value(tag);
    return value.isPresent() ? Optional.of(strings.at(value.getAsLong())) : Optional.empty();
  }

  /** The strings that all entries of a tag name, in file order. */
  List<String> allStrings(long tag) throws ElfFormatException {
    List<String> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.tag == tag) {
        found.add(strings.at(entry.value));
      }
    }
    return found;
  }

  /** The lowest address above {@code address} that an entry of a table or section holds. */
  OptionalLong nextAddress(long address) {
    OptionalLong next = OptionalLong.empty();
    for (Entry entry : entries) {
      boolean closer = next.isEmpty() || entry.value < next.getAsLong();
      if (isTable(entry.tag) && entry.value > address && closer) {
        next = OptionalLong.of(entry.value);
      }
    }
    return next;
  }

  private static boolean isTable(long tag) {
    return tag == DT_HASH
        || tag == DT_STRTAB
        || tag == DT_RELA
        || tag == DT_REL
        || tag == DT_JMPREL
        || tag == DT_GNU_HASH
        || tag == DT_VERSYM
        || tag == DT_VERDEF
        || tag == DT_VERNEED;
  }

  StringTable strings() {
    return strings;
  }
}
