// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.metadata.FindingLevel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A place where a file breaks a rule.
 *
 * @param rule the rule
 * @param level how grave it is here
 * @param file the wheel or source distribution; for rules about a release, one of its files
 * @param member the member at fault; empty where the file as a whole is
 * @param subject the thing that breaks the rule: a symbol, a library, a tag, a field
 * @param message the problem in one sentence without the member, its length limited and without
 *     control characters
 */
public record CheckResult(
    CheckRule rule,
    FindingLevel level,
    String file,
    String member,
    String subject,
    String message) {
  private static final int HASH_DIGITS = 8;

  /** The result at another level. */
  public CheckResult at(FindingLevel other) {
    return new CheckResult(rule, other, file, member, subject, message);
  }

  /**
   * 32 hexadecimal digits that stay the same from release to release: over the rule, the file's
   * name without version and build number, the member without hashes of content, and the subject.
   */
  public String fingerprint() {
    return digest(key());
  }

  /** The fingerprint of the n-th result that would otherwise have the same one, from 1 on. */
  public String fingerprint(int repeated) {
    return digest(key() + '\0' + repeated);
  }

  private String key() {
    return String.join("\0", rule.id(), unversioned(file), unhashed(member), subject);
  }

  private static String digest(String key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** {@code foo-1.0-2-cp311-cp311-any.whl} becomes {@code foo-cp311-cp311-any.whl}. */
  private static String unversioned(String name) {
    String[] parts = name.split("-", -1);
    if (parts.length < 2) {
      return name;
    }
    if (!name.endsWith(".whl") || parts.length < 5) {
      return name.substring(0, name.lastIndexOf('-'));
    }
    int tags = parts.length - 3;
    return String.join("-", parts[0], parts[tags], parts[tags + 1], parts[tags + 2]);
  }

  /** {@code foo.libs/libz-0123abcd.so.1} becomes {@code foo.libs/libz.so.1}. */
  private static String unhashed(String path) {
    StringBuilder kept = new StringBuilder(path.length());
    int i = 0;
    while (i < path.length()) {
      if (path.charAt(i) == '-' && isHash(path, i + 1)) {
        i += 1 + HASH_DIGITS;
      } else {
        kept.append(path.charAt(i++));
      }
    }
    return kept.toString();
  }

  private static boolean isHash(String path, int start) {
    int end = start + HASH_DIGITS;
    if (end > path.length()) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if ("0123456789abcdef".indexOf(path.charAt(i)) < 0) {
        return false;
      }
    }
    return end == path.length() || "0123456789abcdef".indexOf(path.charAt(end)) < 0;
  }
}
