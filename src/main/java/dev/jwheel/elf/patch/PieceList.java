// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import dev.jwheel.elf.patch.ElfPatch.Copied;
import dev.jwheel.elf.patch.ElfPatch.Piece;
import dev.jwheel.elf.patch.ElfPatch.Zeros;
import java.util.ArrayList;
import java.util.List;

/** Collects the pieces of an output, so that equal outputs are equal lists. */
public final class PieceList {
  private final List<Piece> pieces = new ArrayList<>();

  public void add(Piece piece) {
    if (piece.length() == 0) {
      return;
    }
    Piece last = pieces.isEmpty() ? piece : pieces.get(pieces.size() - 1);
    if (pieces.isEmpty() || !continues(last, piece)) {
      pieces.add(piece);
    } else {
      pieces.set(pieces.size() - 1, joined(last, piece));
    }
  }

  private static boolean continues(Piece last, Piece piece) {
    return last instanceof Zeros && piece instanceof Zeros
        || last instanceof Copied before
            && piece instanceof Copied after
            && before.offset() + before.length() == after.offset();
  }

  private static Piece joined(Piece last, Piece piece) {
    long length = last.length() + piece.length();
    return last instanceof Copied copied ? new Copied(copied.offset(), length) : new Zeros(length);
  }

  public List<Piece> pieces() {
    return List.copyOf(pieces);
  }
}
