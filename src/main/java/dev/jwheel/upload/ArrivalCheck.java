// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.remote.SimpleFile;
import dev.jwheel.remote.SimpleIndex;
import dev.jwheel.upload.Arrival.State;
import java.io.IOException;
import java.util.Optional;

/** Asks the simple index that shows what a repository has whether it has a file. */
public final class ArrivalCheck {
  private final Optional<SimpleIndex> index;

  /**
   * @param index the index; none where nobody can be asked
   */
  public ArrivalCheck(Optional<SimpleIndex> index) {
    this.index = index;
  }

  /** Whether there is an index to ask. */
  boolean isPossible() {
    return index.isPresent();
  }

  Arrival of(Distribution file) throws InterruptedException {
    if (index.isEmpty()) {
      return new Arrival(State.UNKNOWN, "--check-url would say which bytes are there");
    }
    try {
      for (SimpleFile listed : index.get().files(file.project())) {
        if (listed.fileName().equals(file.fileName())) {
          return compared(file, listed);
        }
      }
      return Arrival.of(State.ABSENT);
    } catch (IOException e) {
      return new Arrival(State.UNKNOWN, String.valueOf(e.getMessage()));
    }
  }

  private static Arrival compared(Distribution file, SimpleFile listed) {
    String sha256 = listed.hashes().getOrDefault("sha256", "");
    if (sha256.isEmpty()) {
      return new Arrival(State.UNKNOWN, "the index lists it without a SHA-256");
    }
    return sha256.equals(file.sha256())
        ? Arrival.of(State.SAME)
        : new Arrival(State.DIFFERENT, sha256);
  }
}
