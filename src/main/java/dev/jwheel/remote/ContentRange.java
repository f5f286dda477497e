// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.util.Optional;

/**
 * Which bytes of a file an answer holds: the header field {@code Content-Range} (RFC 9110, 14.4).
 *
 * @param first the first of them, in bytes from the start of the file
 * @param last the last of them
 * @param total the size of the file
 */
record ContentRange(long first, long last, long total) {
  private static final String UNIT = "bytes ";

  /** Reads a field; empty where it does not state all three numbers, or they contradict. */
  static Optional<ContentRange> parse(String field) {
    int hyphen = field.indexOf('-');
    int slash = field.indexOf('/');
    if (!field.startsWith(UNIT) || hyphen < 0 || slash < hyphen) {
      return Optional.empty();
    }
    try {
      ContentRange range =
          new ContentRange(
              Long.parseLong(field.substring(UNIT.length(), hyphen).strip()),
              Long.parseLong(field.substring(hyphen + 1, slash).strip()),
              Long.parseLong(field.substring(slash + 1).strip()));
      boolean sound = 0 <= range.first && range.first <= range.last && range.last < range.total;
      return sound ? Optional.of(range) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  long length() {
    return last - first + 1;
  }
}
