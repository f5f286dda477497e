package dev.jwheel.elf.format;

/**
 * Where something starts: in the file and in memory.
 *
 * @param offset the file offset
 * @param address the virtual address
 */
public record Place(long offset, long address) {

  public Place plus(long distance) {
    return new Place(offset + distance, address + distance);
  }
}
