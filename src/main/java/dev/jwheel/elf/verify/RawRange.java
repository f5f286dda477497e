package dev.jwheel.elf.verify;

/**
 * A range of offsets or of addresses.
 *
 * @param start its first byte
 * @param end behind its last byte
 */
record RawRange(long start, long end) {

  static RawRange sized(long start, long size) {
    return new RawRange(start, start + size);
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

  boolean covers(RawRange other) {
    return start <= other.start && other.end <= end;
  }

  boolean overlaps(RawRange other) {
    return start < other.end && other.start < end && !isEmpty() && !other.isEmpty();
  }

  RawRange movedBy(long distance) {
    return new RawRange(start + distance, end + distance);
  }

  @Override
  public String toString() {
    return "0x" + Long.toHexString(start) + " to 0x" + Long.toHexString(end);
  }
}
