// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.IOException;

/** Work that was handed out and is written in its turn. */
abstract class PendingPiece {
  private static final long LEAST_COST = 16 << 10;

  private final String name;
  private final long size;
  private final long cost;

  /**
   * @param size how much content it is
   * @param inMemory how much of it is held in memory
   */
  PendingPiece(String name, long size, long inMemory) {
    this.name = name;
    this.size = size;
    this.cost = Math.max(LEAST_COST, inMemory);
  }

  String name() {
    return name;
  }

  long size() {
    return size;
  }

  long cost() {
    return cost;
  }

  abstract void write() throws IOException;

  /** Without interruption, which would close the archive that a worker reads. */
  abstract void cancel();
}
