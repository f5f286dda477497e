package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.Place;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.format.Words;
import dev.jwheel.elf.layout.Demand;
import dev.jwheel.elf.layout.Layout;
import dev.jwheel.elf.patch.OutputImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes the ELF header and both header tables, so that they say where everything is now. */
final class HeaderWriter {
  private final EditPlan plan;
  private final Layout layout;
  private final Demand demand;
  private final ElfImage image;
  private final Words words;
  private final OutputImage output;

  HeaderWriter(EditPlan plan, Layout layout, OutputImage output) {
    this.plan = plan;
    this.layout = layout;
    this.demand = plan.demand();
    this.image = demand.image();
    this.words = image.words();
    this.output = output;
  }

  void write() {
    writeProgramHeaders();
    writeSectionHeaders();
    FileHeader header = image.header();
    writeWord(FileHeader.programHeaderOffsetField(words), layout.headerTable());
    if (header.sectionHeaderOffset() != 0) {
      writeWord(
          FileHeader.sectionHeaderOffsetField(words), layout.shifted(header.sectionHeaderOffset()));
    }
    ByteBuffer count = words.allocate(2).putShort((short) layout.headers().size()).flip();
    output.write(FileHeader.programHeaderCountField(words), count);
  }

  private void writeWord(int field, long value) {
    ByteBuffer bytes = words.allocate(words.size());
    words.put(bytes, value);
    output.write(field, bytes.flip());
  }

  // ---- program headers

  private void writeProgramHeaders() {
    long at = layout.headerTable();
    for (ProgramHeader header : layout.headers()) {
      ProgramHeader synced = header.isLoad() ? header : synced(header);
      output.write(at, synced.encode(words));
      at += ProgramHeader.size(words);
    }
  }

  private ProgramHeader synced(ProgramHeader header) {
    if (header.type() == ProgramHeader.PT_PHDR && isTableChanged()) {
      return header
          .movedTo(headerTable(header))
          .resized((long) layout.headers().size() * ProgramHeader.size(words));
    }
    if (header.fileSize() == 0) {
      return header;
    }
    if (header.type() == ProgramHeader.PT_INTERP && layout.interpreter().isPresent()) {
      return header
          .movedTo(layout.interpreter().get())
          .resized(plan.interpreter().orElseThrow().length);
    }
    if (header.type() == ProgramHeader.PT_DYNAMIC && layout.dynamicMove().isChange()) {
      return header
          .movedTo(layout.dynamicMove().to())
          .resized((long) layout.dynamicSlots() * DynamicEntry.size(words));
    }
    // A note is a table that may move; whatever else an entry describes is bound to its place.
    if (header.isNote()) {
      return header.movedTo(
          new Place(layout.offset(header.offset()), layout.address(header.address())));
    }
    return header.movedTo(new Place(layout.shifted(header.offset()), header.address()));
  }

  private boolean isTableChanged() {
    return layout.headerTable() != image.header().programHeaderOffset()
        || layout.headers().size() != image.header().programHeaderCount();
  }

  /** Where the program header table is in memory; a table that none of it loads keeps its place. */
  private Place headerTable(ProgramHeader header) {
    long offset = layout.headerTable();
    for (ProgramHeader load : layout.headers()) {
      if (load.isLoad() && load.offset() <= offset && offset < load.fileEnd()) {
        return new Place(offset, load.address() + (offset - load.offset()));
      }
    }
    return new Place(offset, header.address());
  }

  // ---- section headers

  private void writeSectionHeaders() {
    long at = layout.shifted(image.header().sectionHeaderOffset());
    for (SectionHeader section : synced()) {
      output.write(at, section.encode(words));
      at += SectionHeader.size(words);
    }
  }

  /** The section headers after the edit. */
  private List<SectionHeader> synced() {
    return sections(plan, layout);
  }

  static List<SectionHeader> sections(EditPlan plan, Layout layout) {
    SectionSync sync = new SectionSync(plan, layout);
    List<SectionHeader> synced = new ArrayList<>();
    for (SectionHeader section : plan.demand().image().sections()) {
      synced.add(sync.synced(section));
    }
    return synced;
  }
}
