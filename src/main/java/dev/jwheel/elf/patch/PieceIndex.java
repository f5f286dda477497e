// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import dev.jwheel.elf.patch.ElfPatch.Copied;
import dev.jwheel.elf.patch.ElfPatch.Literal;
import dev.jwheel.elf.patch.ElfPatch.Piece;
import dev.jwheel.elf.patch.ElfPatch.Zeros;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Finds pieces by their place in the output. */
final class PieceIndex {
  private final List<Piece> pieces;
  private final long[] starts;
  private final long size;

  PieceIndex(List<Piece> pieces) {
    this.pieces = pieces;
    this.starts = new long[pieces.size()];
    long end = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = end;
      end += pieces.get(i).length();
    }
    this.size = end;
  }

  long size() {
    return size;
  }

  /** The pieces of a range of the output, cut to it. */
  List<Piece> cut(long offset, long length) {
    Objects.checkFromIndexSize(offset, length, size);
    List<Piece> found = new ArrayList<>();
    long end = offset + length;
    for (int i = indexOf(offset); i < starts.length && starts[i] < end; i++) {
      Piece piece = pieces.get(i);
      long from = Math.max(0, offset - starts[i]);
      long to = Math.min(piece.length(), end - starts[i]);
      found.add(part(piece, from, to - from));
    }
    return found;
  }

  private int indexOf(long offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }

  /** A part of a piece. */
  static Piece part(Piece piece, long from, long length) {
    if (length == piece.length()) {
      return piece;
    }
    if (piece instanceof Copied copied) {
      return new Copied(copied.offset() + from, length);
    }
    if (piece instanceof Literal literal) {
      return new Literal(literal.bytes().slice((int) from, (int) length));
    }
    return new Zeros(length);
  }
}
