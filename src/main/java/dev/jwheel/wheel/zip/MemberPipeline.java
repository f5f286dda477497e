// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Writes members in their order while workers hash and deflate what comes after. Members are cut
 * into pieces of work; pieces are handed out until their content in memory reaches a budget, then
 * the oldest is written. So the order is that of the members, whatever the timing, and memory does
 * not grow with the archive.
 */
final class MemberPipeline {

  /** Members up to this size are one piece of work; the compressed bytes do not depend on it. */
  private static final int WHOLE = 4 * ContentBuffer.SIZE;

  private static final long BUDGET_PER_WORKER = 8L << 20;

  private final ZipOutput output;
  private final ExecutorService workers;
  private final BlockDeflater deflater;
  private final boolean storing;
  private final long budget;
  private final WriteProgress progress;

  private final BufferPool blocks = new BufferPool();
  private final Deque<PendingPiece> pieces = new ArrayDeque<>();
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
          addCopied(copied);
        } else if (source instanceof MemberSource.Fresh fresh) {
          addFresh(fresh);
        }
      }
      while (!pieces.isEmpty()) {
        writeOldest();
      }
      return written;
    } finally {
      for (PendingPiece piece : pieces) {
        piece.cancel();
      }
    }
  }

  private void add(PendingPiece piece) throws IOException {
    pieces.add(piece);
    outstanding += piece.cost();
    while (outstanding > budget) {
      writeOldest();
    }
  }

  private void writeOldest() throws IOException {
    PendingPiece piece = pieces.remove();
    outstanding -= piece.cost();
    piece.write();
    done += piece.size();
    progress.advanced(piece.name(), done, total);
  }

  private void addCopied(MemberSource.Copied source) throws IOException {
    if (source.keepsCompressedBytes()) {
      add(new CopiedPiece(source));
    } else {
      addFresh(source.fresh());
    }
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
    try (InputStream content = source.content().open()) {
      ContentBuffer block = blocks.take();
      block.begin();
      for (long left = source.size() - fill(block, source, content, source.size()); left > 0; ) {
        block.addTo(digest);
        ContentBuffer next = blocks.take();
        next.follow(block);
        add(new Block(source.name(), target, block.length(), deflate(block, false)));
        left -= fill(next, source, content, left);
        block = next;
      }
      requireEnd(source, content);
      block.addTo(digest);
      add(new LastBlock(source.name(), target, block.length(), deflate(block, true), digest));
    }
  }

  private Future<byte[]> deflate(ContentBuffer block, boolean last) {
    if (storing) {
      byte[] content = block.toArray();
      blocks.give(block);
      return CompletableFuture.completedFuture(content);
    }
    return workers.submit(
        () -> {
          byte[] deflated = deflater.deflate(block, last);
          blocks.give(block);
          return deflated;
        });
  }

  private int method(MemberSource.Fresh source) {
    return storing || source.size() == 0 ? ZipMember.STORED : ZipMember.DEFLATED;
  }

  private static int fill(
      ContentBuffer block, MemberSource.Fresh source, InputStream content, long left)
      throws IOException {
    int size = (int) Math.min(ContentBuffer.SIZE, left);
    if (block.fill(content, size) < size) {
      throw new IOException(
          source.name() + ": its new content ends " + left + " bytes before its stated size");
    }
    return size;
  }

  private static void requireEnd(MemberSource.Fresh source, InputStream content)
      throws IOException {
    if (content.read() >= 0) {
      throw new IOException(source.name() + ": its new content is larger than its stated size");
    }
  }

  /** What a worker makes of a member. */
  private record Deflated(List<byte[]> data, long crc, String sha256) {}

  private Deflated deflateWhole(MemberSource.Fresh source) throws IOException {
    Digest digest = new Digest();
    List<byte[]> data = new ArrayList<>();
    ContentBuffer block = blocks.take();
    block.begin();
    try (InputStream content = source.content().open()) {
      for (long left = source.size(); left > 0; ) {
        left -= fill(block, source, content, left);
        block.addTo(digest);
        data.add(storing ? block.toArray() : deflater.deflate(block, left == 0));
        block.follow(block);
      }
      requireEnd(source, content);
    }
    blocks.give(block);
    return new Deflated(data, digest.crc(), digest.sha256());
  }

  private static String hash(MemberSource.Copied source) throws IOException {
    try (InputStream content = source.archive().open(source.member())) {
      return Digest.sha256(content, source.size());
    }
  }

  private final class CopiedPiece extends PendingPiece {
    private final MemberSource.Copied source;
    private final Future<String> sha256;

    CopiedPiece(MemberSource.Copied source) {
      super(source.name(), source.size(), 0);
      this.source = source;
      this.sha256 =
          source.sha256().isPresent()
              ? CompletableFuture.completedFuture(source.sha256().get())
              : workers.submit(() -> hash(source));
    }

    @Override
    void write() throws IOException {
      ZipMember member = source.member();
      String hash = Futures.await(sha256);
      MemberHeader header = MemberHeader.of(source);
      long start = output.position();
      output.append(header.local(member.crc32(), member.compressedSize()));
      source.archive().copyTo(output, member);
      output.list(header.central(member.crc32(), member.compressedSize(), start));
      written.add(new WrittenMember(member.name(), member.size(), hash));
    }

    @Override
    void cancel() {
      sha256.cancel(false);
    }
  }

  private final class WholePiece extends PendingPiece {
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
      Deflated result = Futures.await(deflated);
      FreshOutput target = new FreshOutput(output, source, method(source));
      for (byte[] data : result.data()) {
        target.append(data);
      }
      written.add(target.finish(result.crc(), result.sha256()));
    }

    @Override
    void cancel() {
      deflated.cancel(false);
    }
  }

  private static class Block extends PendingPiece {
    final FreshOutput target;
    private final Future<byte[]> data;

    Block(String name, FreshOutput target, int size, Future<byte[]> data) {
      super(name, size, size);
      this.target = target;
      this.data = data;
    }

    @Override
    void write() throws IOException {
      target.append(Futures.await(data));
    }

    @Override
    void cancel() {
      data.cancel(false);
    }
  }

  private final class LastBlock extends Block {
    private final Digest digest;

    LastBlock(String name, FreshOutput target, int size, Future<byte[]> data, Digest digest) {
      super(name, target, size, data);
      this.digest = digest;
    }

    @Override
    void write() throws IOException {
      super.write();
      written.add(target.finish(digest.crc(), digest.sha256()));
    }
  }
}
