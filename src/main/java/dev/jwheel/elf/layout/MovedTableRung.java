package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.Place;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.Words;
import dev.jwheel.elf.patch.Rung;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A new segment at the end of the file that starts with the program header table.
 *
 * <p>Linux before 5.18 and bionic compute the address of the table from its offset, so that it must
 * have the base of the first segment wherever they load the file. GNU strip puts the table back and
 * breaks the file; so this is the last resort.
 */
public final class MovedTableRung implements LayoutRung {
  private static final ByteBuffer ANDROID =
      ByteBuffer.wrap("Android\0".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();

  @Override
  public Attempt attempt(Demand demand) throws ElfFormatException {
    NewSegments segments = new NewSegments(demand);
    Optional<String> obstacle = segments.obstacle();
    if (obstacle.isPresent()) {
      return Attempt.refused(obstacle.get());
    }
    Optional<Place> atBase = segments.startAtBase();
    if (atBase.isEmpty() && (demand.image().isRunnable() || isForAndroid(demand))) {
      return Attempt.refused(
          "the program header table would need a hole in the file to be found at its address");
    }
    Place start = atBase.orElseGet(segments::start);
    List<ProgramHeader> headers = new ArrayList<>(demand.headers());
    headers.addAll(demand.missingHeaders());
    Words words = demand.image().words();
    long tableSize = (headers.size() + 1L) * ProgramHeader.size(words);
    Layout.Builder layout = Layout.builder(Rung.MOVED_TABLE, demand).headerTable(start.offset());
    Cargo cargo = Cargo.of(demand, List.of());
    Place end = cargo.stow(layout, start.plus(tableSize));
    if (end.address() > words.limit()) {
      return Attempt.refused("the address space ends there");
    }
    long size = demand.image().bytes().size();
    layout
        .insert(size, end.offset() - size)
        .headers(segments.insert(headers, start, end, cargo.needsWriting()));
    return new Attempt.Found(layout.build());
  }

  private static boolean isForAndroid(Demand demand) throws ElfFormatException {
    if (demand.dynamic().has(DynamicTags.DT_ANDROID_REL)
        || demand.dynamic().has(DynamicTags.DT_ANDROID_RELA)
        || demand.dynamic().has(DynamicTags.DT_ANDROID_RELR)) {
      return true;
    }
    for (ProgramHeader header : demand.headers()) {
      if (header.type() == ProgramHeader.PT_NOTE && header.fileSize() >= 20) {
        if (demand.image().bytes().slice(header.offset() + 12, 8).equals(ANDROID)) {
          return true;
        }
      }
    }
    return false;
  }
}
