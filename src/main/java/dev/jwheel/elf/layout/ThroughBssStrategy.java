// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.Alignment;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.patch.LayoutKind;
import java.util.List;
import java.util.Optional;

/**
 * The last segment in memory grows: its bss becomes zeros of the file, and what needs room comes
 * behind. No program header is added, nothing that is loaded moves.
 */
public final class ThroughBssStrategy implements LayoutStrategy {
  private static final long ALIGNMENT = 16;

  private final long largestBss;

  /**
   * @param largestBss the largest bss, in bytes, to put into the file
   */
  public ThroughBssStrategy(long largestBss) {
    this.largestBss = largestBss;
  }

  @Override
  public Attempt attempt(SpaceRequirements space) throws ElfFormatException {
    if (!space.missingHeaders().isEmpty()) {
      return Attempt.refused("a program header must be added");
    }
    MovedTables moved = MovedTables.of(space, List.of());
    int index = lastInMemory(space.headers());
    ProgramHeader segment = space.headers().get(index);
    Optional<String> obstacle = obstacle(space, moved, segment);
    if (obstacle.isPresent()) {
      return Attempt.refused(obstacle.get());
    }
    long address = Alignment.up(segment.end(), ALIGNMENT);
    Location start = new Location(segment.offset() + (address - segment.address()), address);
    Layout.Builder layout = Layout.builder(LayoutKind.THROUGH_BSS, space);
    Location end = moved.placeAt(layout, start);
    if (end.address() > space.image().encoding().limit()) {
      return Attempt.refused("the address space ends there");
    }
    long unit = space.insertionUnit(segment.fileEnd());
    layout.insert(segment.fileEnd(), Alignment.up(end.offset() - segment.fileEnd(), unit));
    layout.header(index, segment.upTo(end.address()));
    return new Attempt.Found(layout.build());
  }

  private Optional<String> obstacle(
      SpaceRequirements space, MovedTables moved, ProgramHeader segment) {
    long bss = segment.memorySize() - segment.fileSize();
    boolean writable = segment.hasFlag(ProgramHeader.PF_W);
    // Data that is executable, as on SPARC and PA-RISC with the procedure linkage table in it, is
    // no better without the strings.
    if (segment.hasFlag(ProgramHeader.PF_X) && !writable) {
      return Optional.of("the last segment holds code");
    }
    if ((bss > 0 || moved.needsWriting()) && !writable) {
      return Optional.of("the last segment is not writable");
    }
    if (bss > largestBss) {
      return Optional.of("the bss has " + bss + " bytes, more than " + largestBss);
    }
    return space.obstacleToInsertion(segment.fileEnd());
  }

  private static int lastInMemory(List<ProgramHeader> headers) {
    int last = -1;
    for (int i = 0; i < headers.size(); i++) {
      boolean higher = last < 0 || headers.get(i).address() >= headers.get(last).address();
      if (headers.get(i).isLoad() && higher) {
        last = i;
      }
    }
    return last;
  }
}
