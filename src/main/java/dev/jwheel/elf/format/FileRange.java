// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

/**
 * A part of the file that something is known to use.
 *
 * @param name what it is, for messages
 * @param kind what an edit may do with it
 * @param location where it starts
 * @param size its size in bytes
 * @param alignment what its address must be a multiple of
 */
public record FileRange(String name, Kind kind, Location location, long size, long alignment) {

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
    return location.offset();
  }

  public long fileEnd() {
    return location.offset() + size;
  }

  public long address() {
    return location.address();
  }

  public long end() {
    return location.address() + size;
  }
}
