// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfEncoding;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.patch.LayoutKind;
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
public final class MovedTableStrategy implements LayoutStrategy {
  private static final ByteBuffer ANDROID =
      ByteBuffer.wrap("Android\0".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();

  @Override
  public Attempt attempt(SpaceRequirements space) throws ElfFormatException {
    NewSegments segments = new NewSegments(space);
    Optional<String> obstacle = segments.obstacle();
    if (obstacle.isPresent()) {
      return Attempt.refused(obstacle.get());
    }
    Optional<Location> atBase = segments.startAtBase();
    if (atBase.isEmpty() && (space.image().isRunnable() || isForAndroid(space))) {
      return Attempt.refused(
          "the program header table would need a hole in the file to be found at its address");
    }
    Location start = atBase.orElseGet(segments::start);
    List<ProgramHeader> headers = new ArrayList<>(space.headers());
    headers.addAll(space.missingHeaders());
    ElfEncoding encoding = space.image().encoding();
    long tableSize = (headers.size() + 1L) * ProgramHeader.size(encoding);
    Layout.Builder layout =
        Layout.builder(LayoutKind.MOVED_TABLE, space).headerTable(start.offset());
    MovedTables moved = MovedTables.of(space, List.of());
    Location end = moved.placeAt(layout, start.plus(tableSize));
    if (end.address() > encoding.limit()) {
      return Attempt.refused("the address space ends there");
    }
    long size = space.image().bytes().size();
    layout
        .insert(size, end.offset() - size)
        .headers(segments.insert(headers, start, end, moved.needsWriting()));
    return new Attempt.Found(layout.build());
  }

  private static boolean isForAndroid(SpaceRequirements space) throws ElfFormatException {
    if (space.dynamic().has(DynamicTags.DT_ANDROID_REL)
        || space.dynamic().has(DynamicTags.DT_ANDROID_RELA)
        || space.dynamic().has(DynamicTags.DT_ANDROID_RELR)) {
      return true;
    }
    for (ProgramHeader header : space.headers()) {
      if (header.type() == ProgramHeader.PT_NOTE && header.fileSize() >= 20) {
        if (space.image().bytes().slice(header.offset() + 12, 8).equals(ANDROID)) {
          return true;
        }
      }
    }
    return false;
  }
}
