// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.io.ByteSource;
import dev.jwheel.io.ElfStrings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The bytes and numbers of one ELF file, for the verifier.
 *
 * <p>It deliberately repeats what {@code dev.jwheel.elf} can do: a mistake there must not hide
 * itself here. A range outside the file is a {@link VerificationException}.
 */
final class Bytes {
  private static final int EI_NIDENT = 16;
  private static final int MAGIC = 0x7f454c46;
  private static final int BLOCK = 1 << 12;
  private static final int CACHED = 1 << 5;
  private static final int LARGEST_NUMBER = 8;
  private static final int CHUNK = 1 << 17;
  private static final ByteBuffer ZEROS = ByteBuffer.allocate(1 << 14).asReadOnlyBuffer();

  private final String name;
  private final ByteSource source;
  private final long size;
  private final boolean wide;
  private final ByteOrder order;

  private final @Nullable ByteBuffer[] blocks = new ByteBuffer[CACHED];
  private final long[] starts = new long[CACHED];

  private Bytes(String name, ByteSource source, boolean wide, ByteOrder order) {
    this.name = name;
    this.source = source;
    this.size = source.size();
    this.wide = wide;
    this.order = order;
  }

  static Bytes open(String name, ByteSource source) throws VerificationException {
    ByteBuffer ident =
        source.slice(0, (int) Math.min(EI_NIDENT, source.size())).order(ByteOrder.BIG_ENDIAN);
    if (ident.limit() < EI_NIDENT || ident.getInt(0) != MAGIC) {
      throw unreadable(name, 0, "expected an ELF identification");
    }
    int elfClass = ident.get(4);
    int data = ident.get(5);
    if (elfClass != 1 && elfClass != 2 || data != 1 && data != 2) {
      throw unreadable(name, 4, "expected a known class and byte order");
    }
    ByteOrder order = data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return new Bytes(name, source, elfClass == 2, order);
  }

  String name() {
    return name;
  }

  long size() {
    return size;
  }

  /** Whether addresses have 64 bits. */
  boolean wide() {
    return wide;
  }

  /** The size of an address. */
  int wordSize() {
    return wide ? 8 : 4;
  }

  int u8(long offset) throws VerificationException {
    return at(offset, 1).get() & 0xff;
  }

  int u16(long offset) throws VerificationException {
    return at(offset, 2).getShort() & 0xffff;
  }

  long u32(long offset) throws VerificationException {
    return at(offset, 4).getInt() & 0xffffffffL;
  }

  long u64(long offset) throws VerificationException {
    return at(offset, 8).getLong();
  }

  /** An address, offset or size; a 64-bit one above 2^63 comes out negative. */
  long word(long offset) throws VerificationException {
    return wide ? u64(offset) : u32(offset);
  }

  /** What a word of the file holds of a number: in 32 bits a sum or difference wraps around. */
  long wrapped(long number) {
    return wide ? number : number & 0xffffffffL;
  }

  /** The bytes of a range, in the file's byte order. */
  ByteBuffer slice(long offset, int length) throws VerificationException {
    requireRange(offset, length);
    return source.slice(offset, length).order(order);
  }

  /** The text from {@code offset} up to its NUL, which must come before {@code end}. */
  String string(long offset, long end) throws VerificationException {
    long nul = find(offset, end, (byte) 0);
    byte[] text = new byte[Math.toIntExact(Math.min(nul - offset, Integer.MAX_VALUE - 8))];
    slice(offset, text.length).get(text);
    return ElfStrings.decode(text);
  }

  /** The offset of the first such byte of a range. */
  long find(long start, long end, byte wanted) throws VerificationException {
    requireRange(start, end - start);
    for (long offset = start; offset < end; offset++) {
      if (at(offset, 1).get() == wanted) {
        return offset;
      }
    }
    throw unreadable(name, start, "a string does not end before 0x" + Long.toHexString(end));
  }

  /**
   * The distance from the start of two equally long ranges at which they first differ, at least
   * {@code from}; the length if they do not.
   */
  long mismatch(long offset, Bytes other, long otherOffset, long from, long length)
      throws VerificationException {
    for (long done = from; done < length; done += CHUNK) {
      int part = (int) Math.min(CHUNK, length - done);
      int found = slice(offset + done, part).mismatch(other.slice(otherOffset + done, part));
      if (found >= 0) {
        return done + found;
      }
    }
    return length;
  }

  /** The distance from the start of a range to its first byte other than 0, or its length. */
  long firstNonZero(long offset, long length) throws VerificationException {
    for (long done = 0; done < length; done += ZEROS.limit()) {
      int part = (int) Math.min(ZEROS.limit(), length - done);
      int found = slice(offset + done, part).mismatch(ZEROS.slice(0, part));
      if (found >= 0) {
        return done + found;
      }
    }
    return length;
  }

  /** The exception for something at a file offset that cannot be read. */
  VerificationException unreadable(long offset, String problem) {
    return unreadable(name, offset, problem);
  }

  /** The exception for something that breaks an invariant. */
  VerificationException broken(Invariant invariant, String place, String problem) {
    return new VerificationException(name, invariant, place, problem);
  }

  /** A block of the file, positioned at an offset behind which it has so many bytes. */
  private ByteBuffer at(long offset, int length) throws VerificationException {
    requireRange(offset, length);
    long start = offset & -BLOCK;
    int slot = (int) (start / BLOCK) & (CACHED - 1);
    ByteBuffer block = blocks[slot];
    if (block == null || starts[slot] != start) {
      int size = (int) Math.min(BLOCK + LARGEST_NUMBER, this.size - start);
      block = source.slice(start, size).order(order);
      blocks[slot] = block;
      starts[slot] = start;
    }
    return block.position((int) (offset - start));
  }

  private void requireRange(long offset, long length) throws VerificationException {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw unreadable(name, offset, "expected " + length + " bytes, but the file has " + size);
    }
  }

  private static VerificationException unreadable(String name, long offset, String problem) {
    String place = "offset 0x" + Long.toHexString(offset);
    return new VerificationException(name, Invariant.READABLE, place, problem);
  }
}
