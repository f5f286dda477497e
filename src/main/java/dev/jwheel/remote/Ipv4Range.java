// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

/** A range of IPv4 addresses as {@code NO_PROXY} may hold it: {@code 10.0.0.0/8} (RFC 4632). */
final class Ipv4Range {
  private static final int BITS = 32;
  private static final int MAX_DIGITS = 3;
  private static final int MAX_OCTET = 255;

  private Ipv4Range() {}

  /** Whether an entry is a range and a host is an address in it; nothing is looked up. */
  static boolean contains(String range, String host) {
    int slash = range.indexOf('/');
    if (slash < 0) {
      return false;
    }
    long network = address(range.substring(0, slash));
    long own = address(host);
    int bits = number(range.substring(slash + 1));
    if (network < 0 || own < 0 || bits < 0 || bits > BITS) {
      return false;
    }
    int shift = BITS - bits;
    return network >> shift == own >> shift;
  }

  private static long address(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return -1;
    }
    long address = 0;
    for (String part : parts) {
      int octet = number(part);
      if (octet < 0 || octet > MAX_OCTET) {
        return -1;
      }
      address = address << 8 | octet;
    }
    return address;
  }

  private static int number(String text) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && !text.isEmpty() && text.length() <= MAX_DIGITS ? Integer.parseInt(text) : -1;
  }
}
