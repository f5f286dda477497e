// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, taken from the connection as fast as it is read. A server that keeps the
 * reader waiting must send some bytes in each stretch of waiting, so that a file ends some day.
 */
final class BodyStream extends InputStream implements BodySubscriber<InputStream> {

  /** How much a server must send while the reader waits as long as the limit. */
  static final int LEAST = 64 << 10;

  private final String server;
  private final Duration limit;
  private final Function<Throwable, IOException> failure;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;
  private Piece current = new Piece(List.of(), false, Optional.empty());
  private long waited;
  private long received;

  /** Some bytes, or the end and why it came too early. */
  private record Piece(List<ByteBuffer> buffers, boolean end, Optional<Throwable> problem) {}

  /**
   * @param server names the server in messages
   * @param limit how long a reader waits for few bytes at most
   * @param failure makes of what broke the connection what the reader is to know
   */
  BodyStream(String server, Duration limit, Function<Throwable, IOException> failure) {
    this.server = server;
    this.limit = limit;
    this.failure = failure;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    pieces.add(new Piece(buffers, false, Optional.empty()));
  }

  @Override
  public void onError(Throwable problem) {
    pieces.add(new Piece(List.of(), true, Optional.of(problem)));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(List.of(), true, Optional.empty()));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      for (ByteBuffer buffer : current.buffers) {
        if (buffer.hasRemaining()) {
          int count = Math.min(length, buffer.remaining());
          buffer.get(target, offset, count);
          return count;
        }
      }
      if (current.problem.isPresent()) {
        throw failure.apply(current.problem.get());
      }
      if (current.end) {
        return -1;
      }
      current = next();
    }
  }

  private Piece next() throws IOException {
    while (true) {
      long start = System.nanoTime();
      @Nullable Piece piece = poll(Math.max(1, limit.toNanos() - waited));
      waited += System.nanoTime() - start;
      if (piece != null) {
        for (ByteBuffer buffer : piece.buffers) {
          received += buffer.remaining();
        }
      }
      if (waited >= limit.toNanos() && (piece == null || !piece.end)) {
        requireSpeed();
      }
      if (piece != null) {
        Flow.@Nullable Subscription source = subscription;
        if (source != null && !piece.end) {
          source.request(1);
        }
        return piece;
      }
    }
  }

  private void requireSpeed() throws IOException {
    if (received < LEAST) {
      close();
      throw new RemoteException(
          RemoteException.Kind.BROKEN,
          server
              + ": sent "
              + received
              + " bytes within "
              + limit.toSeconds()
              + " s, too few to wait for the rest");
    }
    waited = 0;
    received = 0;
  }

  private @Nullable Piece poll(long nanos) throws InterruptedIOException {
    try {
      return pieces.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(server + ": interrupted");
    }
  }

  @Override
  public void close() {
    Flow.@Nullable Subscription source = subscription;
    if (source != null) {
      source.cancel();
    }
    current = new Piece(List.of(), true, Optional.empty());
  }
}
