package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.patch.Rung;

/** Nothing moves; the string table may use the padding between it and the next section. */
public final class InPlaceRung implements LayoutRung {

  @Override
  public Attempt attempt(Demand demand) throws ElfFormatException {
    if (!demand.isForStringsAlone()) {
      return Attempt.refused("more than the string table needs room");
    }
    if (demand.stringGrowth() > 0 && demand.stringGrowth() > padding(demand)) {
      return Attempt.refused("the string table has no free bytes");
    }
    return new Attempt.Found(Layout.builder(Rung.IN_PLACE, demand).build());
  }

  private static long padding(Demand demand) throws ElfFormatException {
    StringTable strings = demand.strings();
    long end = strings.place().offset() + strings.size();
    long segmentEnd = demand.headers().get(demand.stringSegment()).fileEnd();
    return demand.map().isComplete() ? Math.min(segmentEnd - end, demand.map().padding(end)) : 0;
  }
}
