package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a loader reads of one dynamically linked file.
 *
 * @param elf the headers
 * @param dynamic the dynamic section
 * @param strings the dynamic string table
 * @param symbols the dynamic symbol table
 * @param versions the version tables
 */
record RawObject(
    RawElf elf, RawDynamic dynamic, RawStrings strings, RawSymbols symbols, RawVersions versions) {

  /** What the file holds beyond its headers, if it is dynamically linked. */
  static Optional<RawObject> read(RawElf elf) throws VerificationException {
    Optional<RawDynamic> found = RawDynamic.read(elf);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    RawDynamic dynamic = found.get();
    RawStrings strings = RawStrings.read(elf, dynamic);
    return Optional.of(
        new RawObject(
            elf,
            dynamic,
            strings,
            RawSymbols.read(elf, dynamic),
            RawVersions.read(elf, dynamic, strings)));
  }

  RawFile file() {
    return elf.file();
  }

  /** The address of a table whose entry in the dynamic section has this tag, if it has one. */
  boolean has(long tag) {
    return dynamic.has(tag);
  }

  /** The tables that may move, with their extents. */
  List<RawTable> tables() throws VerificationException {
    List<RawTable> tables = new ArrayList<>();
    add(tables, "string table", RawDynamic.DT_STRTAB, strings.size());
    add(tables, "symbol table", RawDynamic.DT_SYMTAB, symbols.addresses().size());
    add(tables, "DT_HASH", RawDynamic.DT_HASH, hashSize());
    add(tables, "DT_GNU_HASH", RawDynamic.DT_GNU_HASH, gnuHashSize());
    add(tables, "symbol versions", RawDynamic.DT_VERSYM, 2 * symbols.count());
    add(tables, "version definitions", RawDynamic.DT_VERDEF, versions.definitionRange().size());
    add(tables, "version needs", RawDynamic.DT_VERNEED, versions.needRange().size());
    addSized(tables, "relocations", RawDynamic.DT_RELA, RawDynamic.DT_RELASZ);
    addSized(tables, "relocations", RawDynamic.DT_REL, RawDynamic.DT_RELSZ);
    addSized(tables, "relocations", RawDynamic.DT_JMPREL, RawDynamic.DT_PLTRELSZ);
    addSized(tables, "relocations", RawDynamic.DT_RELR, RawDynamic.DT_RELRSZ);
    addSized(tables, "relocations", RawDynamic.DT_ANDROID_REL, RawDynamic.DT_ANDROID_RELSZ);
    addSized(tables, "relocations", RawDynamic.DT_ANDROID_RELA, RawDynamic.DT_ANDROID_RELASZ);
    addSized(tables, "relocations", RawDynamic.DT_ANDROID_RELR, RawDynamic.DT_ANDROID_RELRSZ);
    return tables;
  }

  /** Whether the value of an entry is the address of a table that may move. */
  static boolean leadsToTable(long tag) {
    return tag == RawDynamic.DT_STRTAB
        || tag == RawDynamic.DT_SYMTAB
        || tag == RawDynamic.DT_HASH
        || tag == RawDynamic.DT_GNU_HASH
        || tag == RawDynamic.DT_VERSYM
        || tag == RawDynamic.DT_VERDEF
        || tag == RawDynamic.DT_VERNEED
        || tag == RawDynamic.DT_RELA
        || tag == RawDynamic.DT_REL
        || tag == RawDynamic.DT_JMPREL
        || tag == RawDynamic.DT_RELR
        || tag == RawDynamic.DT_ANDROID_REL
        || tag == RawDynamic.DT_ANDROID_RELA
        || tag == RawDynamic.DT_ANDROID_RELR;
  }

  private void add(List<RawTable> tables, String name, long tag, long size) {
    if (dynamic.has(tag)) {
      tables.add(new RawTable(name, tag, RawRange.sized(dynamic.value(tag), size)));
    }
  }

  private void addSized(List<RawTable> tables, String name, long tag, long sizeTag) {
    add(tables, name, tag, dynamic.value(sizeTag));
  }

  private long hashSize() throws VerificationException {
    if (!dynamic.has(RawDynamic.DT_HASH)) {
      return 0;
    }
    int word = RawSymbols.hashWordSize(elf);
    long at = elf.offsetOf("DT_HASH", dynamic.value(RawDynamic.DT_HASH), 2L * word);
    long buckets = word == 8 ? file().u64(at) : file().u32(at);
    return (2 + buckets + symbols.count()) * word;
  }

  private long gnuHashSize() throws VerificationException {
    if (!dynamic.has(RawDynamic.DT_GNU_HASH)) {
      return 0;
    }
    long at = elf.offsetOf("DT_GNU_HASH", dynamic.value(RawDynamic.DT_GNU_HASH), 16);
    long chains = Math.max(0, symbols.count() - file().u32(at + 4));
    return 16 + file().u32(at + 8) * file().wordSize() + 4 * (file().u32(at) + chains);
  }
}
