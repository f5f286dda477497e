// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A form as {@code multipart/form-data} (RFC 7578). Texts are held in memory, files are read from
 * the disk while they are sent.
 */
public final class MultipartForm implements RequestBody {
  private static final String LINE_END = "\r\n";
  private static final int BOUNDARY_BYTES = 24;

  private final String boundary;
  private final List<RequestBody> pieces;
  private final long length;

  /**
   * A form with a boundary of 192 random bits, which nothing that is sent can hold but by chance.
   */
  public static MultipartForm of(List<FormEntry> parts) {
    byte[] random = new byte[BOUNDARY_BYTES];
    new SecureRandom().nextBytes(random);
    StringBuilder boundary = new StringBuilder("jwheel-");
    for (byte b : random) {
      boundary.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return new MultipartForm(parts, boundary.toString());
  }

  /**
   * @param boundary the line that stands between the parts
   */
  MultipartForm(List<FormEntry> parts, String boundary) {
    this.boundary = boundary;
    this.pieces = pieces(parts);
    long sum = 0;
    for (RequestBody piece : pieces) {
      sum = Math.addExact(sum, piece.length());
    }
    this.length = sum;
  }

  /** The value of the header field {@code Content-Type}. */
  public String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  private List<RequestBody> pieces(List<FormEntry> parts) {
    List<RequestBody> found = new ArrayList<>();
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    for (FormEntry part : parts) {
      append(texts, "--" + boundary + LINE_END);
      append(texts, "Content-Disposition: form-data; name=\"" + quoted(part.name()) + "\"");
      if (part instanceof FormEntry.Text text) {
        append(texts, LINE_END + LINE_END + text.value() + LINE_END);
      } else if (part instanceof FormEntry.File file) {
        append(texts, "; filename=\"" + quoted(file.fileName()) + "\"" + LINE_END);
        append(texts, "Content-Type: application/octet-stream" + LINE_END + LINE_END);
        found.add(new Bytes(texts.toByteArray()));
        found.add(file.content());
        texts.reset();
        append(texts, LINE_END);
      }
    }
    append(texts, "--" + boundary + "--" + LINE_END);
    found.add(new Bytes(texts.toByteArray()));
    return List.copyOf(found);
  }

  /** As browsers write it (the HTML standard, "multipart/form-data encoding algorithm"). */
  private static String quoted(String name) {
    return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
  }

  private static void append(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public InputStream open() {
    return new Pieces(pieces);
  }

  /** Bytes in memory. */
  public record Bytes(byte[] bytes) implements RequestBody {

    /** A text in UTF-8. */
    public static Bytes of(String text) {
      return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** One piece after the other, each opened when the one before has ended. */
  private static final class Pieces extends InputStream {
    private final List<RequestBody> pieces;
    private int next;
    private InputStream current = InputStream.nullInputStream();

    Pieces(List<RequestBody> pieces) {
      this.pieces = pieces;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      while (true) {
        int read = current.read(buffer, offset, count);
        if (read > 0) {
          return read;
        }
        current.close();
        if (next == pieces.size()) {
          return -1;
        }
        current = pieces.get(next++).open();
      }
    }

    @Override
    public void close() throws IOException {
      next = pieces.size();
      current.close();
      current = InputStream.nullInputStream();
    }
  }
}
