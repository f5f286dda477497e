// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.net.URI;
import java.util.Optional;

/**
 * Where a file is on a server.
 *
 * @param address the address, without credentials
 * @param authorization proves who asks; sent to the origin of the address only
 * @param plainAllowed whether the user wants it although anybody on the way can read and change it;
 *     what is on this machine or encrypted needs no such wish
 */
public record RemoteLocation(
    URI address, Optional<RemoteHeader> authorization, boolean plainAllowed) {

  boolean mayAsk(URI other) {
    return plainAllowed || Origin.of(other).isPrivate();
  }

  /** Whether an answer may send the request on: credentials and encryption must not be lost. */
  boolean mayFollow(URI from, URI to) {
    if (Origin.of(from).equals(Origin.of(to))) {
      return true;
    }
    boolean encryptionLost =
        Origin.of(from).scheme().equals("https") && !Origin.of(to).scheme().equals("https");
    return authorization.isEmpty() && !encryptionLost;
  }
}
