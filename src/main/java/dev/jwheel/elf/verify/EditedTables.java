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
  private final Comparison files;
  private final List<RawRange> released = new ArrayList<>();
  private final List<RawRange> claimed = new ArrayList<>();

  private EditedTables(Comparison files) {
    this.files = files;
  }

  static EditedTables of(Comparison files) throws VerificationException {
    EditedTables tables = new EditedTables(files);
    tables.addHeaders();
    tables.addSegments();
    tables.addSections();
    if (files.old().isPresent() && files.now().isPresent()) {
      tables.addDynamicTables(files.old().get(), files.now().get());
    }
    return tables;
  }

  /** The addresses that edited tables had. */
  RawRanges released() {
    return RawRanges.of(released);
  }

  /** The addresses that edited tables have. */
  RawRanges claimed() {
    return RawRanges.of(claimed);
  }

  private void addHeaders() {
    RawRange header = new RawRange(0, files.before().header().size());
    addFileRange(files.before(), header, released);
    addFileRange(files.after(), header, claimed);
    addFileRange(files.before(), files.before().header().programHeaderTable(), released);
    addFileRange(files.after(), files.after().header().programHeaderTable(), claimed);
    addFileRange(files.before(), files.before().header().sectionHeaderTable(), released);
    addFileRange(files.after(), files.after().header().sectionHeaderTable(), claimed);
  }

  private static void addFileRange(RawElf elf, RawRange range, List<RawRange> ranges) {
    Optional<RawSegment> load = elf.mapping(range);
    if (load.isPresent()) {
      ranges.add(range.movedBy(load.get().address() - load.get().offset()));
    }
  }

  private void addSegments() {
    addAll(files.before(), RawSegment.PT_DYNAMIC, released);
    addAll(
        files.before(), RawSegment.PT_DYNAMIC, claimed); // a moved one leaves a copy, judged apart
    addAll(files.after(), RawSegment.PT_DYNAMIC, claimed);
    if (files.declared().interpreter()) {
      addAll(files.before(), RawSegment.PT_INTERP, released);
      addAll(files.after(), RawSegment.PT_INTERP, claimed);
    }
    addMoved(RawSegment.PT_NOTE);
    addMoved(RawSegment.PT_GNU_PROPERTY);
  }

  private static void addAll(RawElf elf, int type, List<RawRange> ranges) {
    for (RawSegment segment : elf.segments()) {
      if (segment.type() == type) {
        ranges.add(RawRange.sized(segment.address(), segment.fileSize()));
      }
    }
  }

  /** Entries that moved; that their content did not change is judged with the program headers. */
  private void addMoved(int type) {
    for (RawSegment segment : files.before().segments()) {
      if (segment.type() == type) {
        addIfMoved(RawRange.sized(segment.address(), segment.fileSize()));
      }
    }
  }

  /** Notes that no program header covers. */
  private void addSections() {
    for (RawSection section : files.before().sections()) {
      if (section.type() == RawSection.SHT_NOTE && section.isAllocated()) {
        addIfMoved(RawRange.sized(section.address(), section.size()));
      }
    }
  }

  private void addIfMoved(RawRange range) {
    long moved = files.declared().moved(range.start()) - range.start();
    if (moved != 0) {
      released.add(range);
      claimed.add(range.movedBy(moved));
    }
  }

  private void addDynamicTables(RawObject old, RawObject now) throws VerificationException {
    for (RawTable table : old.tables()) {
      boolean isGone = !now.has(table.tag());
      boolean hasMoved = !isGone && now.dynamic().value(table.tag()) != table.addresses().start();
      if (isEdited(table.tag()) || hasMoved || isGone) {
        released.add(table.addresses());
      }
      if (isGone || table.tag() == RawDynamic.DT_VERNEED) {
        claimed.add(whereItIs(table.addresses())); // with the records that were removed
      }
    }
    for (RawTable table : now.tables()) {
      boolean hasMoved =
          old.has(table.tag()) && old.dynamic().value(table.tag()) != table.addresses().start();
      if (isEdited(table.tag()) || hasMoved) {
        claimed.add(table.addresses());
      }
    }
  }

  private RawRange whereItIs(RawRange old) {
    return RawRange.sized(files.declared().moved(old.start()), old.size());
  }

  private boolean isEdited(long tag) {
    return tag == RawDynamic.DT_STRTAB
        || tag == RawDynamic.DT_SYMTAB
        || tag == RawDynamic.DT_VERNEED
        || tag == RawDynamic.DT_VERSYM && !files.declared().globalVersions().isEmpty();
  }
}
