// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFileTest {
  @TempDir private Path directory;

  /** Locks the file that it is given until its input ends; the process of a test. */
  static final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
      try (FileChannel channel =
          FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
        channel.lock();
        System.out.write('!');
        System.out.flush();
        while (System.in.read() >= 0) {
          continue;
        }
      }
    }
  }

  @Test
  void aFileThatIsNotMovedVanishes() throws IOException {
    Path path;
    try (TemporaryFile file = TemporaryFile.create(directory)) {
      path = file.path();
      assertThat(path.getFileName().toString()).matches("\\.jwheel-.*\\.tmp");
      assertThat(path).exists();
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aMovedFileTakesThePlaceOfItsTarget() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "old");
    try (TemporaryFile file = TemporaryFile.create(directory)) {
      file.channel().write(ByteBuffer.wrap(new byte[] {'n', 'e', 'w'}));
      file.moveTo(target);
    }
    assertThat(target).hasContent("new");
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aClosedFileIsNotMoved() throws IOException {
    TemporaryFile file = TemporaryFile.create(directory);
    file.close();
    assertThatThrownBy(() -> file.moveTo(directory.resolve("target")))
        .isInstanceOf(IOException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void severalFilesOfOneProcessHaveDifferentNames() throws IOException {
    try (TemporaryFile first = TemporaryFile.create(directory);
        TemporaryFile second = TemporaryFile.create(directory)) {
      assertThat(first.path()).isNotEqualTo(second.path());
      TemporaryFile.removeStale(directory);
      assertThat(first.path()).exists();
      assertThat(second.path()).exists();
    }
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAndNothingElse() throws IOException {
    Path stale = Files.createFile(directory.resolve(".jwheel-1-2-3.tmp"));
    Path other = Files.createFile(directory.resolve("jwheel-1.tmp"));
    Path wheel = Files.createFile(directory.resolve(".jwheel-x.whl"));
    TemporaryFile.removeStale(directory);
    assertThat(stale).doesNotExist();
    assertThat(other).exists();
    assertThat(wheel).exists();
  }

  @Test
  void aFileThatAnotherProcessHoldsStaysUntilItEnds() throws Exception {
    Path file = Files.createFile(directory.resolve(".jwheel-1-2-4.tmp"));
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('!');
      TemporaryFile.removeStale(directory);
      assertThat(file).exists();
    } finally {
      holder.destroyForcibly().waitFor();
    }
    TemporaryFile.removeStale(directory);
    assertThat(file).doesNotExist();
  }
}
