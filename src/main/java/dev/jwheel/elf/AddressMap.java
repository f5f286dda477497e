package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.platform.Machine;
import java.util.ArrayList;
import java.util.List;

/** Where in the file the bytes of a virtual address lie: the PT_LOAD segments. */
final class AddressMap {
  private static final long PAGE = Machine.SMALLEST_PAGE;

  private final ElfBytes bytes;
  private final List<ProgramHeader> loads;

  private AddressMap(ElfBytes bytes, List<ProgramHeader> loads) {
    this.bytes = bytes;
    this.loads = loads;
  }

  /**
   * The map of a file whose segments all lie inside it.
   *
   * @throws ElfFormatException if the file is shorter than its segments say
   */
  static AddressMap of(ElfBytes bytes, ElfHeader header) throws ElfFormatException {
    List<ProgramHeader> loads = new ArrayList<>();
    for (ProgramHeader segment : header.segments()) {
      if (segment.type() == ProgramHeader.PT_LOAD) {
        checkInside(bytes, segment);
        loads.add(segment);
      }
    }
    return new AddressMap(bytes, List.copyOf(loads));
  }

  private static void checkInside(ElfBytes bytes, ProgramHeader load) throws ElfFormatException {
    long size = bytes.size();
    if (load.fileSize() < 0 || load.offset() < 0 || load.offset() > size - load.fileSize()) {
      throw new ElfFormatException(
          bytes.name(),
          load.offset(),
          "the file is truncated: a PT_LOAD segment of 0x"
              + Long.toHexString(load.fileSize())
              + " bytes starts here, but the file has 0x"
              + Long.toHexString(size)
              + " bytes");
    }
  }

  /**
   * The file offset of an address range.
   *
   * @param what names the thing at the address, for messages
   * @throws ElfFormatException if no segment holds the whole range in the file
   */
  long offset(String what, long address, long length) throws ElfFormatException {
    ProgramHeader load = holder(what, address, length);
    return load.offset() + (address - load.address());
  }

  /** The number of bytes from an address to the end of its segment in the file. */
  long available(String what, long address) throws ElfFormatException {
    ProgramHeader load = holder(what, address, 0);
    return content(load) - (address - load.address());
  }

  private static boolean holds(ProgramHeader load, long content, long address, long length) {
    long inside = address - load.address();
    return inside >= 0 && length >= 0 && inside <= content - length;
  }

  /**
   * The bytes of a segment that are in memory: what is mapped are whole pages, of which the rest is
   * cleared only where the segment has a part without content (System V ABI, "Program Loading").
   * Some files, edited by others, count on that.
   */
  private long content(ProgramHeader load) {
    if (load.memorySize() != load.fileSize()) {
      return load.fileSize();
    }
    long end = load.offset() + load.fileSize();
    long page = (end + PAGE - 1) / PAGE * PAGE;
    return Math.min(page, bytes.size()) - load.offset();
  }

  private ProgramHeader holder(String what, long address, long length) throws ElfFormatException {
    for (ProgramHeader load : loads) {
      if (holds(load, load.fileSize(), address, length)) {
        return load;
      }
    }
    for (ProgramHeader load : loads) {
      if (holds(load, content(load), address, length)) {
        return load;
      }
    }
    throw new ElfFormatException(
        bytes.name(),
        -1,
        what
            + " at address 0x"
            + Long.toHexString(address)
            + " of "
            + Long.toUnsignedString(length)
            + " bytes lies in no PT_LOAD segment's file content");
  }
}
