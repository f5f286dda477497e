package dev.jwheel.elf;

import dev.jwheel.elf.UndefinedSymbol.VersionReference;
import dev.jwheel.elf.VersionNeed.NeededVersion;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The version need and version definition tables ("ELF Symbol Versioning", Drepper; glibc {@code
 * _dl_check_map_versions}). Like the loader, they are followed by their links, not their counts.
 *
 * @param needs what the file needs
 * @param definitions what it defines, without the base entry
 * @param references the needed version of each index that DT_VERSYM uses
 */
record VersionTables(
    List<VersionNeed> needs, Set<String> definitions, Map<Integer, VersionReference> references) {

  private static final int NEED_SIZE = 16;
  private static final int DEFINITION_SIZE = 20;
  private static final int VER_FLG_BASE = 1;
  private static final int VER_FLG_WEAK = 2;
  private static final int INDEX_MASK = 0x7fff;

  static VersionTables read(ElfBytes bytes, AddressMap map, DynamicTable dynamic)
      throws ElfFormatException {
    Reader reader = new Reader(bytes, dynamic.strings());
    List<VersionNeed> needs = new ArrayList<>();
    Map<Integer, VersionReference> references = new HashMap<>();
    OptionalLong need = dynamic.value(DynamicTable.DT_VERNEED);
    if (need.isPresent()) {
      reader.needs(map.offset("DT_VERNEED", need.getAsLong(), NEED_SIZE), needs);
    }
    for (VersionNeed record : needs) {
      for (NeededVersion version : record.versions()) {
        references.put(version.index(), new VersionReference(record.file(), version.name()));
      }
    }
    Set<String> definitions = new LinkedHashSet<>();
    OptionalLong definition = dynamic.value(DynamicTable.DT_VERDEF);
    if (definition.isPresent()) {
      reader.definitions(
          map.offset("DT_VERDEF", definition.getAsLong(), DEFINITION_SIZE), definitions);
    }
    return new VersionTables(needs, definitions, references);
  }

  /** Follows the links of both tables, each at most as often as there are version indexes. */
  private static final class Reader {
    private final ElfBytes bytes;
    private final StringTable strings;
    private int seen;

    Reader(ElfBytes bytes, StringTable strings) {
      this.bytes = bytes;
      this.strings = strings;
    }

    void needs(long first, List<VersionNeed> needs) throws ElfFormatException {
      long offset = first;
      long next;
      do {
        count(offset);
        String file = strings.at(bytes.u32(offset + 4));
        needs.add(new VersionNeed(file, versions(offset + bytes.u32(offset + 8))));
        next = bytes.u32(offset + 12);
        offset += next;
      } while (next != 0);
    }

    private List<NeededVersion> versions(long first) throws ElfFormatException {
      List<NeededVersion> versions = new ArrayList<>();
      long offset = first;
      long next;
      do {
        count(offset);
        int flags = bytes.u16(offset + 4);
        int index = bytes.u16(offset + 6) & INDEX_MASK;
        String name = strings.at(bytes.u32(offset + 8));
        versions.add(new NeededVersion(name, (flags & VER_FLG_WEAK) != 0, index));
        next = bytes.u32(offset + 12);
        offset += next;
      } while (next != 0);
      return versions;
    }

    void definitions(long first, Set<String> definitions) throws ElfFormatException {
      long offset = first;
      long next;
      do {
        count(offset);
        boolean base = (bytes.u16(offset + 2) & VER_FLG_BASE) != 0;
        long name = bytes.u32(offset + bytes.u32(offset + 12));
        if (!base) {
          definitions.add(strings.at(name));
        }
        next = bytes.u32(offset + 16);
        offset += next;
      } while (next != 0);
    }

    private void count(long offset) throws ElfFormatException {
      if (++seen > 2 * INDEX_MASK) {
        throw new ElfFormatException(
            bytes.name(), offset, "the version tables have more entries than there are indexes");
      }
    }
  }
}
