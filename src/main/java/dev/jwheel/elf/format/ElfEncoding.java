// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Encodes and decodes numbers in one file's class and byte order. */
public record ElfEncoding(ElfClass elfClass, ByteOrder order) {

  static ElfEncoding of(ElfBytes file) {
    return new ElfEncoding(file.elfClass(), file.order());
  }

  public boolean wide() {
    return elfClass == ElfClass.ELF64;
  }

  /** The size of an address, an offset or a size, in bytes. */
  public int wordSize() {
    return elfClass.wordSize();
  }

  /** The highest address and file offset there can be. */
  public long limit() {
    return wide() ? Long.MAX_VALUE : 0xffffffffL;
  }

  public ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(order);
  }

  long get(ByteBuffer bytes) {
    return wide() ? bytes.getLong() : bytes.getInt() & 0xffffffffL;
  }

  /** A word as the gABI's Sword: sign-extended. */
  long getSigned(ByteBuffer bytes) {
    return wide() ? bytes.getLong() : bytes.getInt();
  }

  public void put(ByteBuffer bytes, long value) {
    if (wide()) {
      bytes.putLong(value);
    } else {
      bytes.putInt((int) value);
    }
  }

  /** One 32-bit number. */
  public ByteBuffer u32(long value) {
    return allocate(4).putInt((int) value).flip();
  }
}
