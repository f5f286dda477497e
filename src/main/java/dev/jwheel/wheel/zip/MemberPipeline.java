package dev.jwheel.wheel.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Writes members in their order while workers hash and deflate what comes after. Members are cut
 * into pieces of work; pieces are handed out until their content in memory reaches a budget, then
 * the oldest is written. So the order is that of the members, whatever the timing, and memory does
 * not grow with the archive.
 */
final class MemberPipeline {

  /** Content is deflated in blocks of this many bytes; the compressed bytes depend on it. */
  static final int BLOCK = 1 << 20;

  /** Members up to this size are one piece of work; the compressed bytes do not depend on it. */
  private static final int WHOLE = 4 * BLOCK;

  private static final long BUDGET_PER_WORKER = 8L << 20;
  private static final long LEAST_COST = 16 << 10;
  private static final byte[] NOTHING = {};

  private final ZipOutput output;
  private final ExecutorService workers;
  private final BlockDeflater deflater;
  private final boolean storing;
  private final long budget;
  private final WriteProgress progress;

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private final List<WrittenMember> written = new ArrayList<>();
  private long outstanding;
  private long done;
  private long total;

  MemberPipeline(
      ZipOutput output,
      ExecutorService workers,
      int threads,
      BlockDeflater deflater,
      boolean storing,
      WriteProgress progress) {
    this.output = output;
    this.workers = workers;
    this.deflater = deflater;
    this.storing = storing;
    this.budget = threads * BUDGET_PER_WORKER;
    this.progress = progress;
  }

  /** Writes members and returns, in the same order, what was written. */
  List<WrittenMember> write(List<? extends MemberSource> sources) throws IOException {
    for (MemberSource source : sources) {
      total += source.size();
    }
    try {
      for (MemberSource source : sources) {
        if (source instanceof MemberSource.Copied copied) {
          add(new CopiedPiece(copied));
        } else if (source instanceof MemberSource.Fresh fresh) {
          addFresh(fresh);
        }
      }
      while (!pieces.isEmpty()) {
        writeOldest();
      }
      return written;
    } finally {
      for (Piece piece : pieces) {
        piece.cancel();
      }
    }
  }

  private void add(Piece piece) throws IOException {
    pieces.add(piece);
    outstanding += piece.cost();
    while (outstanding > budget) {
      writeOldest();
    }
  }

  private void writeOldest() throws IOException {
    Piece piece = pieces.remove();
    outstanding -= piece.cost();
    piece.write();
    done += piece.size();
    progress.advanced(piece.name(), done, total);
  }

  private void addFresh(MemberSource.Fresh source) throws IOException {
    if (source.size() <= WHOLE) {
      add(new WholePiece(source));
    } else {
      addBlocks(source);
    }
  }

  private void addBlocks(MemberSource.Fresh source) throws IOException {
    FreshOutput target = new FreshOutput(output, source, method(source));
    Digest digest = new Digest();
    byte[] previous = NOTHING;
    try (InputStream content = source.content().open()) {
      for (long left = source.size(); left > 0; ) {
        byte[] block = readBlock(source, content, left);
        digest.update(block);
        left -= block.length;
        boolean last = left == 0;
        if (last) {
          requireEnd(source, content);
        }
        Future<byte[]> data = deflate(previous, block, last);
        add(
            last
                ? new LastBlock(source.name(), target, data, block.length, digest)
                : new Block(source.name(), target, data, block.length));
        previous = block;
      }
    }
  }

  private Future<byte[]> deflate(byte[] previous, byte[] block, boolean last) {
    return storing
        ? CompletableFuture.completedFuture(block)
        : workers.submit(() -> deflater.deflate(previous, block, last));
  }

  private int method(MemberSource.Fresh source) {
    return storing || source.size() == 0 ? ZipMember.STORED : ZipMember.DEFLATED;
  }

  private static byte[] readBlock(MemberSource.Fresh source, InputStream content, long left)
      throws IOException {
    int size = (int) Math.min(BLOCK, left);
    byte[] block = content.readNBytes(size);
    if (block.length < size) {
      throw new IOException(
          source.name() + ": its new content ends " + left + " bytes before its stated size");
    }
    return block;
  }

