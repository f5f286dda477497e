// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.remote.RemoteHeader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who uploads (RFC 7617).
 *
 * @param username the user's name; {@code __token__} where the password is a token
 * @param password the password or token
 * @param source where they were found, for people
 */
public record Credentials(String username, String password, String source) {
  static final String TOKEN_USER = "__token__";

  /** The header field that proves who asks; it is sent with the first request already. */
  public RemoteHeader authorization() {
    return new RemoteHeader("Authorization", "Basic " + pair());
  }

  /** Name and password as they travel. */
  String pair() {
    byte[] bytes = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return username + ":*** (" + source + ")";
  }
}
