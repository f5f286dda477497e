// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Package URLs in canonical form (the purl specification): each part percent-encoded, names in the
 * spelling of their type, nothing that is empty.
 */
public final class Purl {
  private static final String RPM = "rpm";
  private static final String PLAIN = ".-_~:";
  private static final String DIGITS = "0123456789ABCDEF";

  private Purl() {}

  /**
   * Returns the URL of a wheel on the index.
   *
   * @param distribution the normalized name of the distribution (PEP 503)
   */
  public static String ofWheel(String distribution, String version, String fileName) {
    return "pkg:pypi/" + encode(distribution) + version(version) + qualifier("file_name", fileName);
  }

  /**
   * Returns the URL of a distribution's package. Types deb and apk have lower-case names; type rpm
   * keeps the letters, and has the epoch as a qualifier.
   */
  static String of(InstalledPackage installed) {
    return installed.type().equals(RPM) ? ofRpm(installed) : ofOther(installed);
  }

  private static String ofRpm(InstalledPackage installed) {
    String version = installed.version();
    int colon = version.indexOf(':');
    String architecture = qualifier("arch", installed.architecture());
    String epoch = colon < 0 ? "" : "epoch=" + encode(version.substring(0, colon));
    String join = epoch.isEmpty() ? "" : architecture.isEmpty() ? "?" : "&";
    return "pkg:rpm/"
        + encode(installed.distribution().toLowerCase(Locale.ROOT))
        + "/"
        + encode(installed.name())
        + version(version.substring(colon + 1))
        + architecture
        + join
        + epoch;
  }

  private static String ofOther(InstalledPackage installed) {
    return "pkg:"
        + installed.type()
        + "/"
        + encode(installed.distribution().toLowerCase(Locale.ROOT))
        + "/"
        + encode(installed.name().toLowerCase(Locale.ROOT))
        + version(installed.version())
        + qualifier("arch", installed.architecture());
  }

  private static String version(String version) {
    return version.isEmpty() ? "" : "@" + encode(version);
  }

  private static String qualifier(String key, String value) {
    return value.isEmpty() ? "" : "?" + key + "=" + encode(value);
  }

  private static String encode(String text) {
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
