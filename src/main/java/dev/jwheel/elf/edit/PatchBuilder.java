// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.edit.VersionNeedEdit.KeptNeed;
import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfEncoding;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.VersionNeeds;
import dev.jwheel.elf.format.VersionNeeds.Version;
import dev.jwheel.elf.layout.Layout;
import dev.jwheel.elf.layout.Layout.Move;
import dev.jwheel.elf.layout.SpaceRequirements;
import dev.jwheel.elf.patch.DeclaredChanges;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.OutputImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what a plan changes to where a layout has it. */
final class PatchBuilder {
  private final EditPlan plan;
  private final Layout layout;
  private final SpaceRequirements space;
  private final ElfImage image;
  private final ElfEncoding encoding;
  private final OutputImage output;

  private PatchBuilder(EditPlan plan, Layout layout) {
    this.plan = plan;
    this.layout = layout;
    this.space = plan.space();
    this.image = space.image();
    this.encoding = image.encoding();
    this.output = new OutputImage(image.bytes().source(), layout.insertion(), layout.inserted());
  }

  static ElfPatch build(EditPlan plan, Layout layout) throws ElfFormatException {
    return new PatchBuilder(plan, layout).build();
  }

  private ElfPatch build() throws ElfFormatException {
    moveTables();
    writeStrings();
    writeDynamicSection();
    writeVersionNeeds();
    writeInterpreter();
    new HeaderWriter(plan, layout, output).write();
    new SymbolWriter(plan, layout, output).write();
    new SymbolUpdate(plan, layout, output).write();
    return new ElfPatch(image.bytes().size(), output.pieces(), layout.kind(), declaredChanges());
  }

  /** Frees the old places first: new and old ones may overlap. */
  private void moveTables() {
    for (Move move : layout.moves()) {
      output.clear(layout.shifted(move.from().offset()), move.size());
    }
    for (Move move : layout.moves()) {
      output.copy(move.from().offset(), move.size(), move.to().offset());
    }
  }

  private void writeStrings() {
    Move move = layout.stringMove();
    if (move.isChange()) {
      output.copy(move.from().offset(), move.size(), move.to().offset());
    }
    for (Map.Entry<Integer, byte[]> write : plan.texts().writes().entrySet()) {
      output.write(move.to().offset() + write.getKey(), ByteBuffer.wrap(write.getValue()));
      if (move.isChange()) {
        clearOldCopy(write.getKey(), write.getValue().length);
      }
    }
    output.write(move.to().offset() + move.size(), ByteBuffer.wrap(plan.texts().tail()));
  }

  /** What lost its last reference goes from the copy that stays behind too. */
  private void clearOldCopy(int start, int length) {
    int end = Math.min(start + length, space.strings().size());
    output.write(
        layout.shifted(layout.stringMove().from().offset()) + start,
        ByteBuffer.allocate(end - start));
  }

  // ---- the dynamic section

