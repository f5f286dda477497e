// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which section of the edited file is which of the original: all of them in the same order, or,
 * where the edit strips, those that are left.
 */
final class SectionMap {
  private static final int DROPPED = -1;

  private final int[] oldIndex;
  private final int[] newIndex;

  private SectionMap(int[] oldIndex, int[] newIndex) {
    this.oldIndex = oldIndex;
    this.newIndex = newIndex;
  }

  static SectionMap of(Headers before, Headers after, boolean strip) throws VerificationException {
    int[] oldIndex = new int[after.sections().size()];
    int[] newIndex = new int[before.sections().size()];
    Arrays.fill(newIndex, DROPPED);
    int next = 0;
    for (int i = 0; i < oldIndex.length; i++) {
      ElfSection section = after.sections().get(i);
      while (strip && next < newIndex.length && !isSame(before, next, after, section)) {
        next++;
      }
      if (next == newIndex.length) {
        throw after
            .file()
            .broken(Invariant.SECTIONS, after.placeOf(section), "the file had no such section");
      }
      oldIndex[i] = next;
      newIndex[next] = i;
      next++;
    }
    if (!strip && next < newIndex.length) {
      throw after
          .file()
          .broken(
              Invariant.SECTIONS,
              "section header table",
              "it has " + next + " entries, expected " + newIndex.length);
    }
    return new SectionMap(oldIndex, newIndex);
  }

  private static boolean isSame(Headers before, int index, Headers after, ElfSection section)
      throws VerificationException {
    ElfSection candidate = before.sections().get(index);
    return candidate.type() == section.type()
        && candidate.flags() == section.flags()
        && before.nameOf(candidate).equals(after.nameOf(section));
  }

  /** The index that a section of the edited file had. */
  int oldIndex(int now) {
    return oldIndex[now];
  }

  /** Whether a section is still there. */
  boolean keeps(int old) {
    return old < newIndex.length && newIndex[old] != DROPPED;
  }

  /** The index a section has now; special indexes stay, and a dropped section has none: -1. */
  int newIndex(long old) {
    return old < newIndex.length ? newIndex[(int) old] : (int) old;
  }

  /** The indexes of the sections that are gone. */
  List<Integer> dropped() {
    List<Integer> dropped = new ArrayList<>();
    for (int i = 0; i < newIndex.length; i++) {
      if (newIndex[i] == DROPPED) {
        dropped.add(i);
      }
    }
    return dropped;
  }
}
