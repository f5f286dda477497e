// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.VersionNeeds;
import dev.jwheel.elf.format.VersionNeeds.Need;
import dev.jwheel.elf.format.VersionNeeds.Version;
import dev.jwheel.elf.patch.ElfEdits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What becomes of the version need table when DT_NEEDED entries change: a record of a replaced
 * library gets the new name, a record of a removed one is unlinked. glibc asserts that every record
 * has its DT_NEEDED ({@code dl-version.c}).
 *
 * @param before the table as it is
 * @param kept the records that stay, with their new links and names
 * @param globalVersions the version indexes that nothing provides any more
 */
record VersionNeedEdit(VersionNeeds before, List<KeptNeed> kept, Set<Integer> globalVersions) {

  /**
   * A record that stays.
   *
   * @param start where it starts, in bytes from the start of the table before
   * @param next its vn_next
   * @param file its vn_file
   * @param versions its entries that stay
   * @param shortened whether others do not
   */
  record KeptNeed(
      long start, long next, StringValue file, List<Version> versions, boolean shortened) {}

  VersionNeedEdit {
    kept = List.copyOf(kept);
    globalVersions = Set.copyOf(globalVersions);
  }

  /**
   * Plans the table.
   *
   * @param unused the version indexes that no symbol has any more
   */
  static VersionNeedEdit plan(
      VersionNeeds before, StringTable strings, ElfEdits edits, Set<Integer> unused)
      throws ElfFormatException {
    List<Need> staying = new ArrayList<>();
    Set<Integer> removed = new HashSet<>();
    for (Need record : before.records()) {
      if (edits.removedNeeded().contains(strings.string(record.file()))) {
        record.versions().forEach(version -> removed.add(version.index()));
      } else if (!isEmptied(record, unused)) {
        staying.add(record);
      }
    }
    for (Need record : staying) {
      record.versions().forEach(version -> removed.remove(version.index()));
    }
    List<KeptNeed> kept = new ArrayList<>();
    for (int i = 0; i < staying.size(); i++) {
      Need record = staying.get(i);
      long next = i + 1 == staying.size() ? 0 : staying.get(i + 1).start() - record.start();
      StringValue file = renamed(record, strings, edits.replacedNeeded());
      List<Version> versions = new ArrayList<>(record.versions());
      boolean shortened = versions.removeIf(version -> unused.contains(version.index()));
      kept.add(new KeptNeed(record.start(), next, file, List.copyOf(versions), shortened));
    }
    return new VersionNeedEdit(before, kept, removed);
  }

  private static boolean isEmptied(Need record, Set<Integer> unused) {
    for (Version version : record.versions()) {
      if (!unused.contains(version.index())) {
        return false;
      }
    }
    return !record.versions().isEmpty();
  }

  private static StringValue renamed(Need record, StringTable strings, Map<String, String> names)
      throws ElfFormatException {
    String name = strings.string(record.file());
    String newName = names.getOrDefault(name, name);
    return newName.equals(name)
        ? new StringValue.Kept(record.file())
        : new StringValue.New(newName);
  }

  /** How many records are gone. */
  int removedRecords() {
    return before.records().size() - kept.size();
  }

  /** Where the entries start that nothing links to any more, each of {@code RECORD_SIZE}. */
  List<Long> unlinked() {
    Set<Long> entries = new TreeSet<>();
    for (Need record : before.records()) {
      entries.add(record.start());
      record.versions().forEach(version -> entries.add(version.start()));
    }
    for (KeptNeed record : kept) {
      entries.remove(record.start());
      record.versions().forEach(version -> entries.remove(version.start()));
    }
    return List.copyOf(entries);
  }

  /** Whether there was a table and no record of it is left. */
  boolean dropsTable() {
    return kept.isEmpty() && !before.records().isEmpty();
  }

  /** The size of the table now, from its first record to the end of its last entry. */
  long length() {
    long end = start();
    for (KeptNeed record : kept) {
      end = Math.max(end, record.start() + VersionNeeds.RECORD_SIZE);
      for (Version version : record.versions()) {
        end = Math.max(end, version.start() + VersionNeeds.RECORD_SIZE);
      }
    }
    return end - start();
  }

  /** Where the first record starts now, in bytes from the start of the table before. */
  long start() {
    return kept.isEmpty() ? 0 : kept.get(0).start();
  }
}
