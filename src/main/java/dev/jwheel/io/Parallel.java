// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/** The same work on many files, on all processors. */
public final class Parallel {

  /** What is done with one file; several threads do it at a time. */
  public interface Work<T, R> {
    R on(T file) throws IOException;
  }

  private Parallel() {}

  /** The results in the order of the files, whoever was done first. */
  public static <T, R> List<R> map(Collection<T> files, Work<T, R> work) throws IOException {
    try {
      return files.parallelStream().map(file -> unchecked(file, work)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static <T, R> R unchecked(T file, Work<T, R> work) {
    try {
      return work.on(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
