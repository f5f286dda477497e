// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSliceTest {
  private static final int SIZE = 3_000_000;

  @TempDir Path directory;

  private Path file;
  private byte[] content;

  @BeforeEach
  void writeFile() throws IOException {
    content = new byte[SIZE];
    new Random(1).nextBytes(content);
    file = Files.write(directory.resolve("file"), content);
  }

  @Test
  void aRangeArrivesWhereItBelongs() throws IOException {
    try (FileChannel source = FileChannel.open(file)) {
      assertThat(copyOf(source, 1000, SIZE)).isEqualTo(expected(1000, SIZE));
    }
  }

  @Test
  void whereTheSystemRefusesToCopyTheBytesArriveAllTheSame() throws IOException {
    try (FileChannel source = new RefusingChannel(FileChannel.open(file), 0)) {
      assertThat(copyOf(source, 1000, SIZE)).isEqualTo(expected(1000, SIZE));
    }
  }

  @Test
  void whereTheSystemStopsToCopyHalfwayTheRestArrivesToo() throws IOException {
    try (FileChannel source = new RefusingChannel(FileChannel.open(file), 1234)) {
      assertThat(copyOf(source, 1000, SIZE)).isEqualTo(expected(1000, SIZE));
    }
  }

  @Test
  void aFileThatEndsBeforeTheRangeIsNamed() throws IOException {
    try (FileChannel source = FileChannel.open(file)) {
      assertThatThrownBy(() -> copyOf(source, 0, SIZE + 1))
          .isInstanceOf(IOException.class)
          .hasMessage(file + ": the file became shorter while it was read");
    }
  }

  private byte[] copyOf(FileChannel source, long start, long end) throws IOException {
    Path copy = directory.resolve("copy");
    try (FileChannel target =
        FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      new FileSlice(file, source, start, end).copyTo(target, 10);
    }
    return Files.readAllBytes(copy);
  }

  private byte[] expected(int start, int end) {
    return ByteBuffer.allocate(10 + end - start).put(10, content, start, end - start).array();
  }

  /** Transfers a number of bytes and then fails, as the one of Wine does with 0. */
  private static final class RefusingChannel extends FileChannel {
    private final FileChannel channel;
    private long left;

    RefusingChannel(FileChannel channel, long left) {
      this.channel = channel;
      this.left = left;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      if (left == 0) {
        throw new IOException("transfer failed");
      }
      long moved = channel.transferTo(position, Math.min(count, left), target);
      left -= moved;
      return moved;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return channel.read(target, position);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }

    @Override
    public int read(ByteBuffer target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public FileChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void force(boolean metaData) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
