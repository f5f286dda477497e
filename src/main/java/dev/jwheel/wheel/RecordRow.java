package dev.jwheel.wheel;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row of {@code RECORD}.
 *
 * @param path the file's path from the root of the wheel
 * @param hash the algorithm and the digest, {@code sha256=} and unpadded base64 of RFC 4648 section
 *     5; empty where none is stated
 * @param size the file's size in bytes; empty where none is stated
 */
public record RecordRow(String path, Optional<String> hash, OptionalLong size) {

  /** The row of a file with its digest. */
  public static RecordRow of(String path, String hash, long size) {
    return new RecordRow(path, Optional.of(hash), OptionalLong.of(size));
  }

  /** The row of a file that cannot be hashed, {@code RECORD} itself. */
  public static RecordRow unhashed(String path) {
    return new RecordRow(path, Optional.empty(), OptionalLong.empty());
  }
}
