package dev.jwheel.elf.edit;

/**
 * Where something starts: in the file and in memory.
 *
 * @param offset the file offset
 * @param address the virtual address
 */
record Place(long offset, long address) {

  Place plus(long distance) {
    return new Place(offset + distance, address + distance);
  }
}
