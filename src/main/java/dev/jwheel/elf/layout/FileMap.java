package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.Extent;
import dev.jwheel.elf.format.Extent.Kind;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.Place;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.format.Words;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What lies where in the file: headers, sections, the tables of the dynamic section, and what the
 * program headers name. Room is whatever none of them uses.
 */
public final class FileMap {
  /** How much is read at once: holes in files may be larger than the memory. */
  private static final long CHUNK = 1 << 16;

  private final ElfImage image;
  private final List<Extent> extents;

  private FileMap(ElfImage image, List<Extent> extents) {
    this.image = image;
    this.extents = extents;
  }

  public static FileMap of(ElfImage image, List<Extent> tables) throws ElfFormatException {
    List<Extent> extents = new ArrayList<>();
    for (int i = 0; i < image.sections().size(); i++) {
      SectionHeader section = image.sections().get(i);
      if (section.hasContent()) {
        extents.add(extent(image, i, section));
      }
    }
    for (Extent table : tables) {
      if (!isInside(table, extents)) {
        extents.add(table);
      }
    }
    addHeaders(image, extents);
    for (ProgramHeader entry : image.programHeaders()) {
      if (!entry.isLoad() && entry.fileSize() > 0 && !isUmbrella(entry)) {
        extents.add(extent(image, entry));
      }
    }
    extents.sort(Comparator.comparingLong(Extent::offset).thenComparingLong(Extent::size));
    return new FileMap(image, List.copyOf(extents));
  }

  private static boolean isInside(Extent table, List<Extent> sections) {
    for (Extent section : sections) {
      if (section.offset() <= table.offset() && section.fileEnd() >= table.fileEnd()) {
        return true;
      }
    }
    return false;
  }

  private static void addHeaders(ElfImage image, List<Extent> extents) {
    Words words = image.words();
    FileHeader header = image.header();
    extents.add(fixed("the ELF header", 0, FileHeader.size(words)));
    long tableSize = (long) header.programHeaderCount() * ProgramHeader.size(words);
    extents.add(fixed("the program header table", header.programHeaderOffset(), tableSize));
    long sectionsSize = (long) image.sections().size() * SectionHeader.size(words);
    if (sectionsSize > 0) {
      extents.add(fixed("the section header table", header.sectionHeaderOffset(), sectionsSize));
    }
  }

  private static Extent fixed(String name, long offset, long size) {
    return new Extent(name, Kind.FIXED, new Place(offset, -1), size, 1);
  }

  private static Extent extent(ElfImage image, int index, SectionHeader section)
      throws ElfFormatException {
    return new Extent(
        image.sectionName(index),
        kind(section),
        new Place(section.offset(), section.isAllocated() ? section.address() : -1),
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

  private static Extent extent(ElfImage image, ProgramHeader entry) {
    Optional<ProgramHeader> load = image.loadHolding(entry.address(), entry.fileSize());
    boolean loaded =
        load.isPresent()
            && load.get().address() - load.get().offset() == entry.address() - entry.offset();
    return new Extent(
        "the segment of type 0x" + Integer.toHexString(entry.type()),
        entry.isNote() ? Kind.NOTE : Kind.FIXED,
        new Place(entry.offset(), loaded ? entry.address() : -1),
        entry.fileSize(),
        Math.max(1, entry.alignment()));
  }

  /** Whether sections name all content, so that what none names is padding. */
  boolean isComplete() {
    return !image.sections().isEmpty();
  }

  /** The extents that have a byte in a range of the file, by their offset. */
  List<Extent> within(long from, long to) {
    List<Extent> found = new ArrayList<>();
    for (Extent extent : extents) {
      if (extent.offset() < to && extent.fileEnd() > from) {
        found.add(extent);
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
    for (Extent extent : extents) {
      if (extent.size() > 0 && extent.fileEnd() > offset) {
        next = Math.min(next, Math.max(extent.offset(), offset));
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
