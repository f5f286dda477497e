// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.Alignment;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.FileRange;
import dev.jwheel.elf.format.FileRange.Kind;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.patch.LayoutKind;
import java.util.List;
import java.util.Optional;

/**
 * The string table lies in a read-only segment that has nothing but tables behind it: they slide
 * into the padding between the segment and the next one. So it is in what GNU ld links with {@code
 * -z separate-code}, the default for x86.
 */
public final class SlideStrategy implements LayoutStrategy {
  private static final int WRITABLE_OR_CODE = ProgramHeader.PF_W | ProgramHeader.PF_X;

  @Override
  public Attempt attempt(SpaceRequirements space) throws ElfFormatException {
    if (space.dynamicSlots() > 0 || !space.missingHeaders().isEmpty()) {
      return Attempt.refused("more than strings needs room");
    }
    int index = space.stringSegment();
    ProgramHeader segment = space.headers().get(index);
    if (segment.hasFlag(WRITABLE_OR_CODE) || segment.fileSize() != segment.memorySize()) {
      return Attempt.refused("the segment of the string table is not read-only");
    }
    StringTable strings = space.strings();
    long start = strings.location().offset() + strings.size();
    List<FileRange> behind = space.usage().within(start, segment.fileEnd());
    Optional<String> obstacle = obstacle(space, segment, behind, start);
    if (obstacle.isPresent()) {
      return Attempt.refused(obstacle.get());
    }
    long first = behind.isEmpty() ? segment.fileEnd() : behind.get(0).offset();
    long distance = distance(space, behind, first - start);
    long grown = distance + space.interpreterSize();
    Optional<String> narrow = noRoom(space, segment, grown);
    if (narrow.isPresent()) {
      return Attempt.refused(narrow.get());
    }
    Location from = new Location(first, segment.address() + (first - segment.offset()));
    Layout.Builder layout =
        Layout.builder(LayoutKind.SLIDE, space).header(index, segment.upTo(segment.end() + grown));
    if (distance > 0 && !behind.isEmpty()) {
      layout.move(from, from.plus(distance), segment.fileEnd() - first);
    }
    if (space.interpreterSize() > 0) {
      layout.interpreter(new Location(segment.fileEnd(), segment.end()).plus(distance));
    }
    return new Attempt.Found(layout.build());
  }

  private static Optional<String> obstacle(
      SpaceRequirements space, ProgramHeader segment, List<FileRange> behind, long start)
      throws ElfFormatException {
    long end = start;
    for (FileRange range : behind) {
      if (range.kind() != Kind.TABLE || range.offset() < start) {
        return Optional.of(range.name() + " behind the string table cannot move");
      }
      if (!isPadding(space, end, range.offset(), range.alignment())) {
        return Optional.of("there are unknown bytes before " + range.name());
      }
      end = Math.max(end, range.fileEnd());
    }
    if (!isPadding(space, end, segment.fileEnd(), 1)) {
      return Optional.of("there are unknown bytes at the end of the segment");
    }
    return space
        .moveConstraints()
        .obstacle(space.strings().end(), segment.end())
        .map(reason -> "what is behind the string table cannot move: " + reason);
  }

  private static boolean isPadding(SpaceRequirements space, long from, long to, long alignment)
      throws ElfFormatException {
    return from >= to
        || (space.usage().isComplete() || to - from < alignment) && space.usage().isZero(from, to);
  }

  /** How far the tables slide: far enough for the strings, and none loses its alignment. */
  private static long distance(SpaceRequirements space, List<FileRange> behind, long gap) {
    long alignment = space.image().encoding().wordSize();
    for (FileRange range : behind) {
      alignment = Math.max(alignment, range.alignment());
    }
    return Alignment.up(Math.max(0, space.stringGrowth() - gap), alignment);
  }

  private static Optional<String> noRoom(SpaceRequirements space, ProgramHeader segment, long grown)
      throws ElfFormatException {
    return grown > space.usage().padding(segment.fileEnd())
            || segment.end() + grown > space.roomBehind(segment)
        ? Optional.of("the padding behind the segment is too small")
        : Optional.empty();
  }
}
