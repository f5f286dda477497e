// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import java.util.List;
import java.util.Set;

/**
 * What an edit changes beyond the entries it was asked for: the exemptions that the verifier
 * grants, and nothing else.
 *
 * @param moves the tables that have another address now
 * @param droppedTags the tags of dynamic entries that were given up, to make room or because the
 *     edit makes their content wrong
 * @param globalVersions the version indexes whose library is no longer needed: every DT_VERSYM
 *     entry of these is VER_NDX_GLOBAL now
 * @param symbolOrder the new index of each dynamic symbol by its old one; empty if all keep theirs
 * @param interpreter whether content or place of PT_INTERP changed
 * @param stack whether PT_GNU_STACK changed or was added
 */
public record DeclaredChanges(
    List<Move> moves,
    Set<Long> droppedTags,
    Set<Integer> globalVersions,
    List<Integer> symbolOrder,
    boolean interpreter,
    boolean stack) {

  /** No change beyond what was asked for. */
  public static final DeclaredChanges NONE =
      new DeclaredChanges(List.of(), Set.of(), Set.of(), List.of(), false, false);

  public DeclaredChanges {
    moves = List.copyOf(moves);
    droppedTags = Set.copyOf(droppedTags);
    globalVersions = Set.copyOf(globalVersions);
    symbolOrder = List.copyOf(symbolOrder);
  }

  /** The index, after the edit, of a dynamic symbol. */
  public long symbolIndex(long index) {
    return index < symbolOrder.size() ? symbolOrder.get((int) index) : index;
  }

  /** The address, after the edit, of what was at an address of the memory image before. */
  public long moved(long address) {
    for (Move move : moves) {
      if (address - move.from() >= 0 && address - move.from() < move.length()) {
        return address - move.from() + move.to();
      }
    }
    return address;
  }

  /**
   * A table that has another address now.
   *
   * @param from its virtual address before
   * @param to its virtual address now
   * @param length its size before, in bytes
   */
  public record Move(long from, long to, long length) {}
}
