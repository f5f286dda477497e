// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

/**
 * Where something starts: in the file and in memory.
 *
 * @param offset the file offset
 * @param address the virtual address
 */
public record Location(long offset, long address) {

  public Location plus(long distance) {
    return new Location(offset + distance, address + distance);
  }
}
