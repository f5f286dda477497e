// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import dev.jwheel.elf.patch.ElfPatch.Copied;
import dev.jwheel.elf.patch.ElfPatch.Literal;
import dev.jwheel.elf.patch.ElfPatch.Piece;
import dev.jwheel.elf.patch.ElfPatch.Zeros;
import dev.jwheel.io.ByteSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The output of an edit while it is put together: a table of pieces by their offset, in which
 * ranges are overwritten. Bytes that are written as they were leave no trace.
 */
public final class OutputImage {
  private final ByteSource source;
  private final TreeMap<Long, Piece> pieces = new TreeMap<>();
  private final long size;

  /**
   * Starts with the source, and zeros inserted into it.
   *
   * @param insertion where to insert, an offset of the source
   * @param inserted how many zeros
   */
  public OutputImage(ByteSource source, long insertion, long inserted) {
    this.source = source;
    this.size = source.size() + inserted;
    add(0, new Copied(0, insertion));
    add(insertion, new Zeros(inserted));
    add(insertion + inserted, new Copied(insertion, source.size() - insertion));
  }

  private void add(long offset, Piece piece) {
    if (piece.length() > 0) {
      pieces.put(offset, piece);
    }
  }

  /** Copies a range of the source, as it was before any edit. */
  public void copy(long from, long length, long to) {
    replace(to, new Copied(from, length));
  }

  /** Makes a range zero. */
  public void clear(long offset, long length) {
    replace(offset, new Zeros(length));
  }

  /** Writes bytes, of which those that are there already stay what they are. */
  public void write(long offset, ByteBuffer bytes) {
    ByteBuffer fresh = bytes.slice();
    ByteBuffer present = read(offset, fresh.remaining());
    int first = fresh.mismatch(present);
    if (first < 0) {
      return;
    }
    int end = fresh.limit();
    while (fresh.get(end - 1) == present.get(end - 1)) {
      end--;
    }
    replace(offset + first, new Literal(fresh.slice(first, end - first)));
  }

  private ByteBuffer read(long offset, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    Map.Entry<Long, Piece> entry = pieces.floorEntry(offset);
    long at = offset;
    while (bytes.hasRemaining()) {
      long from = at - entry.getKey();
      int count = (int) Math.min(bytes.remaining(), entry.getValue().length() - from);
      bytes.put(bytes(entry.getValue(), from, count));
      at += count;
      entry = pieces.higherEntry(entry.getKey());
    }
    return bytes.flip();
  }

  private ByteBuffer bytes(Piece piece, long from, int length) {
    if (piece instanceof Copied copied) {
      return source.slice(copied.offset() + from, length);
    }
    return piece instanceof Literal literal
        ? literal.bytes().slice((int) from, length)
        : ByteBuffer.allocate(length);
  }

  private void replace(long offset, Piece piece) {
    if (piece.length() == 0) {
      return;
    }
    long end = offset + piece.length();
    if (offset < 0 || end > size) {
      throw new IllegalStateException("a piece lies outside the output");
    }
    split(offset);
    split(end);
    pieces.subMap(offset, end).clear();
    pieces.put(offset, piece);
  }

  private void split(long offset) {
    Map.Entry<Long, Piece> entry = pieces.lowerEntry(offset);
    if (entry == null || entry.getKey() + entry.getValue().length() <= offset) {
      return;
    }
    Piece piece = entry.getValue();
    long length = offset - entry.getKey();
    pieces.put(entry.getKey(), PieceIndex.part(piece, 0, length));
    pieces.put(offset, PieceIndex.part(piece, length, piece.length() - length));
  }

  /** The pieces from the start of the output to its end. */
  public List<Piece> pieces() {
    PieceList list = new PieceList();
    pieces.values().forEach(list::add);
    return list.pieces();
  }
}
