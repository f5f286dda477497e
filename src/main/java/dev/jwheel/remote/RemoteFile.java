// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** A file on a server, to be read in ranges or as a whole. */
public final class RemoteFile {
  private static final long MAX_SIZE = 4L << 30;
  private static final int BUFFER = 64 << 10;
  private static final int WHOLE = 200;
  private static final int PART = 206;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_ALLOWED = 405;
  private static final int NO_SUCH_RANGE = 416;
  private static final int NOT_IMPLEMENTED = 501;

  private final FileRequest request;
  private final Optional<KnownHash> hash;

  /**
   * @param hash the hash that the file has to have, if one is known
   */
  public RemoteFile(StreamTransport transport, RemoteLocation location, Optional<KnownHash> hash) {
    this.request = new FileRequest(transport, location);
    this.hash = hash;
  }

  /**
   * Reads the end of the file, or all of it from a server that does not give ranges.
   *
   * @param target where the whole file goes then
   * @return the file in ranges; empty if it was written to the target
   * @throws IOException if it cannot be read, or is not what the server states; the whole file also
   *     if it does not have its hash
   */
  public Optional<RangedFile> rangesOr(Path target, TransferProgress progress) throws IOException {
    try (RemoteStream answer = range("bytes=-" + RangedFile.TAIL)) {
      switch (answer.head().status()) {
        case PART -> {
          return Optional.of(RangedFile.of(request, answer));
        }
        case WHOLE -> {
          write(answer, target, progress);
          return Optional.empty();
        }
        case BAD_REQUEST, NOT_ALLOWED, NO_SUCH_RANGE, NOT_IMPLEMENTED -> {}
        default -> throw request.status(answer.head());
      }
    }
    return rangesBySize(target, progress);
  }

  /** A server that does not know ranges which count from the end may know others. */
  private Optional<RangedFile> rangesBySize(Path target, TransferProgress progress)
      throws IOException {
    long size;
    try (RemoteStream head = request.send("HEAD", List.of())) {
      size = head.head().status() == WHOLE ? length(head.head()) : 0;
    }
    if (size > 0) {
      long start = Math.max(0, size - RangedFile.TAIL);
      try (RemoteStream answer = range("bytes=" + start + "-" + (size - 1))) {
        if (answer.head().status() == PART) {
          return Optional.of(RangedFile.of(request, answer));
        }
      }
    }
    write(target, progress);
    return Optional.empty();
  }

  private RemoteStream range(String range) throws IOException {
    return request.send("GET", List.of(new RemoteHeader("Range", range)));
  }

  /**
   * Reads the whole file once.
   *
   * @param target where it goes
   * @throws IOException if it cannot be read or written, is not what the server states, or does not
   *     have its hash
   */
  public void write(Path target, TransferProgress progress) throws IOException {
    try (RemoteStream answer = request.send("GET", List.of())) {
      if (answer.head().status() != WHOLE) {
        throw request.status(answer.head());
      }
      write(answer, target, progress);
    }
  }

  private void write(RemoteStream answer, Path target, TransferProgress progress)
      throws IOException {
    request.requirePlain(answer.head());
    long stated = length(answer.head());
    requireSize(stated);
    Optional<MessageDigest> digest = hash.map(KnownHash::digest);
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int count = answer.body().read(buffer); count >= 0; ) {
        done += count;
        requireSize(done);
        out.write(buffer, 0, count);
        if (digest.isPresent()) {
          digest.get().update(buffer, 0, count);
        }
        if (stated > 0) {
          progress.transferred(done, stated);
        }
        count = answer.body().read(buffer);
      }
    }
    if (stated >= 0 && stated != done) {
      throw request.odd("sent " + done + " bytes where it stated " + stated);
    }
    if (hash.isPresent() && digest.isPresent()) {
      hash.get().require(digest.get(), request.place());
    }
  }

  private void requireSize(long size) throws RemoteException {
    if (size > MAX_SIZE) {
      throw request.odd("is larger than 4 GiB, expected a wheel");
    }
  }

  /** The size that an answer states; -1 where it does not. */
  private static long length(RemoteResponse head) {
    try {
      return Long.parseLong(head.header("Content-Length").orElse("-1").strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
