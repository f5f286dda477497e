// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import dev.jwheel.elf.format.FileRange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables that the dynamic section names, with their sizes: no section header is asked. */
public final class DynamicTables {
  private final ElfImage image;
  private final DynamicSection dynamic;
  private final List<FileRange> ranges = new ArrayList<>();

  private DynamicTables(ElfImage image, DynamicSection dynamic) {
    this.image = image;
    this.dynamic = dynamic;
  }

  public static List<FileRange> read(
      ElfImage image,
      DynamicSection dynamic,
      StringTable strings,
      SymbolTable dynamicSymbols,
      VersionNeeds needs,
      VersionDefinitions definitions)
      throws ElfFormatException {
    DynamicTables tables = new DynamicTables(image, dynamic);
    long symbols = dynamicSymbols.count();
    tables.add("DT_STRTAB", DynamicTags.DT_STRTAB, strings.size(), 1, Kind.STRINGS);
    tables.add(
        "DT_SYMTAB", DynamicTags.DT_SYMTAB, symbols * SymbolTable.entrySize(image.encoding()));
    tables.add("DT_VERSYM", DynamicTags.DT_VERSYM, symbols * 2, 2, Kind.TABLE);
    tables.add("DT_VERNEED", DynamicTags.DT_VERNEED, needs.length());
    tables.add("DT_VERDEF", DynamicTags.DT_VERDEF, definitions.length());
    tables.addHash();
    tables.addGnuHash(symbols);
    tables.addSized("DT_RELA", DynamicTags.DT_RELA, DynamicTags.DT_RELASZ);
    tables.addSized("DT_REL", DynamicTags.DT_REL, DynamicTags.DT_RELSZ);
    tables.addSized("DT_JMPREL", DynamicTags.DT_JMPREL, DynamicTags.DT_PLTRELSZ);
    tables.addSized("DT_RELR", DynamicTags.DT_RELR, DynamicTags.DT_RELRSZ);
    tables.addSized("DT_ANDROID_REL", DynamicTags.DT_ANDROID_REL, DynamicTags.DT_ANDROID_RELSZ);
    tables.addSized("DT_ANDROID_RELA", DynamicTags.DT_ANDROID_RELA, DynamicTags.DT_ANDROID_RELASZ);
    tables.addSized("DT_ANDROID_RELR", DynamicTags.DT_ANDROID_RELR, DynamicTags.DT_ANDROID_RELRSZ);
    return List.copyOf(tables.ranges);
  }

  private void addSized(String name, long tag, long sizeTag) throws ElfFormatException {
    add(name, tag, dynamic.number(sizeTag));
  }

  private void addHash() throws ElfFormatException {
    Optional<HashTable> hash = HashTable.read(image, dynamic);
    if (hash.isPresent()) {
      long limit = image.bytes().size();
      long buckets = hash.get().buckets();
      if (buckets < 0 || buckets > limit || hash.get().chains() > limit) {
        throw image.broken(-1, "DT_HASH has more entries than the file has bytes");
      }
      add("DT_HASH", DynamicTags.DT_HASH, hash.get().size());
    }
  }

  private void addGnuHash(long symbols) throws ElfFormatException {
    Optional<GnuHashTable> hash = GnuHashTable.read(image, dynamic);
    if (hash.isPresent()) {
      add("DT_GNU_HASH", DynamicTags.DT_GNU_HASH, hash.get().size(symbols));
    }
  }

  private void add(String name, long tag, long size) throws ElfFormatException {
    add(name, tag, size, image.encoding().wordSize(), Kind.TABLE);
  }

  private void add(String name, long tag, long size, long alignment, Kind kind)
      throws ElfFormatException {
    if (dynamic.has(tag) && size != 0) {
      Location location = image.locate(name, dynamic.number(tag), size);
      ranges.add(new FileRange(name, kind, location, size, alignment));
    }
  }
}
