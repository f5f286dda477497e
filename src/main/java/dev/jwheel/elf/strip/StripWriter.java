// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.strip;

import dev.jwheel.elf.format.Alignment;
import dev.jwheel.elf.format.ElfEncoding;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.patch.DeclaredChanges;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.ElfPatch.Copied;
import dev.jwheel.elf.patch.ElfPatch.Literal;
import dev.jwheel.elf.patch.ElfPatch.Zeros;
import dev.jwheel.elf.patch.LayoutKind;
import dev.jwheel.elf.patch.PieceList;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Lays out a stripped file: everything up to the end of what program headers cover as it is, then
 * the other sections that stay, the section header table, and what was appended to the file.
 */
final class StripWriter {
  private static final int SHN_LORESERVE = 0xff00;
  private static final int SHN_XINDEX = 0xffff;

  private final ElfImage image;
  private final ElfEncoding encoding;
  private final StripPlan plan;
  private final long fixedEnd;
  private final List<Integer> tail;
  private final Optional<SectionNames> names;
  private final PieceList pieces = new PieceList();
  private long written;

  StripWriter(ElfImage image, StripPlan plan) throws ElfFormatException {
    this.image = image;
    this.encoding = image.encoding();
    this.plan = plan;
    this.fixedEnd = fixedEnd();
    this.tail = tail();
    this.names = tail.contains(image.sectionNames()) ? Optional.of(names()) : Optional.empty();
  }

  ElfPatch write() throws ElfFormatException {
    SectionHeader[] headers = new SectionHeader[image.sections().size()];
    long end = fixedEnd;
    for (int index : tail) {
      SectionHeader section = image.sections().get(index);
      long offset = isAligned(section) ? Alignment.up(end, section.alignment()) : end;
      long size = index == image.sectionNames() ? names.orElseThrow().size() : section.size();
      headers[index] = section.withLocation(new Location(offset, section.address()), size);
      end = offset + (section.hasContent() ? size : 0);
    }
    DroppedRanges dropped = DroppedRanges.of(image, plan, fixedEnd);
    boolean inPlace = dropped.tableStays();
    long table =
        inPlace ? image.header().sectionHeaderOffset() : Alignment.up(end, encoding.wordSize());
    NavigableMap<Long, ElfPatch.Piece> changes = dropped.zeros();
    if (inPlace) {
      changes.put(table, new Literal(table(headers)));
    }
    writeFixedPart(table, changes);
    for (int index : tail) {
      writeSection(index, headers[index]);
    }
    if (!inPlace) {
      append(new Zeros(table - written));
      append(new Literal(table(headers)));
    }
    long appendix = contentEnd();
    append(new Copied(appendix, image.bytes().size() - appendix));
    return new ElfPatch(
        image.bytes().size(), pieces.pieces(), LayoutKind.IN_PLACE, DeclaredChanges.NONE);
  }

  // ---- what lies where

  /** The end of what must not move: headers, what program headers cover, what is loaded. */
  private long fixedEnd() {
    FileHeader header = image.header();
    long end = FileHeader.size(encoding);
    if (header.programHeaderCount() > 0) {
      long size = (long) header.programHeaderCount() * ProgramHeader.size(encoding);
      end = Math.max(end, header.programHeaderOffset() + size);
    }
    for (ProgramHeader entry : image.programHeaders()) {
      boolean isInFile =
          entry.offset() >= 0
              && entry.fileSize() > 0
              && entry.offset() <= image.bytes().size() - entry.fileSize();
      end = isInFile ? Math.max(end, entry.fileEnd()) : end;
    }
    List<SectionHeader> kept = new ArrayList<>();
    for (int index : plan.kept()) {
      SectionHeader section = image.sections().get(index);
      if (section.hasContent()) {
        kept.add(section);
      }
    }
    kept.sort(Comparator.comparingLong(SectionHeader::offset));
    for (SectionHeader section : kept) {
      if (section.isAllocated() || section.offset() < end) {
        end = Math.max(end, section.offset() + section.size());
      }
    }
    return end;
  }

  /** The sections behind that, in the order of the file. */
  private List<Integer> tail() {
    List<Integer> found = new ArrayList<>();
    for (int index : plan.kept()) {
      SectionHeader section = image.sections().get(index);
      if (section.type() != SectionHeader.SHT_NULL
          && !section.isAllocated()
          && section.offset() >= fixedEnd) {
        found.add(index);
      }
    }
    found.sort(Comparator.comparingLong(index -> image.sections().get(index).offset()));
    return found;
  }

  private static boolean isAligned(SectionHeader section) {
    return section.alignment() > 1 && section.offset() % section.alignment() == 0;
  }

