// SPDX-License-Identifier: Apache-2.0
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
    return inMemory(address, length).filter(load -> isContent(load, address, length));
  }

  /**
   * Returns the segment from whose content a loader has a range of addresses: its file content, or
   * the rest of its first and last page. Where segments lie over each other, the later one counts,
   * because loaders map them in the order of the table ({@code mmap} with MAP_FIXED); a range that
   * it covers in part is in none.
   */
  Optional<ProgramHeader> inMemory(long address, long length) {
    Optional<ProgramHeader> found = Optional.empty();
    for (ProgramHeader load : loads) {
      boolean same = found.isPresent() && base(load) == base(found.get());
      if (isMapped(load, address, length)) {
        boolean keep = same && isContent(found.get(), address, length);
        found = keep ? found : Optional.of(load);
      } else if (found.isPresent() && hides(load, same, address, length)) {
        found = Optional.empty();
      }
    }
    return found;
  }

  private static long base(ProgramHeader load) {
    return load.address() - load.offset();
  }

  private static boolean isContent(ProgramHeader load, long address, long length) {
    long inside = address - load.address();
    return inside >= 0 && length >= 0 && inside <= load.fileSize() - length;
  }

  private boolean isMapped(ProgramHeader load, long address, long length) {
    long inside = address - load.address();
    return load.memorySize() != 0
        && inside >= -head(load)
        && length >= 0
        && inside <= mapped(load) - length;
  }

  /** How many bytes of the file lie before a segment in the page in which it starts. */
  private static long head(ProgramHeader load) {
    return Math.min(load.address() & (PAGE - 1), load.offset());
  }

  /** Whether a segment replaces bytes of a range by others: of the file, or by zeros. */
  private static boolean hides(ProgramHeader load, boolean same, long address, long length) {
    long inside = address - load.address();
    long start = same ? load.fileSize() : -(load.address() & (PAGE - 1));
    long end = -Math.floorMod(load.address(), PAGE);
    end += Alignment.up(load.memorySize() - end, PAGE);
    boolean any = same ? load.memorySize() > load.fileSize() : load.memorySize() != 0;
    return any && inside < end && inside > start - Math.max(1, length);
  }

  /** Returns whether memory holds zeros at an address because the file has no content for it. */
  boolean isZero(long address) {
    boolean zero = false;
    for (ProgramHeader load : loads) {
      long inside = address - load.address();
      boolean mapped = inside >= 0 && inside < Alignment.up(load.memorySize(), PAGE);
      zero = mapped && inside >= mapped(load) || zero && !mapped;
    }
    return zero;
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
    return Math.max(load.fileSize(), Math.min(page, bytes.size()) - load.offset());
  }
}
