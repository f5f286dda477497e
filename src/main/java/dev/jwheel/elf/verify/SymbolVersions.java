// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * The version need and version definition tables (gABI extensions of Solaris and GNU, "Symbol
 * Versioning" in the LSB).
 *
 * <p>Both are walked as the loaders walk them: along the distances until one is 0.
 *
 * @param needs the records of DT_VERNEED
 * @param needRange the addresses these take
 * @param definitions the records of DT_VERDEF
 * @param definitionRange the addresses these take
 */
record SymbolVersions(
    List<Need> needs, Range needRange, List<Definition> definitions, Range definitionRange) {

  private static final int NEED_SIZE = 16;
  private static final int DEFINITION_SIZE = 20;
  private static final int DEFINITION_NAME_SIZE = 8;

  /**
   * A library of which versions are needed.
   *
   * @param address of the record
   * @param revision vn_version
   * @param file the string of vn_file
   * @param fileReference vn_file
   * @param count vn_cnt
   * @param versions the versions
   * @param places the addresses of their records
   */
  record Need(
      long address,
      int revision,
      String file,
      long fileReference,
      int count,
      List<NeededVersion> versions,
      List<Long> places) {}

  /**
   * A version that is needed.
   *
   * @param hash vna_hash
   * @param flags vna_flags
   * @param index vna_other
   * @param name the string of vna_name
   */
  record NeededVersion(long hash, int flags, int index, String name) {}

  /**
   * A version that is defined.
   *
   * @param revision vd_version
   * @param flags vd_flags
   * @param index vd_ndx
   * @param hash vd_hash
   * @param count vd_cnt
   * @param names its name and those of the versions it inherits
   */
  record Definition(int revision, int flags, int index, long hash, int count, List<String> names) {}

  static SymbolVersions read(Headers elf, DynamicArray dynamic, DynamicStrings strings)
      throws VerificationException {
    Walk needs = new Walk(elf, strings, "DT_VERNEED", dynamic.value(DynamicArray.DT_VERNEED));
    Walk definitions = new Walk(elf, strings, "DT_VERDEF", dynamic.value(DynamicArray.DT_VERDEF));
    List<Need> needed = dynamic.has(DynamicArray.DT_VERNEED) ? needs.readNeeds() : List.<Need>of();
    List<Definition> defined =
        dynamic.has(DynamicArray.DT_VERDEF) ? definitions.readDefinitions() : List.<Definition>of();
    return new SymbolVersions(needed, needs.range(), defined, definitions.range());
  }

  /** One pass through a table. */
  private static final class Walk {
    private final Headers elf;
    private final Bytes file;
    private final DynamicStrings strings;
    private final String table;
    private final long start;
    private final long budget;
    private long end;
    private long steps;
    private List<Long> places = List.of();

    Walk(Headers elf, DynamicStrings strings, String table, long start) {
      this.elf = elf;
      this.file = elf.file();
      this.strings = strings;
      this.table = table;
      this.start = start;
      this.end = start;
      this.budget = file.size() / DEFINITION_NAME_SIZE;
    }

    Range range() {
      return new Range(start, end);
    }

    List<Need> readNeeds() throws VerificationException {
      List<Need> needs = new ArrayList<>();
      for (long address : chain(start, NEED_SIZE, 12)) {
        long at = offset(address, NEED_SIZE);
        needs.add(
            new Need(
                address,
                file.u16(at),
                strings.get(file.u32(at + 4)),
                file.u32(at + 4),
                file.u16(at + 2),
                readNeededVersions(address + file.u32(at + 8)),
                List.copyOf(places)));
      }
      return List.copyOf(needs);
    }

    private List<NeededVersion> readNeededVersions(long first) throws VerificationException {
      List<NeededVersion> versions = new ArrayList<>();
      places = chain(first, NEED_SIZE, 12);
      for (long address : places) {
        long at = offset(address, NEED_SIZE);
        versions.add(
            new NeededVersion(
                file.u32(at), file.u16(at + 4), file.u16(at + 6), strings.get(file.u32(at + 8))));
      }
      return List.copyOf(versions);
    }

    List<Definition> readDefinitions() throws VerificationException {
      List<Definition> definitions = new ArrayList<>();
      for (long address : chain(start, DEFINITION_SIZE, 16)) {
        long at = offset(address, DEFINITION_SIZE);
        definitions.add(
            new Definition(
                file.u16(at),
                file.u16(at + 2),
                file.u16(at + 4),
                file.u32(at + 8),
                file.u16(at + 6),
                readNames(address + file.u32(at + 12))));
      }
      return List.copyOf(definitions);
    }

    private List<String> readNames(long first) throws VerificationException {
      List<String> names = new ArrayList<>();
      for (long address : chain(first, DEFINITION_NAME_SIZE, 4)) {
        names.add(strings.get(file.u32(offset(address, DEFINITION_NAME_SIZE))));
      }
      return List.copyOf(names);
    }

    /**
     * The addresses of the records that link to each other from one on; more of them than the file
     * can hold are a cycle.
     */
    private List<Long> chain(long first, int size, int link) throws VerificationException {
      List<Long> addresses = new ArrayList<>();
      long address = first;
      long next;
      do {
        if (++steps > budget) {
          throw file.broken(Invariant.READABLE, table, "more records than the file has room for");
        }
        next = file.u32(offset(address, size) + link);
        addresses.add(address);
        end = Math.max(end, address + size);
        address += next;
      } while (next != 0);
      return addresses;
    }

    private long offset(long address, int size) throws VerificationException {
      return elf.offsetOf(table, address, size);
    }
  }
}
