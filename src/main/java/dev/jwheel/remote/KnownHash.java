// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The hash that a file has to have.
 *
 * @param algorithm the algorithm, as hashlib names it: {@code sha256}
 * @param value the hash in hexadecimal small letters
 */
public record KnownHash(String algorithm, String value) {

  /** From the strongest on, by the names of hashlib, each with that of the JDK. */
  private static final String[][] ALGORITHMS = {
    {"sha512", "SHA-512"},
    {"sha384", "SHA-384"},
    {"sha256", "SHA-256"},
    {"sha224", "SHA-224"},
    {"sha1", "SHA-1"},
    {"md5", "MD5"}
  };

  /** The strongest of the hashes that is understood. */
  public static Optional<KnownHash> strongest(Map<String, String> hashes) {
    for (String[] algorithm : ALGORITHMS) {
      String value = hashes.getOrDefault(algorithm[0], "");
      if (!value.isEmpty()) {
        return Optional.of(new KnownHash(algorithm[0], value.toLowerCase(Locale.ROOT)));
      }
    }
    return Optional.empty();
  }

  /** The hashes that the fragment of an address states (PEP 503): {@code sha256=...}. */
  public static Map<String, String> ofFragment(String fragment) {
    Map<String, String> hashes = new HashMap<>();
    for (String pair : fragment.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        hashes.put(pair.substring(0, equals), pair.substring(equals + 1).toLowerCase(Locale.ROOT));
      }
    }
    return hashes;
  }

  MessageDigest digest() {
    for (String[] known : ALGORITHMS) {
      if (known[0].equals(algorithm)) {
        try {
          return MessageDigest.getInstance(known[1]);
        } catch (NoSuchAlgorithmException e) {
          throw new IllegalStateException(e); // every JDK has these
        }
      }
    }
    throw new IllegalArgumentException(algorithm);
  }

  /**
   * Requires that what a digest has taken has this hash.
   *
   * @param place names the file in the message
   */
  void require(MessageDigest digest, String place) throws RemoteException {
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(value)) {
      throw new RemoteException(
          RemoteException.Kind.ODD_ANSWER,
          place + ": its " + algorithm + " is " + found + ", expected " + value);
    }
  }
}
