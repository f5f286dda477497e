// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.net.URI;
import java.util.Locale;

/**
 * The origin of an address (RFC 6454): credentials are for one origin only.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in small letters
 * @param port the port, the scheme's own where the address has none
 */
public record Origin(String scheme, String host, int port) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** The origin of an absolute address of HTTP. */
  public static Origin of(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    int port = address.getPort();
    if (port < 0) {
      port = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }
    return new Origin(scheme, String.valueOf(address.getHost()).toLowerCase(Locale.ROOT), port);
  }

  /** Whether nobody on a network can read along: encrypted, or this very machine. */
  public boolean isPrivate() {
    return scheme.equals("https")
        || host.equals("localhost")
        || host.equals("[::1]")
        || isLoopback();
  }

  private boolean isLoopback() {
    return host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
  }

  /** As in an address: {@code https://host:8080}. */
  @Override
  public String toString() {
    boolean usual = port == (scheme.equals("https") ? HTTPS_PORT : HTTP_PORT);
    return scheme + "://" + host + (usual ? "" : ":" + port);
  }
}
