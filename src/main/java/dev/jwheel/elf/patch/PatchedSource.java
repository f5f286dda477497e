// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import dev.jwheel.elf.patch.ElfPatch.Copied;
import dev.jwheel.elf.patch.ElfPatch.Literal;
import dev.jwheel.elf.patch.ElfPatch.Piece;
import dev.jwheel.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** The output of a patch, read through to the source. */
final class PatchedSource implements ByteSource {
  private static final int CHUNK = 1 << 18;

  private final ByteSource source;
  private final PieceIndex pieces;

  PatchedSource(ByteSource source, ElfPatch patch) {
    if (source.size() != patch.sourceSize()) {
      throw new IllegalArgumentException(
          "the patch is for " + patch.sourceSize() + " bytes, but the source has " + source.size());
    }
    this.source = source;
    this.pieces = new PieceIndex(patch.pieces());
  }

  @Override
  public long size() {
    return pieces.size();
  }

  @Override
  public ByteBuffer slice(long offset, int length) {
    List<Piece> found = pieces.cut(offset, length);
    if (found.size() == 1) {
      return bytes(found.get(0));
    }
    ByteBuffer gathered = ByteBuffer.allocate(length);
    for (Piece piece : found) {
      gathered.put(bytes(piece));
    }
    return gathered.flip().asReadOnlyBuffer();
  }

  private ByteBuffer bytes(Piece piece) {
    if (piece instanceof Copied copied) {
      return source.slice(copied.offset(), (int) copied.length());
    }
    return piece instanceof Literal literal
        ? literal.bytes()
        : ByteBuffer.allocate((int) piece.length()).asReadOnlyBuffer();
  }

  void writeTo(WritableByteChannel output) throws IOException {
    for (long offset = 0; offset < size(); offset += CHUNK) {
      ByteBuffer chunk = slice(offset, (int) Math.min(CHUNK, size() - offset));
      while (chunk.hasRemaining()) {
        output.write(chunk);
      }
    }
  }
}
