// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfEncoding;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.layout.Layout;
import dev.jwheel.elf.layout.SpaceRequirements;
import java.util.Optional;

/** Keeps the section headers true. No loader reads them, but strip, debuggers and bionic do. */
final class SectionHeaderUpdate {
  private final EditPlan plan;
  private final Layout layout;
  private final SpaceRequirements space;
  private final ElfEncoding encoding;

  SectionHeaderUpdate(EditPlan plan, Layout layout) {
    this.plan = plan;
    this.layout = layout;
    this.space = plan.space();
    this.encoding = space.image().encoding();
  }

  /** What a section header says after the edit. */
  SectionHeader synced(SectionHeader section) {
    if (!section.isAllocated()) {
      return section.withLocation(
          new Location(layout.shifted(section.offset()), section.address()), section.size());
    }
    if (!section.hasContent()) {
      return section;
    }
    Location location = new Location(section.offset(), section.address());
    if (section.type() == SectionHeader.SHT_STRTAB && location.equals(space.strings().location())) {
      return section.withLocation(
          layout.stringMove().to(), (long) space.strings().size() + plan.texts().tail().length);
    }
    if (location.equals(space.dynamic().location()) && layout.dynamicMove().isChange()) {
      return section.withLocation(
          layout.dynamicMove().to(), (long) layout.dynamicSlots() * DynamicEntry.size(encoding));
    }
    if (layout.interpreter().isPresent() && isInterpreter(location)) {
      return section.withLocation(
          layout.interpreter().get(), plan.interpreter().orElseThrow().length);
    }
    SectionHeader moved =
        section.withLocation(
            new Location(layout.offset(location.offset()), layout.address(location.address())),
            section.size());
    return versions(moved, location);
  }

  private boolean isInterpreter(Location location) {
    Optional<ProgramHeader> segment = space.image().find(ProgramHeader.PT_INTERP);
    return segment.isPresent() && segment.get().offset() == location.offset();
  }

  /** .gnu.version_r starts at its first record and counts its records; both may have changed. */
  private SectionHeader versions(SectionHeader section, Location before) {
    VersionNeedEdit versions = plan.versions();
    if (versions.removedRecords() == 0) {
      return section;
    }
    if (versions.dropsTable()) {
      boolean meaningless =
          section.type() == SectionHeader.SHT_GNU_VERNEED
              || section.type() == SectionHeader.SHT_GNU_VERSYM
                  && !space.dynamic().has(DynamicTags.DT_VERDEF);
      return meaningless ? section.withoutMeaning() : section;
    }
    if (section.type() != SectionHeader.SHT_GNU_VERNEED
        || before.offset() != versions.before().offset()) {
      return section;
    }
    Location start = new Location(section.offset(), section.address()).plus(versions.start());
    return section.withLocation(start, versions.length()).withInfo(versions.kept().size());
  }
}
