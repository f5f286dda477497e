// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An address of HTTP as a user gives it, split into the address and the credentials in it.
 *
 * @param uri the address without credentials and fragment
 * @param username the user's name in the address
 * @param password the password in the address
 */
public record RemoteAddress(URI uri, Optional<String> username, Optional<String> password) {

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is not one of HTTP; the message shows no credentials
   */
  public static RemoteAddress parse(String text) {
    String shown = withoutCredentials(text);
    try {
      URI uri = new URI(text.strip());
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new IllegalArgumentException(shown + " is not an address: expected https://...");
      }
      if (uri.getHost() == null) {
        throw new IllegalArgumentException(shown + " has no host name, expected https://HOST/...");
      }
      return split(uri, scheme);
    } catch (URISyntaxException e) {
      // The reason, not the message, which would hold the whole text.
      throw new IllegalArgumentException(shown + " is not an address: " + e.getReason());
    }
  }

  private static RemoteAddress split(URI uri, String scheme) throws URISyntaxException {
    String user = uri.getRawUserInfo();
    StringBuilder bare = new StringBuilder(scheme).append("://").append(uri.getHost());
    if (uri.getPort() >= 0) {
      bare.append(':').append(uri.getPort());
    }
    String path = uri.getRawPath();
    bare.append(path == null || path.isEmpty() ? "/" : path);
    if (uri.getRawQuery() != null) {
      bare.append('?').append(uri.getRawQuery());
    }
    URI address = new URI(bare.toString());
    if (user == null || user.isEmpty()) {
      return new RemoteAddress(address, Optional.empty(), Optional.empty());
    }
    int colon = user.indexOf(':');
    return colon < 0
        ? new RemoteAddress(address, Optional.of(decode(user)), Optional.empty())
        : new RemoteAddress(
            address,
            Optional.of(decode(user.substring(0, colon))),
            Optional.of(decode(user.substring(colon + 1))));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The text with everything between {@code //} and the last {@code @} before the path hidden. */
  private static String withoutCredentials(String text) {
    int start = text.indexOf("//");
    int from = start < 0 ? 0 : start + 2;
    int slash = text.indexOf('/', from);
    int at = text.lastIndexOf('@', slash < 0 ? text.length() : slash);
    if (at < from) {
      // A password may hold a slash that nobody encoded.
      at = text.lastIndexOf('@');
    }
    return at < from ? text : text.substring(0, from) + "***" + text.substring(at);
  }

  /** The address without credentials. */
  @Override
  public String toString() {
    return uri.toString();
  }
}
