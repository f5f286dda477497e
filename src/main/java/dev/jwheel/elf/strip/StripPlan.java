// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.strip;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which sections a strip keeps, and what becomes of the references between them.
 *
 * @param kept the indexes of the sections that stay, ascending
 * @param newIndexes the new index of each section; -1 for one that goes
 */
record StripPlan(List<Integer> kept, List<Integer> newIndexes) {
  private static final int SHT_GROUP = 17;
  private static final int SHT_SYMTAB_SHNDX = 18;
  private static final long SHF_INFO_LINK = 0x40;
  private static final int GONE = -1;

  private static final List<String> DEBUG_PREFIXES =
      List.of(
          ".debug",
          ".zdebug",
          ".line",
          ".stab",
          ".gdb_index",
          ".gnu.debuglto_",
          ".gnu.linkonce.wi.",
          ".gnu_debugdata");

  static StripPlan of(ElfImage image) throws ElfFormatException, UnsupportedLayoutException {
    List<SectionHeader> sections = image.sections();
    boolean[] keeps = new boolean[sections.size()];
    for (int i = 0; i < keeps.length; i++) {
      keeps[i] = i == image.sectionNames() || !isDispensable(image, i);
    }
    dropStringTables(image, keeps);
    StripPlan plan = number(keeps);
    for (int i : plan.kept) {
      plan.checkReferences(image, i);
    }
    return plan;
  }

  private static boolean isDispensable(ElfImage image, int index) throws ElfFormatException {
    SectionHeader section = image.sections().get(index);
    if (section.isAllocated()) {
      return false;
    }
    return switch (section.type()) {
      case SectionHeader.SHT_NULL -> false;
      case SectionHeader.SHT_SYMTAB,
          SectionHeader.SHT_REL,
          SectionHeader.SHT_RELA,
          SHT_SYMTAB_SHNDX,
          SHT_GROUP ->
          true;
      default -> isDebug(image.sectionName(index));
    };
  }

  private static boolean isDebug(String name) {
    for (String prefix : DEBUG_PREFIXES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The strings of symbol tables go with these, unless someone else reads them. */
  private static void dropStringTables(ElfImage image, boolean[] keeps) {
    List<SectionHeader> sections = image.sections();
    boolean[] isRead = new boolean[keeps.length];
    boolean[] wasRead = new boolean[keeps.length];
    for (int i = 0; i < keeps.length; i++) {
      int link = sections.get(i).link();
      if (link > 0 && link < keeps.length) {
        (keeps[i] ? isRead : wasRead)[link] = true;
      }
    }
    for (int i = 0; i < keeps.length; i++) {
      SectionHeader section = sections.get(i);
      if (section.type() == SectionHeader.SHT_STRTAB
          && !section.isAllocated()
          && i != image.sectionNames()
          && wasRead[i]
          && !isRead[i]) {
        keeps[i] = false;
      }
    }
  }

  private static StripPlan number(boolean[] keeps) {
    List<Integer> kept = new ArrayList<>();
    List<Integer> newIndexes = new ArrayList<>();
    for (int i = 0; i < keeps.length; i++) {
      newIndexes.add(keeps[i] ? kept.size() : GONE);
      if (keeps[i]) {
        kept.add(i);
      }
    }
    return new StripPlan(List.copyOf(kept), List.copyOf(newIndexes));
  }

  private void checkReferences(ElfImage image, int index)
      throws ElfFormatException, UnsupportedLayoutException {
    SectionHeader section = image.sections().get(index);
    if (!mayLoseSymbols(section)) {
      checkReference(image, index, section.link());
    }
    if (infoIsSection(section)) {
      checkReference(image, index, section.info());
    }
  }

  private void checkReference(ElfImage image, int from, int to)
      throws ElfFormatException, UnsupportedLayoutException {
    if (to > 0 && to < newIndexes.size() && newIndexes.get(to) == GONE) {
      throw new UnsupportedLayoutException(
          image.name(),
          "section "
              + image.sectionName(from)
              + " refers to "
              + image.sectionName(to)
              + ", which stripping would drop");
    }
  }

  /**
   * Whether a section can do without the symbols that sh_link names. The relocations of a static
   * executable are those of indirect functions, which have none; GNU ld links them to .symtab.
   */
  private static boolean mayLoseSymbols(SectionHeader section) {
    return section.isAllocated() && isRelocations(section);
  }

  private static boolean isRelocations(SectionHeader section) {
    return section.type() == SectionHeader.SHT_REL || section.type() == SectionHeader.SHT_RELA;
  }

  /** Whether sh_info is the index of a section. */
  static boolean infoIsSection(SectionHeader section) {
    return isRelocations(section) || (section.flags() & SHF_INFO_LINK) != 0;
  }

  /** Whether every section stays. */
  boolean isEmpty() {
    return kept.size() == newIndexes.size();
  }

  /** The new sh_link: 0 if the section it names is gone. */
  int newLink(int old) {
    return old >= 0 && old < newIndexes.size() && newIndexes.get(old) == GONE ? 0 : newIndex(old);
  }

  /** The new index of a section that stays; what is no index of a section is left as it is. */
  int newIndex(int old) {
    return old >= 0 && old < newIndexes.size() && newIndexes.get(old) != GONE
        ? newIndexes.get(old)
        : old;
  }

  /** Whether a section that stays has another index. */
  boolean renumbers() {
    return !kept.isEmpty() && kept.get(kept.size() - 1) != kept.size() - 1;
  }
}
