// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The names of files on servers, which become names of files here. */
final class RemoteName {
  private static final int LONGEST = 255;

  private RemoteName() {}

  /** The last part of an address's path, decoded; empty where it cannot be a file's name. */
  static String of(URI address) {
    String path = String.valueOf(address.getRawPath());
    String last = path.substring(path.lastIndexOf('/') + 1);
    try {
      return checked(URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** The name if it is one of a distribution and of a file on every system; empty otherwise. */
  static String checked(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      if (!plain && "._-+!~".indexOf(c) < 0) {
        return "";
      }
    }
    boolean distribution = name.endsWith(".whl") || name.endsWith(".tar.gz");
    return distribution && name.charAt(0) != '.' && name.length() <= LONGEST ? name : "";
  }
}
