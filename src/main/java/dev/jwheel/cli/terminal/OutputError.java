// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Locale;

/**
 * Standard output cannot be written: the disk is full, or it is closed. Nothing that a command does
 * afterwards would reach anybody, so this passes through all of it, as errors do.
 */
public final class OutputError extends IOError {
  private static final long serialVersionUID = 1;

  private final String reason;

  OutputError(IOException cause) {
    super(cause);
    this.reason = String.valueOf(cause.getMessage());
  }

  @Override
  public String getMessage() {
    return "standard output cannot be written: " + reason;
  }

  /** Whether the reader of a pipe has gone, as in {@code jwheel show x.whl | head -1}. */
  public boolean isBrokenPipe() {
    return reason.toLowerCase(Locale.ROOT).contains("pipe") || reason.equals(brokenPipe());
  }

  /** Returns how this system, in the user's language, says that a pipe has no reader. */
  private static String brokenPipe() {
    try {
      Pipe pipe = Pipe.open();
      pipe.source().close();
      try (Pipe.SinkChannel sink = pipe.sink()) {
        sink.write(ByteBuffer.wrap(new byte[1]));
      }
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Passes bytes on, and lets nobody go on after a failure, which a print stream would hide. */
  static final class Thrower extends OutputStream {
    private final OutputStream out;

    Thrower(OutputStream out) {
      super();
      this.out = out;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw new OutputError(e);
      }
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw new OutputError(e);
      }
    }
  }
}
