package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.Alignment;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.Extent;
import dev.jwheel.elf.format.Extent.Kind;
import dev.jwheel.elf.format.Place;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.patch.Rung;
import java.util.List;
import java.util.Optional;

/**
 * The string table lies in a read-only segment that has nothing but tables behind it: they slide
 * into the padding between the segment and the next one. So it is in what GNU ld links with {@code
 * -z separate-code}, the default for x86.
 */
public final class SlideRung implements LayoutRung {
  private static final int WRITABLE_OR_CODE = ProgramHeader.PF_W | ProgramHeader.PF_X;

  @Override
  public Attempt attempt(Demand demand) throws ElfFormatException {
    if (demand.dynamicSlots() > 0 || !demand.missingHeaders().isEmpty()) {
      return Attempt.refused("more than strings needs room");
    }
    int index = demand.stringSegment();
    ProgramHeader segment = demand.headers().get(index);
    if (segment.hasFlag(WRITABLE_OR_CODE) || segment.fileSize() != segment.memorySize()) {
      return Attempt.refused("the segment of the string table is not read-only");
    }
    StringTable strings = demand.strings();
    long start = strings.place().offset() + strings.size();
    List<Extent> behind = demand.map().within(start, segment.fileEnd());
    Optional<String> obstacle = obstacle(demand, segment, behind, start);
    if (obstacle.isPresent()) {
      return Attempt.refused(obstacle.get());
    }
    long first = behind.isEmpty() ? segment.fileEnd() : behind.get(0).offset();
    long distance = distance(demand, behind, first - start);
    long grown = distance + demand.interpreterSize();
    Optional<String> narrow = noRoom(demand, segment, grown);
    if (narrow.isPresent()) {
      return Attempt.refused(narrow.get());
    }
    Place from = new Place(first, segment.address() + (first - segment.offset()));
    Layout.Builder layout =
        Layout.builder(Rung.SLIDE, demand).header(index, segment.upTo(segment.end() + grown));
    if (distance > 0 && !behind.isEmpty()) {
      layout.move(from, from.plus(distance), segment.fileEnd() - first);
    }
    if (demand.interpreterSize() > 0) {
      layout.interpreter(new Place(segment.fileEnd(), segment.end()).plus(distance));
    }
    return new Attempt.Found(layout.build());
  }

  private static Optional<String> obstacle(
      Demand demand, ProgramHeader segment, List<Extent> behind, long start)
      throws ElfFormatException {
    long end = start;
    for (Extent extent : behind) {
      if (extent.kind() != Kind.TABLE || extent.offset() < start) {
        return Optional.of(extent.name() + " behind the string table cannot move");
      }
      if (!isPadding(demand, end, extent.offset(), extent.alignment())) {
        return Optional.of("there are unknown bytes before " + extent.name());
      }
      end = Math.max(end, extent.fileEnd());
    }
    if (!isPadding(demand, end, segment.fileEnd(), 1)) {
      return Optional.of("there are unknown bytes at the end of the segment");
    }
    return demand
        .movability()
        .obstacle(demand.strings().end(), segment.end())
        .map(reason -> "what is behind the string table cannot move: " + reason);
  }

  private static boolean isPadding(Demand demand, long from, long to, long alignment)
      throws ElfFormatException {
    return from >= to
        || (demand.map().isComplete() || to - from < alignment) && demand.map().isZero(from, to);
  }

  /** How far the tables slide: far enough for the strings, and none loses its alignment. */
  private static long distance(Demand demand, List<Extent> behind, long gap) {
    long alignment = demand.image().words().size();
    for (Extent extent : behind) {
      alignment = Math.max(alignment, extent.alignment());
    }
    return Alignment.up(Math.max(0, demand.stringGrowth() - gap), alignment);
  }

  private static Optional<String> noRoom(Demand demand, ProgramHeader segment, long grown)
      throws ElfFormatException {
    return grown > demand.map().padding(segment.fileEnd())
            || segment.end() + grown > demand.roomBehind(segment)
        ? Optional.of("the padding behind the segment is too small")
        : Optional.empty();
  }
}
