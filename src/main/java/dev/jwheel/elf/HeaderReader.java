package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfClass;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.fornwall.jelf.BackingFile;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/**
 * Reads the ELF header and the program header table with jelf: the one place that knows jelf.
 *
 * <p>jelf trusts counts and offsets and reads numbers of 32-bit files as signed. So the table is
 * checked against the file first, jelf sees no section headers, and every failure of it becomes an
 * {@link ElfFormatException}.
 */
final class HeaderReader {
  private static final int EI_VERSION = 6;
  private static final int PN_XNUM = 0xffff;
  private static final int MAX_SEGMENTS = 0x7fff;

  private final ElfBytes bytes;
  private final boolean wide;

  private HeaderReader(ElfBytes bytes) {
    this.bytes = bytes;
    this.wide = bytes.elfClass() == ElfClass.ELF64;
  }

  static ElfHeader read(ElfBytes bytes) throws ElfFormatException {
    return new HeaderReader(bytes).read();
  }

  private ElfHeader read() throws ElfFormatException {
    checkHeader();
    checkTable();
    try {
      ElfFile file = ElfFile.from(new HeaderBytes(bytes, wide));
      return new ElfHeader(identity(file), type(file), segments(file));
    } catch (RuntimeException e) {
      throw new ElfFormatException(
          bytes.name(), 0, "the ELF header or the program header table is damaged: " + e);
    }
  }

  private void checkHeader() throws ElfFormatException {
    int version = bytes.u8(EI_VERSION);
    if (version != 1) {
      throw new ElfFormatException(
          bytes.name(), EI_VERSION, "EI_VERSION is " + version + ", expected 1");
    }
    bytes.slice(0, wide ? 64 : 52);
  }

  private void checkTable() throws ElfFormatException {
    int countOffset = wide ? 56 : 44;
    int count = bytes.u16(countOffset);
    if (count == 0) {
      return;
    }
    if (count == PN_XNUM || count > MAX_SEGMENTS) {
      throw new ElfFormatException(
          bytes.name(), countOffset, "e_phnum is " + count + ", expected at most " + MAX_SEGMENTS);
    }
    int entrySize = bytes.u16(countOffset - 2);
    int expected = wide ? 56 : 32;
    if (entrySize != expected) {
      throw new ElfFormatException(
          bytes.name(), countOffset - 2, "e_phentsize is " + entrySize + ", expected " + expected);
    }
    bytes.slice(bytes.word(wide ? 32 : 28), (long) count * entrySize);
  }

  private ElfIdentity identity(ElfFile file) {
    int machine = file.e_machine & 0xffff;
    return new ElfIdentity(
        bytes.elfClass(),
        bytes.order(),
        file.ei_osabi & 0xff,
        machine,
        file.e_flags,
        architecture(machine, file.e_flags));
  }

  private Optional<Architecture> architecture(int machine, int flags) {
    return Architecture.ofHeader(
        Machine.of(machine), bytes.elfClass().bits(), bytes.order(), flags);
  }

  private static ElfType type(ElfFile file) {
    return switch (file.e_type) {
      case ElfFile.ET_REL -> ElfType.RELOCATABLE;
      case ElfFile.ET_EXEC -> ElfType.EXECUTABLE;
      case ElfFile.ET_DYN -> ElfType.SHARED;
      case ElfFile.ET_CORE -> ElfType.CORE;
      default -> ElfType.OTHER;
    };
  }

  private List<ProgramHeader> segments(ElfFile file) {
    List<ProgramHeader> segments = new ArrayList<>();
    for (int i = 0; i < file.e_phnum; i++) {
      ElfSegment segment = file.getProgramHeader(i);
      segments.add(
          new ProgramHeader(
              segment.p_type,
              segment.p_flags,
              unsigned(segment.p_offset),
              unsigned(segment.p_vaddr),
              unsigned(segment.p_filesz),
              unsigned(segment.p_memsz),
              unsigned(segment.p_align)));
    }
    return List.copyOf(segments);
  }

  private long unsigned(long value) {
    return wide ? value : value & 0xffffffffL;
  }

  /** The file as jelf sees it: without section headers, whose damage must not matter. */
  private static final class HeaderBytes implements BackingFile {
    private final ElfBytes bytes;
    private final boolean wide;
    private long position;

    HeaderBytes(ElfBytes bytes, boolean wide) {
      this.bytes = bytes;
      this.wide = wide;
    }

    @Override
    public void seek(long offset) {
      position = offset;
    }

    @Override
    public void skip(int count) {
      position += count;
    }

    @Override
    public short readUnsignedByte() {
      long offset = position++;
      return describesSections(offset)
          ? 0
          : (short) (bytes.source().slice(offset, 1).get(0) & 0xff);
    }

    @Override
    public int read(byte[] data) {
      bytes.source().slice(position, data.length).get(data);
      position += data.length;
      return data.length;
    }

    private boolean describesSections(long offset) {
      return wide
          ? offset >= 40 && offset < 48 || offset >= 60 && offset < 64
          : offset >= 32 && offset < 36 || offset >= 48 && offset < 52;
    }
  }
}
