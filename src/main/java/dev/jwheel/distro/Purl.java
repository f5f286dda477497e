package dev.jwheel.distro;

import java.nio.charset.StandardCharsets;

/** Package URLs (the purl specification): their percent encoding, and those of wheels. */
public final class Purl {
  private static final String PLAIN = ".-_~:";
  private static final String DIGITS = "0123456789ABCDEF";

  private Purl() {}

  /** The URL of a wheel on the index. */
  public static String ofWheel(String distribution, String version, String fileName) {
    return "pkg:pypi/"
        + encode(distribution)
        + "@"
        + encode(version)
        + "?file_name="
        + encode(fileName);
  }

  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isAlphanumeric(c) || PLAIN.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 0xf));
      }
    }
    return encoded.toString();
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
