// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * {@link Invariant#NO_OVERLAP}: in the file, the ELF header, the two header tables and the sections
 * with content share no bytes but those they shared before.
 */
final class OverlapCheck {
  private static final int MOST_SHARING = 64;
  private static final int HEADER = -1;
  private static final int PROGRAM_HEADERS = -2;
  private static final int SECTION_HEADERS = -3;

  private final BeforeAfter pair;

  OverlapCheck(BeforeAfter pair) {
    this.pair = pair;
  }

  /**
   * A part of the edited file.
   *
   * @param index of a section, or one of the constants for the other parts
   */
  private record Part(int index, Range range) {}

  void check() throws VerificationException {
    List<Part> open = new ArrayList<>();
    for (Part part : parts()) {
      if (!isInside(pair.after(), part.range()) && isInside(pair.before(), oldRange(part))) {
        throw broken(part, "it ends behind the end of the file");
      }
      open.removeIf(other -> other.range().end() <= part.range().start());
      for (Part other : open) {
        if (!oldRange(other).overlaps(oldRange(part))) {
          throw broken(part, "it shares bytes of the file with the " + name(other));
        }
      }
      open.add(part);
      if (open.size() > MOST_SHARING) {
        throw broken(part, "too many parts of the file share its bytes");
      }
    }
  }

  private VerificationException broken(Part part, String problem) throws VerificationException {
    return pair.broken(Invariant.NO_OVERLAP, name(part), problem);
  }

  private static boolean isInside(Headers elf, Range range) {
    return range.start() >= 0 && range.size() >= 0 && range.end() <= elf.file().size();
  }

  private List<Part> parts() {
    Headers elf = pair.after();
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(HEADER, new Range(0, elf.header().size())));
    parts.add(new Part(PROGRAM_HEADERS, elf.header().programHeaderTable()));
    parts.add(new Part(SECTION_HEADERS, elf.header().sectionHeaderTable()));
    for (ElfSection section : elf.sections()) {
      if (section.isStored()) {
        parts.add(new Part(section.index(), Range.sized(section.offset(), section.size())));
      }
    }
    parts.removeIf(part -> part.range().size() == 0);
    parts.sort((one, other) -> Long.compare(one.range().start(), other.range().start()));
    return parts;
  }

  private Range oldRange(Part part) {
    Headers elf = pair.before();
    return switch (part.index()) {
      case HEADER -> new Range(0, elf.header().size());
      case PROGRAM_HEADERS -> elf.header().programHeaderTable();
      case SECTION_HEADERS -> elf.header().sectionHeaderTable();
      default -> {
        ElfSection section = elf.sections().get(pair.sections().oldIndex(part.index()));
        yield Range.sized(section.offset(), section.size());
      }
    };
  }

  private String name(Part part) throws VerificationException {
    return switch (part.index()) {
      case HEADER -> "ELF header";
      case PROGRAM_HEADERS -> "program header table";
      case SECTION_HEADERS -> "section header table";
      default -> pair.after().placeOf(pair.after().sections().get(part.index()));
    };
  }
}
