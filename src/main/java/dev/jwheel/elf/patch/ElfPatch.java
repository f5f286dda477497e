// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import dev.jwheel.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * The result of an edit as data: which bytes of the output come from the source, and which are new.
 *
 * <p>A patch holds the new bytes alone, so that its size does not depend on the size of the file.
 *
 * @param sourceSize the size in bytes of the file it applies to
 * @param pieces the output from its start to its end
 * @param layout how the edit found its room
 * @param changes what it changes beyond what was asked for
 */
public record ElfPatch(
    long sourceSize, List<Piece> pieces, LayoutKind layout, DeclaredChanges changes) {

  /** A part of the output. */
  public sealed interface Piece {
    /** The size in bytes. */
    long length();
  }

  /** Bytes of the source, from an offset on. */
  public record Copied(long offset, long length) implements Piece {}

  /** New bytes. */
  public record Literal(ByteBuffer bytes) implements Piece {
    public Literal {
      bytes = bytes.slice().asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer bytes() {
      return bytes.duplicate();
    }

    @Override
    public long length() {
      return bytes.limit();
    }
  }

  /** Bytes that are zero. */
  public record Zeros(long length) implements Piece {}

  public ElfPatch {
    pieces = List.copyOf(pieces);
  }

  /** The patch that changes nothing of a file of this size. */
  public static ElfPatch unchanged(long sourceSize) {
    return new ElfPatch(
        sourceSize,
        sourceSize == 0 ? List.of() : List.of(new Copied(0, sourceSize)),
        LayoutKind.IN_PLACE,
        DeclaredChanges.NONE);
  }

  /** Whether the output is the source, byte for byte. */
  public boolean isEmpty() {
    return sourceSize == 0 ? pieces.isEmpty() : pieces.equals(List.of(new Copied(0, sourceSize)));
  }

  /** The size of the output in bytes. */
  public long size() {
    long size = 0;
    for (Piece piece : pieces) {
      size += piece.length();
    }
    return size;
  }

  /** How many bytes larger than the source the output is; negative if it is smaller. */
  public long growth() {
    return size() - sourceSize;
  }

  /**
   * Writes the output.
   *
   * @throws IllegalArgumentException if the source is not of the patch's size
   */
  public void applyTo(ByteSource source, WritableByteChannel output) throws IOException {
    new PatchedSource(source, this).writeTo(output);
  }

  /**
   * The output, without making a copy of it.
   *
   * @throws IllegalArgumentException if the source is not of the patch's size
   */
  public ByteSource view(ByteSource source) {
    return new PatchedSource(source, this);
  }

  /**
   * This patch and then another, as one patch: layout and declared changes are those of the other.
   *
   * @param next a patch for the output of this one
   * @throws IllegalArgumentException if {@code next} is for a file of another size
   */
  public ElfPatch then(ElfPatch next) {
    if (next.sourceSize != size()) {
      throw new IllegalArgumentException(
          "the second patch is for " + next.sourceSize + " bytes, but the first gives " + size());
    }
    PieceList composed = new PieceList();
    PieceIndex index = new PieceIndex(pieces);
    for (Piece piece : next.pieces) {
      if (piece instanceof Copied copied) {
        index.cut(copied.offset(), copied.length()).forEach(composed::add);
      } else {
        composed.add(piece);
      }
    }
    return new ElfPatch(sourceSize, composed.pieces(), next.layout, next.changes);
  }
}
