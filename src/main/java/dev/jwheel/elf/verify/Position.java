// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

/**
 * Where something is, put into words only for a message.
 *
 * @param kind what the number counts, such as {@code address}
 * @param number the place
 */
record Position(String kind, long number) {

  @Override
  public String toString() {
    return kind + " 0x" + Long.toHexString(number);
  }
}
