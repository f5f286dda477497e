// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ByteSourceTest {

  @Test
  void aRangeIsReadOnlyAndBigEndian() {
    ByteBuffer slice = ByteSource.of(new byte[] {0, 1, 2, 3}).slice(1, 2);
    assertThat(slice.isReadOnly()).isTrue();
    assertThat(slice.getShort()).isEqualTo((short) 0x102);
  }

  @Test
  void aRangeOutsideIsRefused() {
    ByteSource source = ByteSource.of(new byte[4]);
    assertThatThrownBy(() -> source.slice(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> source.slice(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aFileOverTwoGibibytesIsReadAcrossItsWindows(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("sparse");
    long boundary = 2L << 30;
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), boundary - 2);
    }
    ByteSource source = ByteSource.of(file);
    assertThat(source.size()).isEqualTo(boundary + 2);
    assertThat(source.slice(boundary - 2, 4).getInt()).isEqualTo(0x01020304);
    assertThat(source.slice(boundary, 2).getShort()).isEqualTo((short) 0x0304);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no mkfifo")
  void aPipeIsNotWaitedFor(@TempDir Path directory) throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> ByteSource.of(pipe))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pipe: is no regular file");
  }
}
