// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The headers of an ELF file, and its bytes by their addresses.
 *
 * <p>There are two ways to read a file, because a reader must accept what loaders accept and an
 * editor must know what it changes:
 *
 * <ul>
 *   <li>{@link #asLoaded}: as a loader sees it. Section headers are never looked at, and a table
 *       may lie in the rest of the last page of a segment.
 *   <li>{@link #read}: every range that a header names is checked, sections too; tables lie in the
 *       file content of one segment.
 * </ul>
 */
public final class ElfImage {
  private static final int SHN_XINDEX = 0xffff;
  private static final int MAX_SECTIONS = 1 << 17;
  private static final int MAX_SECTION_NAME = 1 << 10;

  /** What sections that lie over each other may add up to besides what the file holds. */
  private static final long FREE = 32L << 20;

  private final ElfBytes bytes;
  private final ElfEncoding encoding;
  private final boolean strict;
  private final FileHeader header;
  private final List<ProgramHeader> programHeaders;
  private final AddressMap addresses;
  private final List<SectionHeader> sections;

  private ElfImage(ElfBytes bytes, boolean strict) throws ElfFormatException {
    this.bytes = bytes;
    this.strict = strict;
    this.encoding = ElfEncoding.of(bytes);
    HeaderReader headers = HeaderReader.read(bytes);
    this.header = headers.fileHeader();
    this.programHeaders = headers.programHeaders();
    this.addresses = AddressMap.of(bytes, programHeaders);
    this.sections = strict ? checkedSections() : List.of();
  }

  /**
   * Reads the headers as a loader does.
   *
   * @throws ElfFormatException if they are damaged, or the file is shorter than its segments say
   */
  public static ElfImage asLoaded(ElfBytes bytes) throws ElfFormatException {
    return new ElfImage(bytes, false);
  }

  /**
   * Reads all headers, with the checks that an edit relies on.
   *
   * @throws ElfFormatException if a header is damaged or names a range outside the file
   */
  public static ElfImage read(ElfBytes bytes) throws ElfFormatException {
    return new ElfImage(bytes, true);
  }

  private List<SectionHeader> checkedSections() throws ElfFormatException {
    int size = ProgramHeader.size(encoding);
    for (int i = 0; i < programHeaders.size(); i++) {
      if (programHeaders.get(i).isLoad()) {
        long place = header.programHeaderOffset() + (long) i * size;
        check(programHeaders.get(i), place);
        checkApart(programHeaders.subList(0, i), programHeaders.get(i), place);
      }
    }
    header.checkSectionSize(bytes, encoding);
    return header.sectionHeaderOffset() == 0 ? List.of() : readSections();
  }

  private void check(ProgramHeader load, long place) throws ElfFormatException {
    if (load.memorySize() < load.fileSize()) {
      throw broken(place, "a PT_LOAD segment is larger in the file than in memory");
    }
    if (load.address() < 0 || load.address() > encoding.limit() - load.memorySize()) {
      throw broken(place, "a PT_LOAD segment goes beyond the address space");
    }
  }

  private void checkApart(List<ProgramHeader> earlier, ProgramHeader load, long place)
      throws ElfFormatException {
    for (ProgramHeader other : earlier) {
      if (other.isLoad() && load.touches(other.address(), other.end())) {
        throw broken(place, "two PT_LOAD segments lie over each other in memory");
      }
    }
  }

  private List<SectionHeader> readSections() throws ElfFormatException {
    long offset = header.sectionHeaderOffset();
    int size = SectionHeader.size(encoding);
    long count = header.sectionCount();
    if (count == 0) {
      count = SectionHeader.read(encoding, bytes.slice(offset, size)).size();
    }
    if (count < 0 || count > bytes.size() / size) {
      throw broken(offset, "the file is too small for " + count + " section headers");
    }
    if (count > MAX_SECTIONS) {
      throw broken(offset, count + " section headers, expected at most " + MAX_SECTIONS);
    }
    ByteBuffer table = bytes.slice(offset, count * size);
    List<SectionHeader> headers = new ArrayList<>((int) count);
    long content = 0;
    for (int i = 0; i < count; i++) {
      SectionHeader section = SectionHeader.read(encoding, table);
      if (section.hasContent() && !isInFile(section.offset(), section.size())) {
        throw broken(offset + (long) i * size, "section " + i + " lies outside the file");
      }
      content += section.hasContent() ? section.size() : 0;
      if (content > 4 * bytes.size() + FREE) {
        throw broken(offset, "the sections add up to far more than the file holds");
      }
      headers.add(section);
    }
    return List.copyOf(headers);
  }

  private boolean isInFile(long offset, long size) {
    return offset >= 0 && size >= 0 && offset <= bytes.size() - size;
  }

  public ElfBytes bytes() {
    return bytes;
  }

  public String name() {
    return bytes.name();
  }

  public ElfEncoding encoding() {
    return encoding;
  }

  public FileHeader header() {
    return header;
  }

  public List<ProgramHeader> programHeaders() {
    return programHeaders;
  }

  /** The section header table; empty where the file has none. */
  public List<SectionHeader> sections() {
    return sections;
  }

  /** The first program header of a type that has content in the file. */
  public Optional<ProgramHeader> find(int type) {
    for (ProgramHeader entry : programHeaders) {
      if (entry.type() == type && entry.fileSize() != 0) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** Whether the kernel may run it: its program headers must then be where the kernel computes. */
  public boolean isRunnable() {
    return header.isExecutable() || find(ProgramHeader.PT_INTERP).isPresent();
  }

  /** Whether the tables too must be as an edit relies on. */
  boolean isStrict() {
    return strict;
  }

  /** The PT_LOAD segments in table order. */
  public List<ProgramHeader> loads() {
    return addresses.loads();
  }

  /**
   * Where a range of addresses lies in the file.
   *
   * @param what names the thing, for messages
   */
  public Location locate(String what, long address, long length) throws ElfFormatException {
    ProgramHeader load = holder(what, address, length);
    return new Location(load.offset() + (address - load.address()), address);
  }

  /** The segment whose file content holds a range of addresses. */
  private ProgramHeader holder(String what, long address, long length) throws ElfFormatException {
    Optional<ProgramHeader> load =
        strict ? addresses.inFile(address, length) : addresses.inMemory(address, length);
    if (load.isEmpty()) {
      throw broken(
          -1,
          what
              + " at address 0x"
              + Long.toHexString(address)
              + " of "
              + Long.toUnsignedString(length)
              + " bytes lies in no PT_LOAD segment's file content");
    }
    return load.get();
  }

  /** The PT_LOAD segment that has a range of addresses in its file content. */
  public Optional<ProgramHeader> loadHolding(long address, long length) {
    return addresses.inFile(address, length);
  }

  /** Whether a loader has content of the file at a range of addresses. */
  public boolean isMapped(long address, long length) {
    return addresses.inMemory(address, length).isPresent();
  }

  /** Whether a loader has zeros at an address because the file has no content for it. */
  boolean isZero(long address) {
    return addresses.isZero(address);
  }

  /** The bytes of a range of addresses. */
  public ByteBuffer at(String what, long address, long length) throws ElfFormatException {
    return bytes.slice(locate(what, address, length).offset(), length);
  }

  /** How many bytes there are from an address to the end of its segment in the file. */
  long room(String what, long address) throws ElfFormatException {
    ProgramHeader load = holder(what, address, 0);
    long content = strict ? load.fileSize() : addresses.mapped(load);
    return content - (address - load.address());
  }

  /** The index of the section that holds the section names. */
  public int sectionNames() {
    int index = header.sectionNames();
    return index == SHN_XINDEX && !sections.isEmpty() ? sections.get(0).link() : index;
  }

  /**
   * The name of a section.
   *
   * @throws ElfFormatException if it does not end in its table or after 1,024 bytes, since many
   *     sections can have the same
   */
  public String sectionName(int index) throws ElfFormatException {
    int names = sectionNames();
    if (names > 0 && names < sections.size() && sections.get(names).hasContent()) {
      SectionHeader table = sections.get(names);
      long start = table.offset() + Integer.toUnsignedLong(sections.get(index).name());
      if (start < table.offset() + table.size()) {
        long end = table.offset() + table.size();
        return bytes.string(start, Math.min(end, start + MAX_SECTION_NAME + 1));
      }
    }
    return "section " + index;
  }

  /** The exception for what is wrong at an offset of this file. */
  public ElfFormatException broken(long offset, String problem) {
    return new ElfFormatException(bytes.name(), offset, problem);
  }
}
