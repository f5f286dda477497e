// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import java.util.Base64;
import java.util.HexFormat;
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

  /** Whether the digest is stated as one of a certain algorithm: {@code sha256}. */
  public boolean statesHashOf(String algorithm) {
    return hash.isPresent() && hash.get().startsWith(algorithm + "=");
  }

  /**
   * Whether the stated digest is this one. Some builders write it with padding, some in hexadecimal
   * digits.
   *
   * @param digest in unpadded base64 of RFC 4648 section 5
   */
  public boolean statesDigest(String digest) {
    String stated = hash.map(text -> text.substring(text.indexOf('=') + 1)).orElse("");
    int end = stated.length();
    while (end > 0 && stated.charAt(end - 1) == '=') {
      end--;
    }
    return stated.substring(0, end).equals(digest)
        || stated.equalsIgnoreCase(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(digest)));
  }

  /** The row of a file that cannot be hashed, {@code RECORD} itself. */
  public static RecordRow unhashed(String path) {
    return new RecordRow(path, Optional.empty(), OptionalLong.empty());
  }
}
