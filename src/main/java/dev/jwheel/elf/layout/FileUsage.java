// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfEncoding;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.FileRange;
import dev.jwheel.elf.format.FileRange.Kind;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies where in the file: headers, sections, the tables of the dynamic section, and what the
 * program headers name. Room is whatever none of them uses.
 */
public final class FileUsage {
  /** How much is read at once: holes in files may be larger than the memory. */
  private static final long CHUNK = 1 << 16;

  private final ElfImage image;
  private final List<FileRange> ranges;

  private FileUsage(ElfImage image, List<FileRange> ranges) {
    this.image = image;
    this.ranges = ranges;
  }

  public static FileUsage of(ElfImage image, List<FileRange> tables) throws ElfFormatException {
    List<FileRange> ranges = new ArrayList<>();
    for (int i = 0; i < image.sections().size(); i++) {
      SectionHeader section = image.sections().get(i);
      if (section.hasContent()) {
        ranges.add(range(image, i, section));
      }
    }
    for (FileRange table : tables) {
      if (!isInside(table, ranges)) {
        ranges.add(table);
      }
    }
    addHeaders(image, ranges);
    for (ProgramHeader entry : image.programHeaders()) {
      if (!entry.isLoad() && entry.fileSize() > 0 && !isUmbrella(entry)) {
        ranges.add(range(image, entry));
      }
    }
    ranges.sort(FileUsage::byPlace);
    return new FileUsage(image, List.copyOf(ranges));
  }

  private static int byPlace(FileRange one, FileRange other) {
    int byOffset = Long.compare(one.offset(), other.offset());
    return byOffset != 0 ? byOffset : Long.compare(one.size(), other.size());
  }

  private static boolean isInside(FileRange table, List<FileRange> sections) {
    for (FileRange section : sections) {
      if (section.offset() <= table.offset() && section.fileEnd() >= table.fileEnd()) {
        return true;
      }
    }
    return false;
  }

  private static void addHeaders(ElfImage image, List<FileRange> ranges) {
    ElfEncoding encoding = image.encoding();
    FileHeader header = image.header();
    ranges.add(fixed("the ELF header", 0, FileHeader.size(encoding)));
    long tableSize = (long) header.programHeaderCount() * ProgramHeader.size(encoding);
    ranges.add(fixed("the program header table", header.programHeaderOffset(), tableSize));
    long sectionsSize = (long) image.sections().size() * SectionHeader.size(encoding);
    if (sectionsSize > 0) {
      ranges.add(fixed("the section header table", header.sectionHeaderOffset(), sectionsSize));
    }
  }

  private static FileRange fixed(String name, long offset, long size) {
    return new FileRange(name, Kind.FIXED, new Location(offset, -1), size, 1);
  }

  private static FileRange range(ElfImage image, int index, SectionHeader section)
      throws ElfFormatException {
    return new FileRange(
        image.sectionName(index),
        kind(section),
        new Location(section.offset(), section.isAllocated() ? section.address() : -1),
        section.size(),
        Math.max(1, section.alignment()));
  }

  private static Kind kind(SectionHeader section) {
    if (!section.isAllocated()) {
      return Kind.FIXED;
    }
    return switch (section.type()) {
      case SectionHeader.SHT_RELA,
          SectionHeader.SHT_HASH,
          SectionHeader.SHT_REL,
          SectionHeader.SHT_DYNSYM,
          SectionHeader.SHT_RELR,
          SectionHeader.SHT_ANDROID_REL,
          SectionHeader.SHT_ANDROID_RELA,
          SectionHeader.SHT_ANDROID_RELR,
          SectionHeader.SHT_GNU_HASH,
          SectionHeader.SHT_GNU_VERDEF,
          SectionHeader.SHT_GNU_VERNEED,
          SectionHeader.SHT_GNU_VERSYM ->
          Kind.TABLE;
      case SectionHeader.SHT_STRTAB -> Kind.STRINGS;
      case SectionHeader.SHT_NOTE -> Kind.NOTE;
      default -> Kind.FIXED;
    };
  }

  /** Whether a program header covers what others name better. */
  private static boolean isUmbrella(ProgramHeader entry) {
    return entry.type() == ProgramHeader.PT_GNU_RELRO
        || entry.type() == ProgramHeader.PT_PHDR
        || entry.type() == ProgramHeader.PT_NULL;
  }

  private static FileRange range(ElfImage image, ProgramHeader entry) {
    Optional<ProgramHeader> load = image.loadHolding(entry.address(), entry.fileSize());
    boolean loaded =
        load.isPresent()
            && load.get().address() - load.get().offset() == entry.address() - entry.offset();
    return new FileRange(
        "the segment of type 0x" + Integer.toHexString(entry.type()),
        entry.isNote() ? Kind.NOTE : Kind.FIXED,
        new Location(entry.offset(), loaded ? entry.address() : -1),
        entry.fileSize(),
        Math.max(1, entry.alignment()));
  }

  /** Whether sections name all content, so that what none names is padding. */
  boolean isComplete() {
    return !image.sections().isEmpty();
  }

  /** The ranges that have a byte in a range of the file, by their offset. */
  List<FileRange> within(long from, long to) {
    List<FileRange> found = new ArrayList<>();
    for (FileRange range : ranges) {
      if (range.offset() < to && range.fileEnd() > from) {
        found.add(range);
      }
    }
    return found;
  }

  /**
   * How many bytes from an offset on nothing uses, and all zero. What lies behind the last known
   * use of the file is not padding: programs append data of their own there.
   */
  long padding(long offset) throws ElfFormatException {
    long next = image.bytes().size();
    boolean known = false;
    for (FileRange range : ranges) {
      if (range.size() > 0 && range.fileEnd() > offset) {
        next = Math.min(next, Math.max(range.offset(), offset));
        known = true;
      }
    }
    for (ProgramHeader load : image.loads()) {
      if (load.fileSize() > 0 && load.offset() >= offset) {
        next = Math.min(next, load.offset());
        known = true;
      }
    }
    return known && isZero(offset, next) ? next - offset : 0;
  }

  /** Whether a range of the file holds nothing but zeros. */
  public boolean isZero(long from, long to) throws ElfFormatException {
    for (long start = from; start < to; start += CHUNK) {
      ByteBuffer bytes = image.bytes().slice(start, Math.min(CHUNK, to - start));
      while (bytes.hasRemaining()) {
        if (bytes.get() != 0) {
          return false;
        }
      }
    }
    return true;
  }
}
