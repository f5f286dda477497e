// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a loader reads of one dynamically linked file.
 *
 * @param elf the headers
 * @param dynamic the dynamic section
 * @param strings the dynamic string table
 * @param symbols the dynamic symbol table
 * @param versions the version tables
 */
record DynamicObject(
    Headers elf,
    DynamicArray dynamic,
    DynamicStrings strings,
    DynamicSymbols symbols,
    SymbolVersions versions) {

  /** What the file holds beyond its headers, if it is dynamically linked. */
  static Optional<DynamicObject> read(Headers elf) throws VerificationException {
    Optional<DynamicArray> found = DynamicArray.read(elf);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    DynamicArray dynamic = found.get();
    DynamicStrings strings = DynamicStrings.read(elf, dynamic);
    return Optional.of(
        new DynamicObject(
            elf,
            dynamic,
            strings,
            DynamicSymbols.read(elf, dynamic),
            SymbolVersions.read(elf, dynamic, strings)));
  }

  /** The name of a symbol, if it is one of some names. */
  Optional<String> nameAmong(long symbol, Set<String> names) throws VerificationException {
    long reference = file().u32(symbols.offset() + symbol * symbols.entrySize());
    return strings.among(reference, names);
  }

  Bytes file() {
    return elf.file();
  }

  /** The address of a table whose entry in the dynamic section has this tag, if it has one. */
  boolean has(long tag) {
    return dynamic.has(tag);
  }

  /** The tables that may move, with their extents. */
  List<LoaderTable> tables() throws VerificationException {
    List<LoaderTable> tables = new ArrayList<>();
    add(tables, "string table", DynamicArray.DT_STRTAB, strings.size());
    add(tables, "symbol table", DynamicArray.DT_SYMTAB, symbols.addresses().size());
    add(tables, "DT_HASH", DynamicArray.DT_HASH, hashSize());
    add(tables, "DT_GNU_HASH", DynamicArray.DT_GNU_HASH, gnuHashSize());
    add(tables, "symbol versions", DynamicArray.DT_VERSYM, 2 * symbols.count());
    add(tables, "version definitions", DynamicArray.DT_VERDEF, versions.definitionRange().size());
    add(tables, "version needs", DynamicArray.DT_VERNEED, versions.needRange().size());
    addSized(tables, "relocations", DynamicArray.DT_RELA, DynamicArray.DT_RELASZ);
    addSized(tables, "relocations", DynamicArray.DT_REL, DynamicArray.DT_RELSZ);
    addSized(tables, "relocations", DynamicArray.DT_JMPREL, DynamicArray.DT_PLTRELSZ);
    addSized(tables, "relocations", DynamicArray.DT_RELR, DynamicArray.DT_RELRSZ);
    addSized(tables, "relocations", DynamicArray.DT_ANDROID_REL, DynamicArray.DT_ANDROID_RELSZ);
    addSized(tables, "relocations", DynamicArray.DT_ANDROID_RELA, DynamicArray.DT_ANDROID_RELASZ);
    addSized(tables, "relocations", DynamicArray.DT_ANDROID_RELR, DynamicArray.DT_ANDROID_RELRSZ);
    return tables;
  }

  /** Whether the value of an entry is the address of a table that may move. */
  static boolean leadsToTable(long tag) {
    return tag == DynamicArray.DT_STRTAB
        || tag == DynamicArray.DT_SYMTAB
        || tag == DynamicArray.DT_HASH
        || tag == DynamicArray.DT_GNU_HASH
        || tag == DynamicArray.DT_VERSYM
        || tag == DynamicArray.DT_VERDEF
        || tag == DynamicArray.DT_VERNEED
        || tag == DynamicArray.DT_RELA
        || tag == DynamicArray.DT_REL
        || tag == DynamicArray.DT_JMPREL
        || tag == DynamicArray.DT_RELR
        || tag == DynamicArray.DT_ANDROID_REL
        || tag == DynamicArray.DT_ANDROID_RELA
        || tag == DynamicArray.DT_ANDROID_RELR;
  }

  private void add(List<LoaderTable> tables, String name, long tag, long size) {
    if (dynamic.has(tag)) {
      tables.add(new LoaderTable(name, tag, Range.sized(dynamic.value(tag), size)));
    }
  }

  private void addSized(List<LoaderTable> tables, String name, long tag, long sizeTag) {
    add(tables, name, tag, dynamic.value(sizeTag));
  }

  private long hashSize() throws VerificationException {
    if (!dynamic.has(DynamicArray.DT_HASH)) {
      return 0;
    }
    int word = DynamicSymbols.hashWordSize(elf);
    long at = elf.offsetOf("DT_HASH", dynamic.value(DynamicArray.DT_HASH), 2L * word);
    long buckets = word == 8 ? file().u64(at) : file().u32(at);
    return (2 + buckets + symbols.count()) * word;
  }

  private long gnuHashSize() throws VerificationException {
    if (!dynamic.has(DynamicArray.DT_GNU_HASH)) {
      return 0;
    }
    long at = elf.offsetOf("DT_GNU_HASH", dynamic.value(DynamicArray.DT_GNU_HASH), 16);
    long chains = Math.max(0, symbols.count() - file().u32(at + 4));
    return 16 + file().u32(at + 8) * file().wordSize() + 4 * (file().u32(at) + chains);
  }
}
