// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.patch.LayoutKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where everything lies after an edit.
 *
 * @param kind the strategy that found the room
 * @param insertion the offset of the file where bytes are inserted
 * @param inserted how many; everything behind shifts by that
 * @param moves the tables that have another place, and leave the old one free
 * @param headers the program headers
 * @param headerTable e_phoff
 * @param stringMove from where to where the string table moved; its content stays at the old place
 * @param dynamicMove the same for the dynamic section
 * @param dynamicSlots how many entries fit in the dynamic section
 * @param interpreter the new place of the content of PT_INTERP, if it has one
 */
public record Layout(
    LayoutKind kind,
    long insertion,
    long inserted,
    List<Move> moves,
    List<ProgramHeader> headers,
    long headerTable,
    Move stringMove,
    Move dynamicMove,
    int dynamicSlots,
    Optional<Location> interpreter) {

  /**
   * A range of bytes and its place after the edit.
   *
   * @param from where it is
   * @param to where it will be
   * @param size its size in bytes
   */
  public record Move(Location from, Location to, long size) {

    public boolean isChange() {
      return !from.equals(to);
    }

    boolean holdsAddress(long address) {
      return address - from.address() >= 0 && address - from.address() < size;
    }

    boolean holdsOffset(long offset) {
      return offset - from.offset() >= 0 && offset - from.offset() < size;
    }
  }

  public Layout {
    moves = List.copyOf(moves);
    headers = List.copyOf(headers);
  }

  /** The new address of what was at an address. */
  public long address(long before) {
    for (Move move : allMoves()) {
      if (move.holdsAddress(before)) {
        return before - move.from().address() + move.to().address();
      }
    }
    return before;
  }

  /** The new offset of a byte of the file. */
  public long offset(long before) {
    for (Move move : allMoves()) {
      if (move.holdsOffset(before)) {
        return before - move.from().offset() + move.to().offset();
      }
    }
    return shifted(before);
  }

  /** The new offset of what stays where it is, but for the insertion. */
  public long shifted(long before) {
    return before >= insertion ? before + inserted : before;
  }

  /** Every range that has another address. */
  public List<Move> allMoves() {
    List<Move> all = new ArrayList<>(moves);
    if (stringMove.isChange()) {
      all.add(stringMove);
    }
    if (dynamicMove.isChange()) {
      all.add(dynamicMove);
    }
    return all;
  }

  static Builder builder(LayoutKind kind, SpaceRequirements space) {
    return new Builder(kind, space);
  }

  /** Starts with everything where it is. */
  static final class Builder {
    private final LayoutKind kind;
    private final List<Move> moves = new ArrayList<>();
    private List<ProgramHeader> headers;
    private long insertion;
    private long inserted;
    private Optional<Long> headerTable = Optional.empty();
    private final long headerTableBefore;
    private Move stringMove;
    private Move dynamicMove;
    private int dynamicSlots;
    private Optional<Location> interpreter = Optional.empty();

    private Builder(LayoutKind kind, SpaceRequirements space) {
      this.kind = kind;
      this.headers = space.headers();
      this.insertion = space.image().bytes().size();
      this.headerTableBefore = space.image().header().programHeaderOffset();
      StringTable strings = space.strings();
      this.stringMove = new Move(strings.location(), strings.location(), strings.size());
      DynamicSection dynamic = space.dynamic();
      long dynamicSize = (long) dynamic.slots() * DynamicEntry.size(space.image().encoding());
      this.dynamicMove = new Move(dynamic.location(), dynamic.location(), dynamicSize);
      this.dynamicSlots = dynamic.slots();
    }

    Builder insert(long offset, long length) {
      insertion = offset;
      inserted = length;
      return this;
    }

    Builder move(Location from, Location to, long size) {
      moves.add(new Move(from, to, size));
      return this;
    }

    Builder headers(List<ProgramHeader> newHeaders) {
      headers = newHeaders;
      return this;
    }

    /** Replaces one program header. */
    Builder header(int index, ProgramHeader header) {
      List<ProgramHeader> changed = new ArrayList<>(headers);
      changed.set(index, header);
      return headers(changed);
    }

    Builder headerTable(long offset) {
      headerTable = Optional.of(offset);
      return this;
    }

    Builder strings(Location to) {
      stringMove = new Move(stringMove.from(), to, stringMove.size());
      return this;
    }

    Builder dynamic(Location to, int slots) {
      dynamicMove = new Move(dynamicMove.from(), to, dynamicMove.size());
      dynamicSlots = slots;
      return this;
    }

    Builder interpreter(Location to) {
      interpreter = Optional.of(to);
      return this;
    }

    Layout build() {
      long shift = headerTableBefore >= insertion ? inserted : 0;
      return new Layout(
          kind,
          insertion,
          inserted,
          moves,
          headers,
          headerTable.orElse(headerTableBefore + shift),
          stringMove,
          dynamicMove,
          dynamicSlots,
          interpreter);
    }
  }
}
