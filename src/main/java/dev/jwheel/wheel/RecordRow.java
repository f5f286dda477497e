// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
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
  private static final String HEX = "0123456789abcdefABCDEF";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** The row of a file with its digest. */
  public static RecordRow of(String path, String hash, long size) {
    return new RecordRow(path, Optional.of(hash), OptionalLong.of(size));
  }

  /**
   * Whether a hash is stated that no content can have: of an unknown algorithm, or not of the
   * length and the characters of its digests, such as {@code sha256=b'...='}.
   */
  public boolean statesMalformedHash() {
    if (hash.isEmpty()) {
      return false;
    }
    String text = hash.get();
    int equals = text.indexOf('=');
    int bytes =
        switch (text.substring(0, Math.max(0, equals)).toLowerCase(Locale.ROOT)) {
          case "md5" -> 16;
          case "sha1" -> 20;
          case "sha224" -> 28;
          case "sha256" -> 32;
          case "sha384" -> 48;
          case "sha512" -> 64;
          default -> 0;
        };
    String digest = withoutPadding(text.substring(equals + 1));
    boolean base64 = digest.length() == (8 * bytes + 5) / 6 && consistsOf(digest, BASE64);
    return bytes == 0 || !base64 && !(digest.length() == 2 * bytes && consistsOf(digest, HEX));
  }

  private static boolean consistsOf(String text, String characters) {
    return text.chars().allMatch(c -> characters.indexOf(c) >= 0);
  }

  private static String withoutPadding(String digest) {
    int end = digest.length();
    while (end > 0 && digest.charAt(end - 1) == '=') {
      end--;
    }
    return digest.substring(0, end);
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
    return withoutPadding(stated).equals(digest)
        || stated.equalsIgnoreCase(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(digest)));
  }

  /** The row of a file that cannot be hashed, {@code RECORD} itself. */
  public static RecordRow unhashed(String path) {
    return new RecordRow(path, Optional.empty(), OptionalLong.empty());
  }
}
