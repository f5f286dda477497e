// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.net.URI;
import java.util.Optional;

/** Where an answer sends the request to instead (RFC 9110, 15.4). */
public final class Redirect {
  private static final int MOVED = 301;
  private static final int FOUND = 302;
  private static final int SEE_OTHER = 303;
  private static final int TEMPORARY = 307;
  private static final int PERMANENT = 308;

  private Redirect() {}

  /** The address that an answer redirects to; empty where it does not, or names no address. */
  public static Optional<URI> target(URI address, RemoteResponse response) {
    boolean redirects =
        switch (response.status()) {
          case MOVED, FOUND, SEE_OTHER, TEMPORARY, PERMANENT -> true;
          default -> false;
        };
    Optional<String> location = response.header("Location");
    if (!redirects || location.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI target = address.resolve(URI.create(location.get().strip()));
      return target.getHost() == null ? Optional.empty() : Optional.of(bare(target));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Without the credentials and the fragment that a server may have put there. */
  private static URI bare(URI target) {
    return RemoteAddress.parse(target.toString()).uri();
  }

  /** Whether a request that is not a question is to be sent again to the new address. */
  public static boolean keepsMethod(RemoteResponse response) {
    return response.status() == TEMPORARY || response.status() == PERMANENT;
  }
}
