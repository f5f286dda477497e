// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair.write;

import dev.jwheel.io.ByteSource;
import dev.jwheel.repair.Graft;
import dev.jwheel.wheel.zip.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The content of a file that nobody else can change: a library may be overwritten in place at any
 * time, by the build that made it or by a package manager.
 */
final class LibrarySnapshot implements Closeable {
  private static final int CHUNK = 1 << 20;
  private static final long LARGE = 256L << 20;

  private final String name;
  private final ByteSource content;
  private final Optional<Path> temporary;

  private LibrarySnapshot(String name, ByteSource content, Optional<Path> temporary) {
    this.name = name;
    this.content = content;
    this.temporary = temporary;
  }

  /** A snapshot of bytes that nobody changes. */
  static LibrarySnapshot of(byte[] content) {
    return new LibrarySnapshot("the member", ByteSource.of(content), Optional.empty());
  }

  /**
   * Reads a library that was hashed while the repair was planned.
   *
   * @throws IOException if it cannot be read, or is not what was hashed any more
   */
  static LibrarySnapshot of(Graft graft) throws IOException {
    String path = graft.source().realPath();
    ByteSource library = graft.source().system().content(path);
    LibrarySnapshot snapshot;
    try {
      snapshot = library.size() > LARGE ? onDisk(path, library) : inMemory(path, library);
    } catch (InternalError e) {
      // A mapped file that is cut short while it is read.
      throw new IOException(path + ": changed while the wheel was repaired", e);
    }
    if (!Digest.sha256Hex(snapshot.content).equals(graft.sha256())) {
      snapshot.close();
      throw new IOException(path + ": changed while the wheel was repaired");
    }
    return snapshot;
  }

  private static LibrarySnapshot inMemory(String path, ByteSource library) {
    byte[] bytes = new byte[(int) library.size()];
    for (int at = 0; at < bytes.length; at += CHUNK) {
      int length = Math.min(CHUNK, bytes.length - at);
      library.slice(at, length).get(bytes, at, length);
    }
    return new LibrarySnapshot(path, ByteSource.of(bytes), Optional.empty());
  }

  private static LibrarySnapshot onDisk(String path, ByteSource library) throws IOException {
    Path copy = Files.createTempFile("jwheel-", ".so");
    boolean done = false;
    try {
      try (OutputStream stream = Files.newOutputStream(copy);
          WritableByteChannel channel = Channels.newChannel(stream)) {
        for (long at = 0; at < library.size(); at += CHUNK) {
          channel.write(library.slice(at, (int) Math.min(CHUNK, library.size() - at)));
        }
      }
      LibrarySnapshot snapshot = new LibrarySnapshot(path, ByteSource.of(copy), Optional.of(copy));
      done = true;
      return snapshot;
    } finally {
      if (!done) {
        Files.deleteIfExists(copy);
      }
    }
  }

  /** The file's name, for messages. */
  String name() {
    return name;
  }

  ByteSource content() {
    return content;
  }

  @Override
  public void close() throws IOException {
    if (temporary.isPresent()) {
      Files.deleteIfExists(temporary.get());
    }
  }
}
