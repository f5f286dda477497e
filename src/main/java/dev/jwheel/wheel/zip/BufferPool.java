// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.util.ArrayDeque;
import java.util.Deque;

/** Blocks that wait to be used again, for any number of threads. */
final class BufferPool {
  private final Deque<ContentBuffer> idle = new ArrayDeque<>();

  /** A block, to be begun or to follow another. */
  synchronized ContentBuffer take() {
    ContentBuffer block = idle.poll();
    return block != null ? block : new ContentBuffer();
  }

  /** Takes a block back, which its user must not touch any more. */
  synchronized void give(ContentBuffer block) {
    idle.push(block);
  }
}
