// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses an edit may touch: those of tables that were edited or moved, and those where
 * such tables are now. What these hold is judged table by table; every other address must hold what
 * it held.
 */
final class EditedTables {
  private final BeforeAfter pair;
  private final List<Range> released = new ArrayList<>();
  private final List<Range> claimed = new ArrayList<>();

  private EditedTables(BeforeAfter pair) {
    this.pair = pair;
  }

  static EditedTables of(BeforeAfter pair) throws VerificationException {
    EditedTables tables = new EditedTables(pair);
    tables.addHeaders();
    tables.addSegments();
    tables.addSections();
    if (pair.old().isPresent() && pair.now().isPresent()) {
      tables.addDynamicTables(pair.old().get(), pair.now().get());
    }
    return tables;
  }

  /** The addresses that edited tables had. */
  RangeSet released() {
    return RangeSet.of(released);
  }

  /** The addresses that edited tables have. */
  RangeSet claimed() {
    return RangeSet.of(claimed);
  }

  private void addHeaders() {
    Range header = new Range(0, pair.before().header().size());
    addFileRange(pair.before(), header, released);
    addFileRange(pair.after(), header, claimed);
    addFileRange(pair.before(), pair.before().header().programHeaderTable(), released);
    addFileRange(pair.after(), pair.after().header().programHeaderTable(), claimed);
    addFileRange(pair.before(), pair.before().header().sectionHeaderTable(), released);
    addFileRange(pair.after(), pair.after().header().sectionHeaderTable(), claimed);
  }

  private static void addFileRange(Headers elf, Range range, List<Range> ranges) {
    Optional<ElfSegment> load = elf.mapping(range);
    if (load.isPresent()) {
      ranges.add(range.movedBy(load.get().address() - load.get().offset()));
    }
  }

  private void addSegments() {
    addAll(pair.before(), ElfSegment.PT_DYNAMIC, released);
    addAll(
        pair.before(), ElfSegment.PT_DYNAMIC, claimed); // a moved one leaves a copy, judged apart
    addAll(pair.after(), ElfSegment.PT_DYNAMIC, claimed);
    if (pair.declared().interpreter()) {
      addAll(pair.before(), ElfSegment.PT_INTERP, released);
      addAll(pair.after(), ElfSegment.PT_INTERP, claimed);
    }
    addMoved(ElfSegment.PT_NOTE);
    addMoved(ElfSegment.PT_GNU_PROPERTY);
  }

  private static void addAll(Headers elf, int type, List<Range> ranges) {
    for (ElfSegment segment : elf.segments()) {
      if (segment.type() == type) {
        ranges.add(Range.sized(segment.address(), segment.fileSize()));
      }
    }
  }

  /** Entries that moved; that their content did not change is judged with the program headers. */
  private void addMoved(int type) {
    for (ElfSegment segment : pair.before().segments()) {
      if (segment.type() == type) {
        addIfMoved(Range.sized(segment.address(), segment.fileSize()));
      }
    }
  }

  /** Notes that no program header covers. */
  private void addSections() {
    for (ElfSection section : pair.before().sections()) {
      if (section.type() == ElfSection.SHT_NOTE && section.isAllocated()) {
        addIfMoved(Range.sized(section.address(), section.size()));
      }
    }
  }

  private void addIfMoved(Range range) {
    long moved = pair.declared().moved(range.start()) - range.start();
    if (moved != 0) {
      released.add(range);
      claimed.add(range.movedBy(moved));
    }
  }

  private void addDynamicTables(DynamicObject old, DynamicObject now) throws VerificationException {
    for (LoaderTable table : old.tables()) {
      boolean isGone = !now.has(table.tag());
      boolean hasMoved = !isGone && now.dynamic().value(table.tag()) != table.addresses().start();
      if (isEdited(table.tag()) || hasMoved || isGone) {
        released.add(table.addresses());
      }
      if (isGone || table.tag() == DynamicArray.DT_VERNEED) {
        claimed.add(whereItIs(table.addresses())); // with the records that were removed
      }
    }
    for (LoaderTable table : now.tables()) {
      boolean hasMoved =
          old.has(table.tag()) && old.dynamic().value(table.tag()) != table.addresses().start();
      if (isEdited(table.tag()) || hasMoved) {
        claimed.add(table.addresses());
      }
    }
  }

  private Range whereItIs(Range old) {
    return Range.sized(pair.declared().moved(old.start()), old.size());
  }

  private boolean isEdited(long tag) {
    return tag == DynamicArray.DT_STRTAB
        || tag == DynamicArray.DT_SYMTAB
        || tag == DynamicArray.DT_VERNEED
        || tag == DynamicArray.DT_VERSYM
            && (!pair.declared().globalVersions().isEmpty() || !pair.wanted().symbols().isEmpty())
        || RenameCheck.judges(tag) && !pair.wanted().symbols().renamed().isEmpty();
  }
}
