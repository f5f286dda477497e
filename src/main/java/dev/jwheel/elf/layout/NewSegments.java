// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.Alignment;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The geometry of a PT_LOAD that is added at the end of the file. */
final class NewSegments {
  private static final long ALIGNMENT = 16;
  private static final long LARGEST_ALIGNMENT = 0x1000000;

  private final SpaceRequirements space;
  private final List<ProgramHeader> loads;

  NewSegments(SpaceRequirements space) {
    this.space = space;
    this.loads = space.image().loads();
  }

  /** What forbids another segment; empty if nothing does. */
  Optional<String> obstacle() {
    if (loads.isEmpty()) {
      return Optional.of("there is no PT_LOAD segment");
    }
    long alignment = alignment();
    if (Long.bitCount(alignment) != 1 || alignment > LARGEST_ALIGNMENT) {
      return Optional.of("the alignment of the segments is 0x" + Long.toHexString(alignment));
    }
    for (int i = 1; i < loads.size(); i++) {
      if (loads.get(i).address() < loads.get(i - 1).end()) {
        return Optional.of("the segments are not in the order of their addresses");
      }
    }
    if (end() > space.image().encoding().limit() / 2) {
      return Optional.of("the segments lie too high in memory");
    }
    return Optional.empty();
  }

  /** The offset at which a new segment starts in the file. */
  long offset() {
    return Alignment.up(space.image().bytes().size(), ALIGNMENT);
  }

  /**
   * Where a new segment starts: in pages of its own, and congruent to its file offset, so that the
   * file needs no hole. Old kernels and qemu take the smallest difference of address and offset as
   * the load base of a program.
   */
  Location start() {
    long step = Math.max(alignment(), space.image().header().machine().pageSize());
    long address = Alignment.up(end(), step) + offset() % step;
    long lift = base() - (address - offset());
    if (space.image().isRunnable() && lift > 0) {
      address += Alignment.up(lift, step);
    }
    return new Location(offset(), address);
  }

  /**
   * Where a segment starts that holds the program header table at its start, so that the address of
   * the table follows from its offset; empty if the file would need a hole for that.
   */
  Optional<Location> startAtBase() {
    long step = Math.max(alignment(), space.image().header().machine().pageSize());
    long address = offset() + base();
    return base() % step == 0 && Alignment.down(address, step) >= end()
        ? Optional.of(new Location(offset(), address))
        : Optional.empty();
  }

  /** The program headers with a new segment behind the last. */
  List<ProgramHeader> insert(
      List<ProgramHeader> headers, Location start, Location end, boolean writable) {
    long size = end.address() - start.address();
    int flags = ProgramHeader.PF_R | (writable ? ProgramHeader.PF_W : 0);
    ProgramHeader segment =
        new ProgramHeader(
            ProgramHeader.PT_LOAD,
            flags,
            start.offset(),
            start.address(),
            start.address(),
            size,
            size,
            alignment());
    List<ProgramHeader> all = new ArrayList<>(headers);
    int last = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isLoad()) {
        last = i;
      }
    }
    all.add(last + 1, segment);
    return all;
  }

  /** The difference of address and offset of the first segment. */
  private long base() {
    return loads.get(0).address() - loads.get(0).offset();
  }

  private long end() {
    long end = 0;
    for (ProgramHeader load : loads) {
      end = Math.max(end, load.end());
    }
    return end;
  }

  /** The largest alignment of the segments, which no new one may exceed or fall below. */
  private long alignment() {
    long alignment = 1;
    for (ProgramHeader load : loads) {
      alignment = Math.max(alignment, load.alignment());
    }
    return alignment == 1 ? space.image().header().machine().pageSize() : alignment;
  }
}
