// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A file mapped in windows, since one buffer cannot exceed 2 GiB. They begin 1 GiB apart and
 * overlap, so that up to 1 GiB is a view wherever it begins.
 */
final class MappedByteSource implements ByteSource {

  /** Files above this many bytes are mapped. Windows replaces no file that somebody has mapped. */
  static final long THRESHOLD = File.separatorChar == '\\' ? 256L << 20 : 4L << 20;

  private static final int WINDOW_BITS = 30;
  private static final long WINDOW = 1L << WINDOW_BITS;

  private final List<ByteBuffer> windows;
  private final long size;

  private MappedByteSource(List<ByteBuffer> windows, long size) {
    this.windows = windows;
    this.size = size;
  }

  static MappedByteSource map(FileChannel channel) throws IOException {
    long size = channel.size();
    List<ByteBuffer> windows = new ArrayList<>();
    for (long start = 0; start < size; start += WINDOW) {
      windows.add(channel.map(MapMode.READ_ONLY, start, Math.min(Integer.MAX_VALUE, size - start)));
    }
    return new MappedByteSource(List.copyOf(windows), size);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public ByteBuffer slice(long offset, int length) {
    Objects.checkFromIndexSize(offset, length, size);
    int first = (int) (offset >>> WINDOW_BITS);
    int start = (int) (offset & (WINDOW - 1));
    if (length == 0) {
      return ByteBuffer.allocate(0).asReadOnlyBuffer();
    }
    if (start + (long) length <= windows.get(first).capacity()) {
      return windows.get(first).slice(start, length);
    }
    return gather(first, start, length);
  }

  private ByteBuffer gather(int first, int start, int length) {
    ByteBuffer gathered = ByteBuffer.allocate(length);
    ByteBuffer source = windows.get(first);
    gathered.put(source.slice(start, source.capacity() - start));
    int missing = gathered.remaining();
    gathered.put(windows.get(first + 1).slice(source.capacity() - (int) WINDOW, missing));
    return gathered.flip().asReadOnlyBuffer();
  }
}