  private static void requireEnd(MemberSource.Fresh source, InputStream content)
      throws IOException {
    if (content.read() >= 0) {
      throw new IOException(source.name() + ": its new content is larger than its stated size");
    }
  }

  /** What a worker makes of a member. */
  private record Deflated(byte[] data, long crc, String sha256) {}

  private Deflated deflateWhole(MemberSource.Fresh source) throws IOException {
    Digest digest = new Digest();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    byte[] previous = NOTHING;
    try (InputStream content = source.content().open()) {
      for (long left = source.size(); left > 0; ) {
        byte[] block = readBlock(source, content, left);
        digest.update(block);
        left -= block.length;
        data.writeBytes(storing ? block : deflater.deflate(previous, block, left == 0));
        previous = block;
      }
      requireEnd(source, content);
    }
    return new Deflated(data.toByteArray(), digest.crc(), digest.sha256());
  }

  private static String hash(MemberSource.Copied source) throws IOException {
    try (InputStream content = source.archive().open(source.member())) {
      return Digest.sha256(content);
    }
  }

  private static <T> T get(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing a wheel");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Work that was handed out and is written in its turn. */
  private abstract static class Piece {
    private final String name;
    private final long size;
    private final long cost;

    /**
     * @param size how much content it is
     * @param inMemory how much of it is held in memory
     */
    Piece(String name, long size, long inMemory) {
      this.name = name;
      this.size = size;
      this.cost = Math.max(LEAST_COST, inMemory);
    }

    String name() {
      return name;
    }

    long size() {
      return size;
    }

    long cost() {
      return cost;
    }

    abstract void write() throws IOException;

    /** Without interruption, which would close the archive that a worker reads. */
    abstract void cancel();
  }

  private final class CopiedPiece extends Piece {
    private final MemberSource.Copied source;
    private final Future<String> sha256;

    CopiedPiece(MemberSource.Copied source) {
      super(source.name(), source.size(), 0);
      this.source = source;
      this.sha256 = workers.submit(() -> hash(source));
    }

    @Override
    void write() throws IOException {
      ZipMember member = source.member();
      String hash = get(sha256);
      long offset = output.position();
      output.transfer(source.archive().file(), member.extent().header(), member.extent().end());
      output.list(CopiedHeader.at(member.centralHeader(), offset));
      written.add(new WrittenMember(member.name(), member.size(), hash));
    }

    @Override
    void cancel() {
      sha256.cancel(false);
    }
  }

  private final class WholePiece extends Piece {
    private final MemberSource.Fresh source;
    private final Future<Deflated> deflated;

    WholePiece(MemberSource.Fresh source) {
      super(source.name(), source.size(), source.size());
      Callable<Deflated> work = () -> deflateWhole(source);
      this.source = source;
      this.deflated = workers.submit(work);
    }

    @Override
    void write() throws IOException {
      Deflated result = get(deflated);
      FreshOutput target = new FreshOutput(output, source, method(source));
      target.append(result.data());
      written.add(target.finish(result.crc(), result.sha256()));
    }

    @Override
    void cancel() {
      deflated.cancel(false);
    }
  }

  private static class Block extends Piece {
    final FreshOutput target;
    private final Future<byte[]> data;

    Block(String name, FreshOutput target, Future<byte[]> data, int size) {
      super(name, size, size);
      this.target = target;
      this.data = data;
    }

    @Override
    void write() throws IOException {
      target.append(get(data));
    }

    @Override
    void cancel() {
      data.cancel(false);
    }
  }

  private final class LastBlock extends Block {
    private final Digest digest;

    LastBlock(String name, FreshOutput target, Future<byte[]> data, int size, Digest digest) {
      super(name, target, data, size);
      this.digest = digest;
    }

    @Override
    void write() throws IOException {
      super.write();
      written.add(target.finish(digest.crc(), digest.sha256()));
    }
  }
}
