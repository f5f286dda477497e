// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is written, through which everything goes that this program writes. Until it is
 * committed all bytes are in a temporary file. Then
 *
 * <ul>
 *   <li>a regular file, or one that is not there yet, is replaced by it, at once and as a whole;
 *   <li>a regular file that may be written but not replaced (its directory is read-only or sticky,
 *       or something is mounted on it) is overwritten;
 *   <li>a device, a pipe, and what {@code /dev/stdout} leads to, is written into.
 * </ul>
 *
 * <p>Symbolic links are followed. Failures name the target, and never the temporary file. {@link
 * #close} may be called by any thread at any time.
 */
public final class OutputFile implements AutoCloseable {
  private static final int MAX_LINKS = 40;
  private static final int BUFFER_SIZE = 1 << 20;
  private static final boolean WINDOWS = File.separatorChar == '\\';

  private final Path target;
  private final Path real;
  private final TemporaryFile temporary;
  private final boolean beside;

  private OutputFile(Path target, Path real, TemporaryFile temporary, boolean beside) {
    this.target = target;
    this.real = real;
    this.temporary = temporary;
    this.beside = beside;
  }

  /**
   * Begins to write a file. Temporary files that killed processes left in its directory are
   * removed.
   *
   * @throws IOException if the file is a directory or may not be written, or no temporary file can
   *     be made
   */
  public static OutputFile create(Path target) throws IOException {
    return create(target, false);
  }

  /**
   * Begins to write the new content of a file that, if it is there, keeps its attributes and access
   * control lists.
   */
  static OutputFile edit(Path target) throws IOException {
    return create(target, true);
  }

  private static OutputFile create(Path target, boolean edit) throws IOException {
    Path real = resolved(target);
    boolean exists = Files.exists(real);
    if (Files.isDirectory(real)) {
      throw new FileSystemException(target.toString(), null, "is a directory, expected a file");
    }
    if (exists && !Files.isWritable(real)) {
      throw new AccessDeniedException(target.toString());
    }
    Path directory = real.getParent();
    if (directory == null) {
      throw new FileSystemException(target.toString(), null, "is not a file");
    }
    if (isReplaceable(real)) {
      try {
        TemporaryFile.removeStale(directory);
        Optional<Path> model = edit && exists ? Optional.of(real) : Optional.empty();
        return new OutputFile(target, real, TemporaryFile.create(directory, model), true);
      } catch (FileSystemException e) {
        if (!exists) {
          throw named(target, e);
        }
      }
    }
    Path elsewhere = Path.of(System.getProperty("java.io.tmpdir"));
    return new OutputFile(target, real, TemporaryFile.create(elsewhere, Optional.empty()), false);
  }

  /** Where symbolic links lead to, even if there is nothing yet. */
  private static Path resolved(Path target) throws IOException {
    Path path = target.toAbsolutePath();
    for (int i = 0; i < MAX_LINKS; i++) {
      if (isOpenFile(path) || !Files.isSymbolicLink(path)) {
        return path;
      }
      path = path.resolveSibling(Files.readSymbolicLink(path)).normalize();
    }
    throw new FileSystemException(target.toString(), null, "too many symbolic links");
  }

  /** Whether the path is a link of the kernel's, which leads to what is open and not to a name. */
  private static boolean isOpenFile(Path path) {
    return path.startsWith("/proc") || path.startsWith("/dev/fd");
  }

  private static boolean isReplaceable(Path real) {
    return !isOpenFile(real)
        && (Files.isRegularFile(real) || Files.notExists(real, LinkOption.NOFOLLOW_LINKS));
  }

  /** The temporary file, to read back what was written before it is committed. */
  public Path path() {
    return temporary.path();
  }

  /** The content, to read and write. */
  public FileChannel channel() {
    return temporary.channel();
  }

  /** Makes the content durable; another thread may go on reading it. */
  public void force() throws IOException {
    try {
      temporary.force();
    } catch (IOException e) {
      throw named(target, e);
    }
  }

  /**
   * Puts the content where it belongs.
   *
   * @throws IOException if that fails, or the file was closed before
   */
  public void commit() throws IOException {
    try {
      if (!beside || !isReplaceable(real) || !replace()) {
        writeInto();
      }
    } catch (IOException e) {
      throw named(target, e);
    }
  }

  /** Returns whether the file could be replaced; if not, there is one to write into. */
  private boolean replace() throws IOException {
    try {
      temporary.moveTo(real);
      return true;
    } catch (FileSystemException e) {
      if (WINDOWS || !Files.isRegularFile(real)) {
        String reason = "cannot be replaced: permission denied, or another program has it open";
        throw e instanceof AccessDeniedException
            ? new FileSystemException(target.toString(), null, reason)
            : e;
      }
      return false;
    }
  }

  private void writeInto() throws IOException {
    try (FileChannel out = FileChannel.open(real, StandardOpenOption.WRITE)) {
      long size = temporary.channel().size();
      if (!Files.isRegularFile(real)) {
        copy(out, 0, size);
        return;
      }
      overwrite(out, size);
      out.force(true);
    }
    temporary.close();
  }

  /** A disk that is full shows before anything that is there already is overwritten. */
  private void overwrite(FileChannel out, long size) throws IOException {
    long before = out.size();
    try {
      out.position(Math.min(before, size));
      copy(out, before, size);
    } catch (IOException e) {
      out.truncate(before);
      throw e;
    }
    out.position(0);
    copy(out, 0, Math.min(before, size));
    out.truncate(size);
  }

  private void copy(FileChannel out, long start, long end) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(BUFFER_SIZE, end - start)));
    long position = start;
    while (position < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
      int read = temporary.channel().read(buffer, position);
      if (read <= 0) {
        throw new IOException("the temporary file became shorter");
      }
      position += read;
      buffer.flip();
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    }
  }

  /**
   * Returns a failure that names the target: those of channels name no file, and others one of
   * which users know nothing. What names its own file, as a source does, stays as it is.
   */
  public IOException named(IOException problem) {
    return problem.getClass() == IOException.class ? named(target, problem) : problem;
  }

  private static FileSystemException named(Path target, IOException problem) {
    String file = target.toString();
    String reason = String.valueOf(problem.getMessage());
    if (problem instanceof FileSystemException e) {
      if (file.equals(e.getFile())) {
        return e;
      }
      reason = reason(e);
    }
    FileSystemException named = new FileSystemException(file, null, reason);
    named.initCause(problem);
    return named;
  }

  private static String reason(FileSystemException problem) {
    if (problem instanceof AccessDeniedException) {
      return "permission denied in its directory";
    }
    if (problem instanceof NoSuchFileException) {
      return "its directory does not exist";
    }
    return problem.getReason() == null ? "cannot be written" : problem.getReason();
  }

  /** Removes what was written, unless it was committed. */
  @Override
  public void close() throws IOException {
    temporary.close();
  }
}
