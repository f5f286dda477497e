package dev.jwheel.wheel.zip;

import java.util.ArrayDeque;
import java.util.Deque;

/** Blocks that wait to be used again, for any number of threads. */
final class ContentBlocks {
  private final Deque<ContentBlock> idle = new ArrayDeque<>();

  /** A block, to be begun or to follow another. */
  synchronized ContentBlock take() {
    ContentBlock block = idle.poll();
    return block != null ? block : new ContentBlock();
  }

  /** Takes a block back, which its user must not touch any more. */
  synchronized void give(ContentBlock block) {
    idle.push(block);
  }
}
