package dev.jwheel.elf;

import dev.jwheel.elf.UndefinedSymbol.VersionReference;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfClass;
import dev.jwheel.elf.format.ElfFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The dynamic symbol table (gABI, "Symbol Table").
 *
 * @param undefined every undefined symbol but the null one
 * @param exports the defined function symbols whose names start with a wanted prefix
 */
record SymbolTable(List<UndefinedSymbol> undefined, Set<String> exports) {
  private static final int SHN_UNDEF = 0;
  private static final int STB_LOCAL = 0;
  private static final int STB_WEAK = 2;
  private static final int STT_FUNC = 2;
  private static final int VERSION_MASK = 0x7fff;

  static SymbolTable read(
      ElfBytes bytes,
      ElfHeader header,
      AddressMap map,
      DynamicTable dynamic,
      Map<Integer, VersionReference> versions,
      List<String> exportPrefixes)
      throws ElfFormatException {
    OptionalLong address = dynamic.value(DynamicTable.DT_SYMTAB);
    if (address.isEmpty()) {
      return new SymbolTable(List.of(), Set.of());
    }
    boolean wide = bytes.elfClass() == ElfClass.ELF64;
    int size = wide ? 24 : 16;
    long count = new SymbolCount(bytes, header, map, dynamic).of(address.getAsLong(), size);
    if (count <= 0) {
      return new SymbolTable(List.of(), Set.of());
    }
    long length = tableLength(bytes, count, size);
    ByteBuffer symbols = bytes.slice(map.offset("DT_SYMTAB", address.getAsLong(), length), length);
    Reader reader = new Reader(wide, symbols, versionIndexes(bytes, map, dynamic, count));
    return reader.read(dynamic.strings(), versions, exportPrefixes);
  }

  private static long tableLength(ElfBytes bytes, long count, int size) throws ElfFormatException {
    if (count > bytes.size() / size) {
      throw new ElfFormatException(
          bytes.name(),
          -1,
          "the hash table speaks of " + count + " dynamic symbols, more than the file can hold");
    }
    return count * size;
  }

  private static Optional<ByteBuffer> versionIndexes(
      ElfBytes bytes, AddressMap map, DynamicTable dynamic, long count) throws ElfFormatException {
    OptionalLong address = dynamic.value(DynamicTable.DT_VERSYM);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    long offset = map.offset("DT_VERSYM", address.getAsLong(), count * 2);
    return Optional.of(bytes.slice(offset, count * 2));
  }

  /** Walks the table once; offsets inside an entry differ between the two classes. */
  private record Reader(boolean wide, ByteBuffer symbols, Optional<ByteBuffer> versionIndexes) {

    SymbolTable read(
        StringTable strings, Map<Integer, VersionReference> versions, List<String> prefixes)
        throws ElfFormatException {
      List<UndefinedSymbol> undefined = new ArrayList<>();
      Set<String> exports = new HashSet<>();
      int size = wide ? 24 : 16;
      int count = symbols.limit() / size;
      for (int index = 1; index < count; index++) {
        int entry = index * size;
        int section = symbols.getShort(entry + (wide ? 6 : 14)) & 0xffff;
        if (section != SHN_UNDEF && prefixes.isEmpty()) {
          continue;
        }
        long name = symbols.getInt(entry) & 0xffffffffL;
        int info = symbols.get(entry + (wide ? 4 : 12));
        int binding = info >> 4 & 0xf;
        if (binding == STB_LOCAL) {
          continue;
        }
        if (section == SHN_UNDEF) {
          undefined.add(
              new UndefinedSymbol(strings.at(name), binding == STB_WEAK, version(index, versions)));
        } else if ((info & 0xf) == STT_FUNC && startsWithAny(strings, name, prefixes)) {
          exports.add(strings.at(name));
        }
      }
      return new SymbolTable(undefined, exports);
    }

    private Optional<VersionReference> version(int index, Map<Integer, VersionReference> versions) {
      if (versionIndexes.isEmpty()) {
        return Optional.empty();
      }
      int version = versionIndexes.get().getShort(index * 2) & VERSION_MASK;
      return Optional.ofNullable(versions.get(version));
    }

    private static boolean startsWithAny(StringTable strings, long name, List<String> prefixes)
        throws ElfFormatException {
      for (String prefix : prefixes) {
        if (strings.startsWith(name, prefix)) {
          return true;
        }
      }
      return false;
    }
  }
}