  /** The end of all that headers describe: what lies behind was appended to the file. */
  private long contentEnd() {
    long end = fixedEnd;
    for (SectionHeader section : image.sections()) {
      end = section.hasContent() ? Math.max(end, section.offset() + section.size()) : end;
    }
    long table = (long) image.sections().size() * SectionHeader.size(encoding);
    return Math.max(end, image.header().sectionHeaderOffset() + table);
  }

  private SectionNames names() throws ElfFormatException {
    List<String> kept = new ArrayList<>();
    for (int index : plan.kept()) {
      kept.add(image.sectionName(index));
    }
    return SectionNames.of(kept);
  }

  // ---- the new file

  private void writeFixedPart(long table, NavigableMap<Long, ElfPatch.Piece> changes)
      throws ElfFormatException {
    append(new Literal(fileHeader(table)));
    for (SectionHeader section : image.sections()) {
      boolean isSymbols = section.type() == SectionHeader.SHT_DYNSYM && section.hasContent();
      if (isSymbols && plan.renumbers()) {
        changes.put(section.offset(), new Literal(symbols(section)));
      }
    }
    for (Map.Entry<Long, ElfPatch.Piece> change : changes.entrySet()) {
      if (change.getKey() >= written && change.getKey() < fixedEnd) {
        append(new Copied(written, change.getKey() - written));
        append(change.getValue());
      }
    }
    append(new Copied(written, fixedEnd - written));
  }

  private ByteBuffer fileHeader(long table) throws ElfFormatException {
    int size = FileHeader.size(encoding);
    ByteBuffer header = encoding.allocate(size).put(image.bytes().slice(0, size)).flip();
    int count = plan.kept().size();
    int namesIndex = plan.newIndex(image.sectionNames());
    int counts = FileHeader.programHeaderCountField(encoding);
    header.position(FileHeader.sectionHeaderOffsetField(encoding));
    encoding.put(header, table);
    header.putShort(counts + 4, (short) (count < SHN_LORESERVE ? count : 0));
    header.putShort(counts + 6, (short) (namesIndex < SHN_LORESERVE ? namesIndex : SHN_XINDEX));
    return header.rewind();
  }

  /** The dynamic symbols with the new indexes of their sections. */
  private ByteBuffer symbols(SectionHeader section) throws ElfFormatException {
    int entry = SymbolTable.entrySize(encoding);
    int field = encoding.wide() ? 6 : 14;
    ByteBuffer symbols =
        encoding
            .allocate(Math.toIntExact(section.size()))
            .put(image.bytes().slice(section.offset(), section.size()))
            .flip();
    for (int at = 0; at + entry <= symbols.limit(); at += entry) {
      int old = symbols.getShort(at + field) & 0xffff;
      if (old < SHN_LORESERVE) {
        symbols.putShort(at + field, (short) plan.newIndex(old));
      }
    }
    return symbols;
  }

  private void writeSection(int index, SectionHeader header) {
    SectionHeader old = image.sections().get(index);
    if (!old.hasContent()) {
      return;
    }
    append(new Zeros(header.offset() - written));
    append(
        index == image.sectionNames()
            ? new Literal(ByteBuffer.wrap(names.orElseThrow().bytes()))
            : new Copied(old.offset(), old.size()));
  }

  private ByteBuffer table(SectionHeader[] headers) throws ElfFormatException {
    ByteBuffer table = encoding.allocate(plan.kept().size() * SectionHeader.size(encoding));
    for (int index : plan.kept()) {
      SectionHeader section = headers[index] == null ? image.sections().get(index) : headers[index];
      table.put(renumbered(index, section).encode(encoding));
    }
    return table.flip();
  }

  private SectionHeader renumbered(int index, SectionHeader section) throws ElfFormatException {
    int info = StripPlan.infoIsSection(section) ? plan.newIndex(section.info()) : section.info();
    int name = names.isPresent() ? names.get().offset(image.sectionName(index)) : section.name();
    SectionHeader linked = section.linked(name, plan.newLink(section.link()), info);
    return index == 0 ? withCounts(linked) : linked;
  }

  /** The first header holds what does not fit in the ELF header. */
  private SectionHeader withCounts(SectionHeader first) {
    int count = plan.kept().size();
    int namesIndex = plan.newIndex(image.sectionNames());
    return first
        .withLocation(
            new Location(first.offset(), first.address()), count < SHN_LORESERVE ? 0 : count)
        .linked(first.name(), namesIndex < SHN_LORESERVE ? 0 : namesIndex, first.info());
  }

  private void append(ElfPatch.Piece piece) {
    pieces.add(piece);
    written += piece.length();
  }
}
