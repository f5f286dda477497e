// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.strip;

import dev.jwheel.elf.format.ElfEncoding;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.ElfPatch.Zeros;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is dropped before the last segment, as in a file to which patchelf added one: it cannot be
 * cut out, because nothing that is loaded moves, and so becomes zero.
 */
final class DroppedRanges {
  private final ElfImage image;
  private final StripPlan plan;
  private final long fixedEnd;

  /** What stays, by start: its end. */
  private final TreeMap<Long, Long> used = new TreeMap<>();

  private DroppedRanges(ElfImage image, StripPlan plan, long fixedEnd) {
    this.image = image;
    this.plan = plan;
    this.fixedEnd = fixedEnd;
  }

  /**
   * Finds what is dropped.
   *
   * @param fixedEnd the end of the bytes that keep their place
   */
  static DroppedRanges of(ElfImage image, StripPlan plan, long fixedEnd) {
    DroppedRanges ranges = new DroppedRanges(image, plan, fixedEnd);
    ElfEncoding encoding = image.encoding();
    FileHeader header = image.header();
    ranges.use(0, FileHeader.size(encoding));
    ranges.use(
        header.programHeaderOffset(),
        (long) header.programHeaderCount() * ProgramHeader.size(encoding));
    for (ProgramHeader entry : image.programHeaders()) {
      if (!entry.isLoad()) {
        ranges.use(entry.offset(), entry.fileSize());
      }
    }
    for (int index : plan.kept()) {
      SectionHeader section = image.sections().get(index);
      if (section.hasContent()) {
        ranges.use(section.offset(), section.size());
      }
    }
    return ranges;
  }

  private void use(long offset, long size) {
    if (offset >= 0 && size > 0) {
      used.merge(offset, offset + size, Math::max);
    }
  }

  private boolean isUsed(long from, long to) {
    for (Map.Entry<Long, Long> range : used.headMap(to).entrySet()) {
      if (range.getValue() > from) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the section header table keeps its place, because it lies before the end of the last
   * segment: in the one that patchelf added.
   */
  boolean tableStays() {
    long start = image.header().sectionHeaderOffset();
    long end = start + (long) image.sections().size() * SectionHeader.size(image.encoding());
    return start > 0 && end <= fixedEnd && !isUsed(start, end);
  }

  /** The dropped sections that lie in no segment and in nothing that stays, as zeros. */
  NavigableMap<Long, ElfPatch.Piece> zeros() {
    for (ProgramHeader load : image.loads()) {
      use(load.offset(), load.fileSize());
    }
    long table = image.header().sectionHeaderOffset();
    use(table, (long) image.sections().size() * SectionHeader.size(image.encoding()));
    TreeMap<Long, ElfPatch.Piece> zeros = new TreeMap<>();
    for (int i = 0; i < image.sections().size(); i++) {
      SectionHeader section = image.sections().get(i);
      boolean fixed = section.offset() + section.size() <= fixedEnd;
      if (plan.newIndexes().get(i) < 0
          && section.hasContent()
          && section.size() > 0
          && fixed
          && !isUsed(section.offset(), section.offset() + section.size())) {
        zeros.put(section.offset(), new Zeros(section.size()));
        use(section.offset(), section.size());
      }
    }
    return zeros;
  }
}
