package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.Place;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.format.Words;
import dev.jwheel.elf.layout.Demand;
import dev.jwheel.elf.layout.Layout;
import java.util.Optional;

/** Keeps the section headers true. No loader reads them, but strip, debuggers and bionic do. */
final class SectionSync {
  private final EditPlan plan;
  private final Layout layout;
  private final Demand demand;
  private final Words words;

  SectionSync(EditPlan plan, Layout layout) {
    this.plan = plan;
    this.layout = layout;
    this.demand = plan.demand();
    this.words = demand.image().words();
  }

  /** What a section header says after the edit. */
  SectionHeader synced(SectionHeader section) {
    if (!section.isAllocated()) {
      return section.withPlace(
          new Place(layout.shifted(section.offset()), section.address()), section.size());
    }
    if (!section.hasContent()) {
      return section;
    }
    Place place = new Place(section.offset(), section.address());
    if (section.type() == SectionHeader.SHT_STRTAB && place.equals(demand.strings().place())) {
      return section.withPlace(
          layout.stringMove().to(), (long) demand.strings().size() + plan.texts().tail().length);
    }
    if (place.equals(demand.dynamic().place()) && layout.dynamicMove().isChange()) {
      return section.withPlace(
          layout.dynamicMove().to(), (long) layout.dynamicSlots() * DynamicEntry.size(words));
    }
    if (layout.interpreter().isPresent() && isInterpreter(place)) {
      return section.withPlace(layout.interpreter().get(), plan.interpreter().orElseThrow().length);
    }
    SectionHeader moved =
        section.withPlace(
            new Place(layout.offset(place.offset()), layout.address(place.address())),
            section.size());
    return versions(moved, place);
  }

  private boolean isInterpreter(Place place) {
    Optional<ProgramHeader> segment = demand.image().find(ProgramHeader.PT_INTERP);
    return segment.isPresent() && segment.get().offset() == place.offset();
  }

  /** .gnu.version_r starts at its first record and counts its records; both may have changed. */
  private SectionHeader versions(SectionHeader section, Place before) {
    VersionNeedEdit versions = plan.versions();
    if (versions.removedRecords() == 0) {
      return section;
    }
    if (versions.dropsTable()) {
      boolean meaningless =
          section.type() == SectionHeader.SHT_GNU_VERNEED
              || section.type() == SectionHeader.SHT_GNU_VERSYM
                  && !demand.dynamic().has(DynamicTags.DT_VERDEF);
      return meaningless ? section.withoutMeaning() : section;
    }
    if (section.type() != SectionHeader.SHT_GNU_VERNEED
        || before.offset() != versions.before().place()) {
      return section;
    }
    Place start = new Place(section.offset(), section.address()).plus(versions.start());
    return section.withPlace(start, versions.length()).withInfo(versions.kept().size());
  }
}
