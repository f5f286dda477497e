package dev.jwheel.elf.format;

/**
 * A part of the file that something is known to use.
 *
 * @param name what it is, for messages
 * @param kind what an edit may do with it
 * @param place where it starts
 * @param size its size in bytes
 * @param alignment what its address must be a multiple of
 */
public record Extent(String name, Kind kind, Place place, long size, long alignment) {

  public enum Kind {
    /** A table that the loader finds through the dynamic section. */
    TABLE,
    /** The dynamic string table. */
    STRINGS,
    /** Notes, which move together with all of their PT_NOTE. */
    NOTE,
    /** Anything else: code, data, headers, what nobody knows. */
    FIXED
  }

  public long offset() {
    return place.offset();
  }

  public long fileEnd() {
    return place.offset() + size;
  }

  public long address() {
    return place.address();
  }

  public long end() {
    return place.address() + size;
  }
}
