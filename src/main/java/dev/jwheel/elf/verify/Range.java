// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

/**
 * A range of offsets or of addresses.
 *
 * @param start its first byte
 * @param end behind its last byte
 */
record Range(long start, long end) {

  static Range sized(long start, long size) {
    return new Range(start, start + size);
  }

  long size() {
    return end - start;
  }

  boolean isEmpty() {
    return end <= start;
  }

  boolean contains(long place) {
    return place >= start && place < end;
  }

  boolean overlaps(Range other) {
    return start < other.end && other.start < end && !isEmpty() && !other.isEmpty();
  }

  Range movedBy(long distance) {
    return new Range(start + distance, end + distance);
  }

  @Override
  public String toString() {
    return "0x" + Long.toHexString(start) + " to 0x" + Long.toHexString(end);
  }
}