  private void writeDynamicSection() {
    List<PlannedEntry> planned = plan.entries().planned();
    List<DynamicEntry> entries = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      entries.add(entry(planned.get(i), i));
    }
    while (entries.size() < layout.dynamicSlots()) {
      entries.add(new DynamicEntry(DynamicTags.DT_NULL, 0));
    }
    write(entries, layout.dynamicMove().to().offset());
    if (layout.dynamicMove().isChange()) {
      updateOldCopy();
    }
  }

  private void write(List<DynamicEntry> entries, long offset) {
    ByteBuffer bytes = encoding.allocate(entries.size() * DynamicEntry.size(encoding));
    for (DynamicEntry entry : entries) {
      encoding.put(bytes, entry.tag());
      encoding.put(bytes, entry.value());
    }
    output.write(offset, bytes.flip());
  }

  private DynamicEntry entry(PlannedEntry entry, int index) {
    if (entry.string().isPresent()) {
      return new DynamicEntry(entry.tag(), plan.offset(entry.string().get()));
    }
    long value = relocated(entry.tag(), entry.value());
    if (entry.tag() == DynamicTags.DT_MIPS_RLD_MAP_REL) {
      value += slotAddress(layout.dynamicMove().from(), entry.index());
      value -= slotAddress(layout.dynamicMove().to(), index);
    }
    return new DynamicEntry(entry.tag(), value);
  }

  private long slotAddress(Location table, int index) {
    return table.address() + (long) index * DynamicEntry.size(encoding);
  }

  private long relocated(long tag, long value) {
    if (tag == DynamicTags.DT_STRSZ) {
      return (long) space.strings().size() + plan.texts().tail().length;
    }
    return DynamicTags.isTable(tag) ? layout.address(value) : value;
  }

  /** Code may reach the old section relative to itself: its entries stay true. */
  private void updateOldCopy() {
    List<DynamicEntry> entries = new ArrayList<>();
    for (DynamicEntry entry : space.dynamic().entries()) {
      entries.add(new DynamicEntry(entry.tag(), relocated(entry.tag(), entry.value())));
    }
    write(entries, layout.shifted(layout.dynamicMove().from().offset()));
  }

  // ---- versions

  private void writeVersionNeeds() throws ElfFormatException {
    VersionNeedEdit versions = plan.versions();
    for (long entry : versions.unlinked()) {
      long at = layout.offset(versions.before().offset() + entry);
      output.write(at, ByteBuffer.allocate(VersionNeeds.RECORD_SIZE));
    }
    for (KeptNeed record : versions.kept()) {
      long at = layout.offset(versions.before().offset() + record.start());
      output.write(at + VersionNeeds.FILE_FIELD, encoding.u32(plan.offset(record.file())));
      output.write(at + VersionNeeds.NEXT_FIELD, encoding.u32(record.next()));
      if (record.shortened()) {
        writeShortened(record);
      }
    }
  }

  /** A record that lost entries: their count, and the links to and between those that stay. */
  private void writeShortened(KeptNeed record) {
    long table = plan.versions().before().offset();
    List<Version> versions = record.versions();
    long at = layout.offset(table + record.start());
    output.write(
        at + VersionNeeds.COUNT_FIELD,
        encoding.allocate(2).putShort((short) versions.size()).flip());
    output.write(
        at + VersionNeeds.FIRST_FIELD, encoding.u32(versions.get(0).start() - record.start()));
    for (int i = 0; i < versions.size(); i++) {
      long start = versions.get(i).start();
      long next = i + 1 == versions.size() ? 0 : versions.get(i + 1).start() - start;
      output.write(layout.offset(table + start) + VersionNeeds.NEXT_FIELD, encoding.u32(next));
    }
  }

  // ---- the interpreter

  private void writeInterpreter() {
    Optional<ProgramHeader> segment = image.find(ProgramHeader.PT_INTERP);
    if (plan.interpreter().isEmpty() || segment.isEmpty()) {
      return;
    }
    byte[] content = plan.interpreter().get();
    if (layout.interpreter().isPresent()) {
      output.write(layout.interpreter().get().offset(), ByteBuffer.wrap(content));
    } else {
      ByteBuffer padded = ByteBuffer.allocate((int) segment.get().fileSize()).put(content);
      output.write(layout.offset(segment.get().offset()), padded.rewind());
    }
  }

  private DeclaredChanges declaredChanges() {
    List<DeclaredChanges.Move> moves = new ArrayList<>();
    for (Move move : layout.allMoves()) {
      moves.add(new DeclaredChanges.Move(move.from().address(), move.to().address(), move.size()));
    }
    return new DeclaredChanges(
        moves,
        plan.entries().dropped(),
        plan.versions().globalVersions(),
        plan.symbols().order(),
        plan.interpreter().isPresent(),
        !layout.headers().equals(image.programHeaders()) && hasStackChange());
  }

  private boolean hasStackChange() {
    for (ProgramHeader header : layout.headers()) {
      if (header.type() == ProgramHeader.PT_GNU_STACK && !image.programHeaders().contains(header)) {
        return true;
      }
    }
    return false;
  }
}
