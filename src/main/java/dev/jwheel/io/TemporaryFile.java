// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * A locked file {@code .jwheel-*.tmp} that becomes another by an atomic rename, or vanishes, at the
 * latest when the process is told to end. The lock tells a file in use from one that a killed
 * process left behind.
 *
 * <p>{@link #moveTo} and {@link #close} exclude each other.
 */
final class TemporaryFile implements AutoCloseable {
  private static final String PREFIX = ".jwheel-";
  private static final String SUFFIX = ".tmp";
  private static final int ATTEMPTS = 100;

  private final Path path;
  private final FileChannel channel;
  private final Removal removal;
  private boolean done;

  private TemporaryFile(Path path, FileChannel channel, Removal removal) {
    this.path = path;
    this.channel = channel;
    this.removal = removal;
  }

  /** Makes an empty file in a directory. */
  static TemporaryFile create(Path directory) throws IOException {
    return create(directory, Optional.empty());
  }

  /**
   * Makes an empty file in a directory.
   *
   * @param model a file from which it has everything but the content, access control lists too
   */
  static TemporaryFile create(Path directory, Optional<Path> model) throws IOException {
    Removal removal = new Removal();
    removal.register();
    try {
      return removal.create(directory, model);
    } catch (IOException e) {
      removal.forget();
      throw e;
    }
  }

  /**
   * Removes the file when the process is told to end. It is there before the file is, so that no
   * moment is left in which a signal would leave the file behind.
   */
  private static final class Removal extends Thread {
    private Optional<TemporaryFile> file = Optional.empty();
    private boolean ended;

    void register() throws IOException {
      try {
        Runtime.getRuntime().addShutdownHook(this);
      } catch (IllegalStateException e) {
        throw new IOException("the program is ending", e);
      }
    }

    synchronized TemporaryFile create(Path directory, Optional<Path> model) throws IOException {
      if (ended) {
        throw new IOException("the program is ending");
      }
      TemporaryFile made = TemporaryFile.create(directory, model, this);
      file = Optional.of(made);
      return made;
    }

    @Override
    public synchronized void run() {
      ended = true;
      if (file.isPresent()) {
        try {
          file.get().close();
        } catch (IOException e) {
          return; // nobody is left to be told
        }
      }
    }

    void forget() {
      try {
        Runtime.getRuntime().removeShutdownHook(this);
      } catch (IllegalStateException e) {
        return; // the program is ending, and this with it
      }
    }
  }

  private static TemporaryFile create(Path directory, Optional<Path> model, Removal removal)
      throws IOException {
    String prefix = ownPrefix() + Long.toHexString(System.nanoTime()) + "-";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path path = directory.resolve(prefix + attempt + SUFFIX);
      try {
        FileChannel channel = open(path, model);
        if (isLocked(channel) && Files.exists(path)) {
          return new TemporaryFile(path, channel, removal);
        }
        channel.close();
      } catch (FileAlreadyExistsException e) {
        // the next name may be free
      }
    }
    throw new FileAlreadyExistsException(directory.resolve(prefix + "*" + SUFFIX).toString());
  }

  /** Only a copy of a file has its access control lists: Java has no other way to them. */
  private static FileChannel open(Path path, Optional<Path> model) throws IOException {
    if (model.isPresent()) {
      Files.copy(model.get(), path, StandardCopyOption.COPY_ATTRIBUTES);
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return channel.truncate(0);
    }
    return FileChannel.open(
        path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * The beginning of the names that this process gives. It must not open its own files to look for
   * a lock: closing them again would free it (fcntl(2), "Advisory record locking").
   */
  private static String ownPrefix() {
    ProcessHandle self = ProcessHandle.current();
    long start = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return PREFIX + self.pid() + "-" + Long.toHexString(start) + "-";
  }

  /**
   * Locks the file, unless another process, which takes it for left behind, was faster. A file
   * system without locks does without: there nobody takes files for left behind.
   */
  private static boolean isLocked(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Removes the files in a directory whose process ended without doing so. Those it cannot judge
   * stay, and so does what is not a regular file: opening a pipe would wait for its other end.
   */
  static void removeStale(Path directory) throws IOException {
    String own = ownPrefix();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(PREFIX)
            && name.endsWith(SUFFIX)
            && !name.startsWith(own)
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          removeUnlocked(file);
        }
      }
    } catch (AccessDeniedException e) {
      return; // files can be made in a directory that cannot be listed
    }
  }

  private static void removeUnlocked(Path file) {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | OverlappingFileLockException e) {
      return;
    }
  }

  /** The file. */
  Path path() {
    return path;
  }

  /** Its content, to read and write. */
  FileChannel channel() {
    return channel;
  }

  /** Makes the content durable. */
  void force() throws IOException {
    channel.force(true);
  }

  /**
   * Gives the file its name, in place of whatever has it.
   *
   * @throws IOException if that fails, or the file was closed before
   */
  synchronized void moveTo(Path target) throws IOException {
    if (done) {
      throw new IOException(path + ": the temporary file is gone");
    }
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    done = true;
    removal.forget();
    channel.close();
  }

  /** Removes the file, unless it was moved. */
  @Override
  public synchronized void close() throws IOException {
    if (!done) {
      done = true;
      try {
        Files.deleteIfExists(path);
      } finally {
        removal.forget();
        channel.close();
      }
    }
  }
}
