// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.remote.RequestBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;

/**
 * A distribution's bytes, read from the disk while they are sent. They are hashed again on the way:
 * where the file is not the one that was looked at, its end is withheld, so that the server takes
 * nothing.
 *
 * @param file the distribution
 */
record FileBody(Distribution file) implements RequestBody {

  @Override
  public long length() {
    return file.size();
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return new Checked(Files.newInputStream(file.path()));
    } catch (IOException e) {
      throw new LocalFileException(file.path() + ": cannot be read while it is sent", e);
    }
  }

  private final class Checked extends FilterInputStream {
    private final MessageDigest digest = Digests.sha256();
    private long left = file.size();

    Checked(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
      if (left == 0 || count == 0) {
        return left == 0 ? -1 : 0;
      }
      int read;
      try {
        read = in.read(buffer, offset, (int) Math.min(count, left));
      } catch (IOException e) {
        throw new LocalFileException(file.path() + ": cannot be read while it is sent", e);
      }
      if (read < 0) {
        throw changed("is shorter than before");
      }
      digest.update(buffer, offset, read);
      left -= read;
      if (left == 0 && in.read() >= 0) {
        throw changed("is longer than before");
      }
      if (left == 0 && !Digests.hex(digest.digest()).equals(file.sha256())) {
        throw changed("holds other bytes than before");
      }
      return read;
    }

    private LocalFileException changed(String how) {
      return new LocalFileException(
          file.path() + ": " + how + ", expected no change while it is sent");
    }
  }
}
