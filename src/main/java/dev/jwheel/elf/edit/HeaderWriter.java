// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.ElfEncoding;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.layout.Layout;
import dev.jwheel.elf.layout.SpaceRequirements;
import dev.jwheel.elf.patch.OutputImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Writes the ELF header and both header tables, so that they say where everything is now. */
final class HeaderWriter {
  private final EditPlan plan;
  private final Layout layout;
  private final SpaceRequirements space;
  private final ElfImage image;
  private final ElfEncoding encoding;
  private final OutputImage output;

  HeaderWriter(EditPlan plan, Layout layout, OutputImage output) {
    this.plan = plan;
    this.layout = layout;
    this.space = plan.space();
    this.image = space.image();
    this.encoding = image.encoding();
    this.output = output;
  }

  void write() {
    writeProgramHeaders();
    writeSectionHeaders();
    FileHeader header = image.header();
    writeWord(FileHeader.programHeaderOffsetField(encoding), layout.headerTable());
    if (header.sectionHeaderOffset() != 0) {
      writeWord(
          FileHeader.sectionHeaderOffsetField(encoding),
          layout.shifted(header.sectionHeaderOffset()));
    }
    ByteBuffer count = encoding.allocate(2).putShort((short) layout.headers().size()).flip();
    output.write(FileHeader.programHeaderCountField(encoding), count);
    writeOsAbi(plan.osAbi(), output);
  }

  static void writeOsAbi(OptionalInt osAbi, OutputImage output) {
    osAbi.ifPresent(
        number -> output.write(FileHeader.EI_OSABI, ByteBuffer.wrap(new byte[] {(byte) number})));
  }

  private void writeWord(int field, long value) {
    ByteBuffer bytes = encoding.allocate(encoding.wordSize());
    encoding.put(bytes, value);
    output.write(field, bytes.flip());
  }

  // ---- program headers

  private void writeProgramHeaders() {
    long at = layout.headerTable();
    for (ProgramHeader header : layout.headers()) {
      ProgramHeader synced = header.isLoad() ? header : synced(header);
      output.write(at, synced.encode(encoding));
      at += ProgramHeader.size(encoding);
    }
  }

  private ProgramHeader synced(ProgramHeader header) {
    if (header.type() == ProgramHeader.PT_PHDR && isTableChanged()) {
      return header
          .movedTo(headerTable(header))
          .resized((long) layout.headers().size() * ProgramHeader.size(encoding));
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
          .resized((long) layout.dynamicSlots() * DynamicEntry.size(encoding));
    }
    // A note is a table that may move; whatever else an entry describes is bound to its place.
    if (header.isNote()) {
      return header.movedTo(
          new Location(layout.offset(header.offset()), layout.address(header.address())));
    }
    return header.movedTo(new Location(layout.shifted(header.offset()), header.address()));
  }

  private boolean isTableChanged() {
    return layout.headerTable() != image.header().programHeaderOffset()
        || layout.headers().size() != image.header().programHeaderCount();
  }

  /** Where the program header table is in memory; a table that none of it loads keeps its place. */
  private Location headerTable(ProgramHeader header) {
    long offset = layout.headerTable();
    for (ProgramHeader load : layout.headers()) {
      if (load.isLoad() && load.offset() <= offset && offset < load.fileEnd()) {
        return new Location(offset, load.address() + (offset - load.offset()));
      }
    }
    return new Location(offset, header.address());
  }

  // ---- section headers

  private void writeSectionHeaders() {
    long at = layout.shifted(image.header().sectionHeaderOffset());
    for (SectionHeader section : synced()) {
      output.write(at, section.encode(encoding));
      at += SectionHeader.size(encoding);
    }
  }

  /** The section headers after the edit. */
  private List<SectionHeader> synced() {
    return sections(plan, layout);
  }

  static List<SectionHeader> sections(EditPlan plan, Layout layout) {
    SectionHeaderUpdate sync = new SectionHeaderUpdate(plan, layout);
    List<SectionHeader> synced = new ArrayList<>();
    for (SectionHeader section : plan.space().image().sections()) {
      synced.add(sync.synced(section));
    }
    return synced;
  }
}
