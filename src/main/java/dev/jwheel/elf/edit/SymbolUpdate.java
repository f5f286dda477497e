// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.layout.Layout;
import dev.jwheel.elf.layout.SpaceRequirements;
import dev.jwheel.elf.patch.OutputImage;
import java.nio.ByteBuffer;
import java.util.List;

/** Gives symbols that name a section or the dynamic section their new values. */
final class SymbolUpdate {
  private static final String DYNAMIC = "_DYNAMIC";

  private final Layout layout;
  private final ElfImage image;
  private final SpaceRequirements space;
  private final OutputImage output;
  private final List<SectionHeader> sections;
  private final SymbolPlan order;
  private final boolean movesSections;

  SymbolUpdate(EditPlan plan, Layout layout, OutputImage output) {
    this.layout = layout;
    this.space = plan.space();
    this.image = space.image();
    this.output = output;
    this.order = plan.symbols();
    this.sections = HeaderWriter.sections(plan, layout);
    this.movesSections =
        !layout.allMoves().isEmpty()
            || layout.interpreter().isPresent()
            || plan.versions().removedRecords() > 0;
  }

  void write() throws ElfFormatException {
    if (!movesSections) {
      return;
    }
    write(space.symbols(), order, space.strings().location().offset(), space.strings().size());
    for (SectionHeader section : image.sections()) {
      if (section.type() == SectionHeader.SHT_SYMTAB && isLinked(section)) {
        SectionHeader names = image.sections().get(section.link());
        write(SymbolTable.of(image, section), SymbolPlan.NONE, names.offset(), names.size());
      }
    }
  }

  private boolean isLinked(SectionHeader section) {
    return section.link() > 0
        && section.link() < image.sections().size()
        && image.sections().get(section.link()).hasContent();
  }

  private void write(SymbolTable symbols, SymbolPlan order, long names, long namesSize)
      throws ElfFormatException {
    for (int i = 0; i < symbols.count(); i++) {
      long before = symbols.value(i);
      long after = before;
      if (symbols.type(i) == SymbolTable.STT_SECTION) {
        after = sectionAddress(symbols.section(i), before);
      } else if (layout.dynamicMove().isChange()
          && before == layout.dynamicMove().from().address()
          && isDynamic(names + symbols.name(i), names + namesSize)) {
        after = layout.dynamicMove().to().address();
      }
      if (after != before) {
        output.write(layout.offset(symbols.locationOfValue(order.position(i))), word(after));
      }
    }
  }

  private long sectionAddress(int index, long before) {
    if (sections.isEmpty() && before != 0) {
      return layout.address(before);
    }
    boolean moved =
        index > SymbolTable.SHN_UNDEF
            && index < sections.size()
            && image.sections().get(index).address() == before;
    return moved ? sections.get(index).address() : before;
  }

  private boolean isDynamic(long name, long end) throws ElfFormatException {
    return name < end && image.bytes().string(name, end).equals(DYNAMIC);
  }

  private ByteBuffer word(long value) {
    ByteBuffer bytes = image.encoding().allocate(image.encoding().wordSize());
    image.encoding().put(bytes, value);
    return bytes.flip();
  }
}
