// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The body of a request while it is sent: counts what the connection takes, and remembers why it
 * could not be read, since the connection reports every such failure as its own.
 */
final class SentBody {
  private final Optional<RequestBody> body;
  private final TransferProgress progress;
  private final long length;
  private InputStream open = InputStream.nullInputStream();
  private volatile long taken;
  private volatile long lastTaken = System.nanoTime();
  private volatile Optional<IOException> problem = Optional.empty();

  SentBody(Optional<RequestBody> body, TransferProgress progress) {
    this.body = body;
    this.progress = progress;
    this.length = body.isPresent() ? body.get().length() : 0;
  }

  /** When the connection took the last bytes, by {@link System#nanoTime()}. */
  long lastTaken() {
    return lastTaken;
  }

  /** Whether the connection took everything. */
  boolean isTaken() {
    return taken == length;
  }

  /** Why the body could not be read. */
  Optional<IOException> problem() {
    return problem;
  }

  /** The bytes from the first one on; the same again where the connection starts again. */
  synchronized InputStream open() {
    close();
    taken = 0;
    InputStream fresh = InputStream.nullInputStream();
    if (body.isPresent()) {
      try {
        fresh = body.get().open();
      } catch (IOException e) {
        problem = Optional.of(e);
      }
    }
    open = fresh;
    return new Counted(fresh);
  }

  synchronized void close() {
    try {
      open.close();
    } catch (IOException e) {
      return; // read-only: nothing can be lost
    }
  }

  private final class Counted extends FilterInputStream {

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
      int read;
      try {
        read = in.read(buffer, offset, count);
      } catch (IOException e) {
        problem = Optional.of(e);
        throw e;
      }
      if (read > 0) {
        long soFar = taken + read;
        taken = soFar;
        lastTaken = System.nanoTime();
        progress.transferred(soFar, length);
      }
      return read;
    }
  }
}
