package dev.jwheel.elf.format;

import dev.jwheel.platform.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The PT_LOAD segments: where in the file the bytes of a virtual address lie. */
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
  static AddressMap of(ElfBytes bytes, List<ProgramHeader> segments) throws ElfFormatException {
    List<ProgramHeader> loads = new ArrayList<>();
    for (ProgramHeader segment : segments) {
      if (segment.isLoad()) {
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

  /** Returns the PT_LOAD segments in table order. */
  List<ProgramHeader> loads() {
    return loads;
  }

  /** Returns the segment that has a range of addresses in its file content. */
  Optional<ProgramHeader> inFile(long address, long length) {
    for (ProgramHeader load : loads) {
      if (holds(load, load.fileSize(), address, length)) {
        return Optional.of(load);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the segment that has a range of addresses in its file content or, where none has, in
   * the rest of its last page.
   */
  Optional<ProgramHeader> inMemory(long address, long length) {
    Optional<ProgramHeader> exact = inFile(address, length);
    if (exact.isPresent()) {
      return exact;
    }
    for (ProgramHeader load : loads) {
      if (holds(load, mapped(load), address, length)) {
        return Optional.of(load);
      }
    }
    return Optional.empty();
  }

  private static boolean holds(ProgramHeader load, long content, long address, long length) {
    long inside = address - load.address();
    return inside >= 0 && length >= 0 && inside <= content - length;
  }

  /**
   * Returns how many bytes of a segment are in memory: what is mapped are whole pages, of which the
   * rest is cleared only where the segment has a part without content (System V ABI, "Program
   * Loading"). Some files, edited by others, count on that.
   */
  long mapped(ProgramHeader load) {
    if (load.memorySize() != load.fileSize()) {
      return load.fileSize();
    }
    long end = load.offset() + load.fileSize();
    long page = (end + PAGE - 1) / PAGE * PAGE;
    return Math.min(page, bytes.size()) - load.offset();
  }
}
