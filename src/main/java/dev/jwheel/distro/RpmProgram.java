// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jwheel.io.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The program {@code rpm}, which alone reads every format that the RPM database has had.
 *
 * @param command its name or path
 * @param seconds how long it may take
 * @param bytes how much it may print
 */
record RpmProgram(String command, long seconds, int bytes) {
  private static final int ERROR_BYTES = 1 << 16;
  private static final String ERROR = "error: ";

  /** A file that is not there is an error to rpm, although it has looked for its package. */
  private static final String NO_FILE = ERROR + "file /";

  /** A line for each package, and one for each of its files. */
  private static final String FORMAT =
      "package\\t%{NAME}\\t%{EPOCH}\\t%{VERSION}\\t%{RELEASE}\\t%{ARCH}\\n[\\t%{FILENAMES}\\n]";

  /** Returns the one of the search path, with limits that no system reaches. */
  static RpmProgram installed() {
    return new RpmProgram("rpm", 60, 128 << 20);
  }

  /**
   * Asks which packages own files.
   *
   * @param database the directory of the database, a path of the host
   * @param files absolute paths, which need not exist on the host
   * @return the lines of the answer
   * @throws IOException saying in one sentence why there is none
   */
  List<String> owners(String database, Collection<String> files) throws IOException {
    List<String> line = new ArrayList<>(List.of(command, "--dbpath", database));
    line.addAll(List.of("--nosignature", "--nodigest"));
    line.addAll(List.of("--query", "--queryformat", FORMAT, "--file"));
    line.addAll(files);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException("there is no rpm that can be started", e);
    }
    try {
      process.getOutputStream().close();
      return answer(process, files.size());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** The status is the number of files that belong to no package. */
  private List<String> answer(Process process, int files) throws IOException {
    CompletableFuture<byte[]> output = start(() -> process.getInputStream().readNBytes(bytes + 1));
    CompletableFuture<byte[]> errors = start(() -> beginning(process.getErrorStream()));
    byte[] answer = await(output);
    if (answer.length > bytes) {
      throw new IOException("rpm prints more than " + bytes + " bytes");
    }
    boolean answered = answer.length > 0;
    for (String line : SystemText.lines(new String(await(errors), UTF_8))) {
      if (line.startsWith(NO_FILE)) {
        answered = true;
      } else if (line.startsWith(ERROR)) {
        throw new IOException("rpm says: " + Printable.cut(line.substring(ERROR.length())));
      }
    }
    int status = await(process.onExit()).exitValue();
    if (!answered || status > files) {
      throw new IOException("rpm ends with status " + status);
    }
    return SystemText.lines(new String(answer, UTF_8));
  }

  /** Reads a stream to its end, so that its writer goes on, and keeps its beginning. */
  private static byte[] beginning(InputStream stream) throws IOException {
    byte[] beginning = stream.readNBytes(ERROR_BYTES);
    byte[] rest = new byte[ERROR_BYTES];
    while (stream.read(rest) >= 0) {
      // nobody wants it
    }
    return beginning;
  }

  private interface Reading {
    byte[] read() throws IOException;
  }

  /** Reads in a thread of its own: that it gives up does not depend on what the stream does. */
  private static CompletableFuture<byte[]> start(Reading reading) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return reading.read();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> {
          Thread thread = new Thread(task, "rpm");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("rpm does not answer within " + seconds + " seconds", e);
    } catch (ExecutionException e) {
      throw new IOException("the answer of rpm cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while rpm answers");
    }
  }
}
