// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import dev.jwheel.io.ByteRanges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file on a server that gives ranges of it (RFC 9110, 14). What was read once is kept. Each range
 * has to be of the file that the first one was of, by its size and by its entity tag or date of
 * modification.
 */
public final class RangedFile implements ByteRanges {

  /**
   * How much of the end to ask for first: the longest end of central directory record of a zip
   * archive, which is also a central directory of 500 members.
   */
  static final int TAIL = 22 + 0xffff;

  private static final int LEAST = 16 << 10;
  private static final long MAX_HELD = 64L << 20;
  private static final int PART = 206;
  private static final int WHOLE = 200;

  private final FileRequest request;
  private final long size;
  private final Optional<String> tag;
  private final Optional<String> date;

  /** What was read, by where it begins. */
  private final NavigableMap<Long, byte[]> parts = new TreeMap<>();

  private long held;

  private RangedFile(FileRequest request, long size, RemoteResponse head) {
    this.request = request;
    this.size = size;
    this.tag = head.header("ETag");
    this.date = head.header("Last-Modified");
  }

  /**
   * Takes the first answer that holds a range.
   *
   * @throws IOException if the answer contradicts itself
   */
  static RangedFile of(FileRequest request, RemoteStream answer) throws IOException {
    ContentRange range = range(request, answer.head());
    RangedFile file = new RangedFile(request, range.total(), answer.head());
    if (range.last() + 1 != range.total() || range.length() > TAIL) {
      throw request.odd("answered other bytes than the last " + TAIL + ", which were asked for");
    }
    file.keep(range.first(), (int) range.length(), answer);
    return file;
  }

  private static ContentRange range(FileRequest request, RemoteResponse head)
      throws RemoteException {
    request.requirePlain(head);
    String field = head.header("Content-Range").orElse("");
    return ContentRange.parse(field)
        .orElseThrow(
            () ->
                request.odd(
                    "answered a part of the file without saying which: Content-Range: "
                        + FileRequest.shown(field)));
  }

  @Override
  public String place() {
    return request.place();
  }

  @Override
  public long size() {
    return size;
  }

  /** How many bytes of the file were read so far. */
  public synchronized long bytesRead() {
    return held;
  }

  @Override
  public synchronized int read(ByteBuffer target, long position) throws IOException {
    if (position >= size) {
      return -1;
    }
    long wanted = Math.min(size, position + Math.max(1, target.remaining()));
    if (partAt(position).isEmpty()) {
      fetch(position, Math.min(nextPart(position), Math.max(wanted, position + LEAST)));
    }
    Map.Entry<Long, byte[]> part = partAt(position).orElseThrow();
    int from = (int) (position - part.getKey());
    int count = (int) Math.min(wanted - position, part.getValue().length - from);
    count = Math.min(count, target.remaining());
    target.put(part.getValue(), from, count);
    return count;
  }

  @Override
  public synchronized void prepare(long start, long end) throws IOException {
    long position = start;
    while (position < Math.min(end, size)) {
      Optional<Map.Entry<Long, byte[]>> part = partAt(position);
      if (part.isPresent()) {
        position = part.get().getKey() + part.get().getValue().length;
      } else {
        fetch(position, Math.min(end, nextPart(position)));
      }
    }
  }

  private Optional<Map.Entry<Long, byte[]>> partAt(long position) {
    return Optional.ofNullable(parts.floorEntry(position))
        .filter(part -> position < part.getKey() + part.getValue().length);
  }

  private long nextPart(long position) {
    return Optional.ofNullable(parts.higherKey(position)).orElse(size);
  }

  private void fetch(long start, long end) throws IOException {
    if (held + end - start > MAX_HELD) {
      throw request.odd("more than 64 MiB of it would have to be read to understand it");
    }
    try (RemoteStream answer = request.send("GET", headers(start, end))) {
      RemoteResponse head = answer.head();
      if (head.status() == WHOLE) {
        throw request.odd(
            validator().isPresent() ? "changed while it was read" : "ranges are not answered now");
      }
      if (head.status() != PART) {
        throw request.status(head);
      }
      ContentRange range = range(request, head);
      boolean same =
          range.total() == size
              && (tag.isEmpty() || head.header("ETag").equals(tag))
              && (date.isEmpty() || head.header("Last-Modified").equals(date));
      if (!same) {
        throw request.odd("changed while it was read");
      }
      if (range.first() != start || range.last() + 1 != end) {
        throw request.odd(
            "answered the bytes "
                + range.first()
                + " to "
                + range.last()
                + ", asked for "
                + start
                + " to "
                + (end - 1));
      }
      keep(start, (int) (end - start), answer);
    }
  }

  private List<RemoteHeader> headers(long start, long end) {
    List<RemoteHeader> headers = new ArrayList<>();
    headers.add(new RemoteHeader("Range", "bytes=" + start + "-" + (end - 1)));
    validator().ifPresent(value -> headers.add(new RemoteHeader("If-Range", value)));
    return headers;
  }

  /** What names this version of the file: a weak tag does not (RFC 9110, 13.1.5). */
  private Optional<String> validator() {
    return tag.isEmpty() ? date : tag.filter(value -> value.startsWith("\""));
  }

  private void keep(long start, int length, RemoteStream answer) throws IOException {
    byte[] bytes = answer.body().readNBytes(length);
    if (bytes.length < length || answer.body().read() >= 0) {
      throw request.odd(
          "sent "
              + (bytes.length < length ? bytes.length + " bytes" : "more")
              + " where it stated "
              + length);
    }
    parts.put(start, bytes);
    held += length;
  }

  @Override
  public void close() {}
}
