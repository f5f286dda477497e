// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.nio.ByteBuffer;
import java.util.Objects;

/** Content in memory. */
record HeapByteSource(ByteBuffer content) implements ByteSource {

  @Override
  public long size() {
    return content.capacity();
  }

  @Override
  public ByteBuffer slice(long offset, int length) {
    Objects.checkFromIndexSize(offset, length, size());
    return content.slice((int) offset, length);
  }
}
