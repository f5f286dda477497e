// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.Inflater;

/** Inflaters to use again: each holds native memory that is dear to allocate for small members. */
final class InflaterPool implements AutoCloseable {
  private final Deque<Inflater> idle = new ArrayDeque<>();
  private boolean closed;

  synchronized Inflater take() {
    Inflater inflater = idle.poll();
    return inflater != null ? inflater : new Inflater(true);
  }

  /** Takes an inflater back, which its user must not touch any more. */
  synchronized void give(Inflater inflater) {
    if (closed) {
      inflater.end();
      return;
    }
    inflater.reset();
    idle.push(inflater);
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Inflater inflater : idle) {
      inflater.end();
    }
    idle.clear();
  }
}
