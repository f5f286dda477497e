package dev.jwheel.elf.edit;

/**
 * A part of the file that something is known to use.
 *
 * @param name what it is, for messages
 * @param kind what an edit may do with it
 * @param place where it starts
 * @param size its size in bytes
 * @param alignment what its address must be a multiple of
 */
record Extent(String name, Kind kind, Place place, long size, long alignment) {

  enum Kind {
    /** A table that the loader finds through the dynamic section. */
    TABLE,
    /** The dynamic string table. */
    STRINGS,
    /** Notes, which move together with all of their PT_NOTE. */
    NOTE,
    /** Anything else: code, data, headers, what nobody knows. */
    FIXED
  }

  long offset() {
    return place.offset();
  }

  long fileEnd() {
    return place.offset() + size;
  }

  long address() {
    return place.address();
  }

  long end() {
    return place.address() + size;
  }
}
