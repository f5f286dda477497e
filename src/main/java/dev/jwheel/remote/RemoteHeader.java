// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

/**
 * A header field of HTTP.
 *
 * @param name the field's name as it is written
 * @param value its value, without line ends
 */
public record RemoteHeader(String name, String value) {

  /** Whether the value proves who the sender is and must not be shown. */
  public boolean secret() {
    return name.equalsIgnoreCase("Authorization")
        || name.equalsIgnoreCase("Proxy-Authorization")
        || name.equalsIgnoreCase("Cookie")
        || name.equalsIgnoreCase("Set-Cookie");
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return name + ": " + (secret() ? "***" : value);
  }
}
