// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.patch.LayoutKind;

/** Nothing moves; the string table may use the padding between it and the next section. */
public final class InPlaceStrategy implements LayoutStrategy {

  @Override
  public Attempt attempt(SpaceRequirements space) throws ElfFormatException {
    if (!space.needsOnlyStrings()) {
      return Attempt.refused("more than the string table needs room");
    }
    if (space.stringGrowth() > 0 && space.stringGrowth() > padding(space)) {
      return Attempt.refused("the string table has no free bytes");
    }
    return new Attempt.Found(Layout.builder(LayoutKind.IN_PLACE, space).build());
  }

  private static long padding(SpaceRequirements space) throws ElfFormatException {
    StringTable strings = space.strings();
    long end = strings.location().offset() + strings.size();
    long segmentEnd = space.headers().get(space.stringSegment()).fileEnd();
    return space.usage().isComplete() ? Math.min(segmentEnd - end, space.usage().padding(end)) : 0;
  }
}
