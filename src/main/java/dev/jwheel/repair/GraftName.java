package dev.jwheel.repair;

import dev.jwheel.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of grafted libraries: {@code libbar-0b2f2c61.so.1.2.3} for {@code libbar.so.1.2.3}. */
final class GraftName {
  private static final int DIGITS = 8;
  private static final int CHUNK = 1 << 20;

  private GraftName() {}

  /**
   * The name a library gets: the beginning of its content's hash behind the part before the first
   * dot, unless it stands there already. No two contents share a name, so no wheel's library is
   * taken for another's.
   *
   * @param fileName the name of the real file
   * @param sha256 the SHA-256 of its content in hexadecimal digits
   */
  static String of(String fileName, String sha256) {
    int dot = fileName.indexOf('.');
    String base = dot < 0 ? fileName : fileName.substring(0, dot);
    String rest = dot < 0 ? "" : fileName.substring(dot);
    String hash = "-" + sha256.substring(0, DIGITS);
    return base.endsWith(hash) ? fileName : base + hash + rest;
  }

  /** The SHA-256 of a content, in hexadecimal digits. */
  static String sha256(ByteSource content) throws IOException {
    return HexFormat.of().formatHex(digest(content));
  }

  private static byte[] digest(ByteSource content) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    for (long at = 0; at < content.size(); at += CHUNK) {
      ByteBuffer chunk = content.slice(at, (int) Math.min(CHUNK, content.size() - at));
      digest.update(chunk);
    }
    return digest.digest();
  }
}
