// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import dev.jwheel.io.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * Writes a zip archive: to a temporary file beside its target, which takes the target's name when
 * all is written and vanishes otherwise.
 *
 * <p>Members that stay what they are keep their compressed bytes; new ones are deflated on several
 * threads. Headers are as plain as can be, and nothing stands between them, so that the package
 * index takes the archive whatever the members come from. The archive depends on the members, the
 * level and the JDK's zlib, and not on the number of threads.
 *
 * <p>For one thread, except {@link #close()}, which any thread may call at any time.
 */
public final class ZipWriter implements AutoCloseable {
  private static final int BEST = 9;

  private final Path target;
  private final OutputFile file;
  private final ZipOutput output;
  private final int threads;
  private final boolean storing;
  private final BlockDeflater deflater;
  private final ExecutorService workers;
  private final WriteProgress progress;
  private final Set<String> names = new HashSet<>();
  private Optional<String> objection = Optional.empty();

  /** Whether the archive has reached the disk, for which nobody who reads it back has to wait. */
  private Future<Boolean> durable = CompletableFuture.completedFuture(false);

  private ZipWriter(Path target, OutputFile file, int level, int threads, WriteProgress progress) {
    this.target = target;
    this.file = file;
    this.output = new ZipOutput(file);
    this.threads = threads;
    this.storing = level == 0;
    this.deflater = new BlockDeflater(level);
    this.workers = Executors.newFixedThreadPool(threads, daemons());
    this.progress = progress;
  }

  private static ThreadFactory daemons() {
    return new ThreadFactory() {
      @Override
      public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "zip-writer");
        thread.setDaemon(true);
        return thread;
      }
    };
  }

  /**
   * Begins an archive.
   *
   * @param target the file that the archive becomes in the end, as {@link OutputFile} says
   * @param level how well to compress, from 0 (new members are stored) to 9
   * @param threads how many workers hash and deflate
   * @param progress hears how far the writing is
   */
  public static ZipWriter create(Path target, int level, int threads, WriteProgress progress)
      throws IOException {
    if (level < 0 || level > BEST) {
      throw new IllegalArgumentException("level " + level + ", expected 0 to 9");
    }
    return new ZipWriter(target, OutputFile.create(target), level, threads, progress);
  }

  /**
   * Writes members behind those that were written before. The content of copied ones is checked on
   * the way.
   *
   * @return the members, in the same order, as they were written
   * @throws WheelFormatException if the content of a copied member is damaged
   * @throws IllegalArgumentException if a name occurs twice or leads out of the archive
   */
  public List<WrittenMember> write(List<? extends MemberSource> sources)
      throws IOException, WheelFormatException {
    for (MemberSource source : sources) {
      String escape = MemberName.escape(source.name());
      if (!escape.isEmpty() || !names.add(source.name())) {
        throw new IllegalArgumentException(
            source.name() + ": " + (escape.isEmpty() ? "is written twice" : escape));
      }
    }
    return new ArrayList<>(
        new MemberPipeline(output, workers, threads, deflater, storing, progress).write(sources));
  }

  /**
   * Completes the archive, which still has a temporary name.
   *
   * @return the file, for reading; once it is closed again, other processes may take it for left
   *     behind
   */
  public Path finish() throws IOException {
    output.finish();
    durable =
        workers.submit(
            () -> {
              file.force();
              return true;
            });
    return file.path();
  }

  /**
   * Makes the target, which exists, stay: the archive takes its name only if it has the same bytes.
   *
   * @param problem the message if it has others
   */
  public void keepTarget(String problem) {
    objection = Optional.of(problem);
  }

  /**
   * Gives the finished archive, once it is durable, the target's name.
   *
   * @throws IOException if that fails, the writer was closed before, or a target that stays is
   *     another archive
   */
  public void commit() throws IOException {
    Futures.await(durable);
    if (objection.isPresent()) {
      if (!Files.isRegularFile(target) || Files.mismatch(file.path(), target) >= 0) {
        throw new IOException(objection.get());
      }
      return;
    }
    file.commit();
  }

  /** Frees what the writer holds; removes what was written, unless it was committed. */
  @Override
  public void close() throws IOException {
    workers.shutdown();
    deflater.close();
    file.close();
  }
}
