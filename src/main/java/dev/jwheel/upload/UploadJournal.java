// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.io.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far an upload is, in a file: what was sent, what is being sent, what is there. A run that is
 * killed leaves it, and the same command goes on from there. It is written before a file is sent
 * and after, each time as a whole.
 */
public final class UploadJournal {
  /** The usual name; it lies beside the first file. */
  public static final String NAME = ".jwheel-upload.json";

  private static final int MAX_BYTES = 16 << 20;

  private final Optional<Path> path;
  private final Map<Key, State> states;

  /**
   * A file that was sent somewhere. Other bytes under the same name are another file.
   *
   * @param repository the address it was sent to
   * @param fileName its name
   * @param sha256 its hash
   */
  record Key(String repository, String fileName, String sha256) {}

  /** How far a file is. */
  enum State {
    /** It was sent, and there is no answer yet. */
    SENDING,
    /** The repository has it. */
    THERE,
    /** The repository does not have it, or not these bytes. */
    NOT_THERE
  }

  private UploadJournal(Optional<Path> path, Map<Key, State> states) {
    this.path = path;
    this.states = states;
  }

  /** A journal that is forgotten with the run. */
  public static UploadJournal none() {
    return new UploadJournal(Optional.empty(), new LinkedHashMap<>());
  }

  /**
   * The journal in a file, which need not be there yet.
   *
   * @throws IOException if it cannot be read, or is not a journal
   */
  public static UploadJournal open(Path path) throws IOException {
    Map<Key, State> states = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(path + ": is longer than 16 MiB, expected the journal of an upload");
      }
      states.putAll(JournalText.parse(path, bytes));
    } catch (NoSuchFileException e) {
      states.clear(); // the first run
    }
    return new UploadJournal(Optional.of(path), states);
  }

  Optional<State> state(Key key) {
    return Optional.ofNullable(states.get(key));
  }

  /** Writes down how far a file is. */
  void set(Key key, State state) throws IOException {
    if (states.put(key, state) != state) {
      write();
    }
  }

  private void write() throws IOException {
    if (path.isEmpty()) {
      return;
    }
    try (OutputFile output = OutputFile.create(path.get())) {
      ByteBuffer bytes = ByteBuffer.wrap(JournalText.of(states));
      try {
        while (bytes.hasRemaining()) {
          output.channel().write(bytes);
        }
      } catch (IOException e) {
        throw output.named(e);
      }
      output.force();
      output.commit();
    }
  }

  /** Removes it: everything is there, and the next run asks the repository again. */
  void delete() throws IOException {
    states.clear();
    if (path.isPresent()) {
      Files.deleteIfExists(path.get());
    }
  }
}
