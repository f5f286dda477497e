// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import dev.jwheel.io.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** CRC-32 and SHA-256 of a content, computed together. */
public final class Digest {
  private static final int BUFFER = 64 << 10;
  private static final int CHUNK = 1 << 20;

  private final CRC32 crc = new CRC32();
  private final MessageDigest sha256 = newSha256();

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The SHA-256 of a content as {@code RECORD} has it, in unpadded base64 of RFC 4648 section 5.
   */
  public static String sha256(byte[] content) {
    MessageDigest sha256 = newSha256();
    sha256.update(content);
    return text(sha256);
  }

  /**
   * The SHA-256 of a stream, which is read to its end, where it may find fault with itself.
   *
   * @param size how much is expected
   */
  static String sha256(InputStream content, long size) throws IOException {
    MessageDigest sha256 = newSha256();
    byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, size))];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      sha256.update(buffer, 0, count);
    }
    return text(sha256);
  }

  /** Returns the SHA-256 of a content in hexadecimal digits. */
  public static String sha256Hex(ByteSource content) throws IOException {
    MessageDigest sha256 = newSha256();
    for (long at = 0; at < content.size(); at += CHUNK) {
      sha256.update(content.slice(at, (int) Math.min(CHUNK, content.size() - at)));
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static String text(MessageDigest digest) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
  }

  void update(byte[] bytes, int offset, int length) {
    crc.update(bytes, offset, length);
    sha256.update(bytes, offset, length);
  }

  /** The CRC-32 of what was added, unsigned. */
  long crc() {
    return crc.getValue();
  }

  /** The SHA-256 of what was added, in unpadded URL-safe base64; to be called once. */
  String sha256() {
    return text(sha256);
  }
}
