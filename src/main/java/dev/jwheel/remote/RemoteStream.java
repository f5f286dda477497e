// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.IOException;
import java.io.InputStream;

/**
 * The answer to a request while it arrives. Closing it before its end gives up the rest.
 *
 * @param head the answer without its body
 * @param body the body; reading it fails where the connection breaks or the server is too slow
 */
public record RemoteStream(RemoteResponse head, InputStream body) implements AutoCloseable {

  @Override
  public void close() throws IOException {
    body.close();
  }
}
