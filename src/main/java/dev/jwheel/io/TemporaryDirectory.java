// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A new directory, readable by its owner only, that vanishes with the files in it when it is
 * closed, at the latest when the process is told to end.
 */
public final class TemporaryDirectory implements AutoCloseable {
  private final Path path;
  private final Thread removal;

  private TemporaryDirectory(Path path) {
    this.path = path;
    this.removal =
        new Thread() {
          @Override
          public void run() {
            try {
              remove();
            } catch (IOException e) {
              return; // nobody is left to hear of it
            }
          }
        };
  }

  /**
   * Makes a directory where the system has its temporary files.
   *
   * @throws IOException if it cannot be made, or the process is ending
   */
  public static TemporaryDirectory create() throws IOException {
    TemporaryDirectory directory = new TemporaryDirectory(Files.createTempDirectory("jwheel-"));
    try {
      Runtime.getRuntime().addShutdownHook(directory.removal);
    } catch (IllegalStateException e) {
      directory.remove();
      throw new IOException("the program is ending", e);
    }
    return directory;
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  private synchronized void remove() throws IOException {
    if (Files.exists(path)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(path);
    }
  }

  @Override
  public void close() throws IOException {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      return; // the program is ending, and this with it
    }
  }
}
