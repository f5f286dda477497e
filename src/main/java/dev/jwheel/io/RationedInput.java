// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives a reader no more bytes than it was allowed: one that collects them in memory must stop. */
public final class RationedInput extends FilterInputStream {
  private long allowed;

  public RationedInput(InputStream in) {
    super(in);
  }

  /** Allows so many bytes from here on. */
  public void allow(long bytes) {
    allowed = bytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    taken(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    taken(count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    taken(skipped);
    return skipped;
  }

  private void taken(long count) throws IOException {
    allowed -= Math.max(0, count);
    if (allowed < 0) {
      throw new IOException("a header of a member is too long");
    }
  }
}
