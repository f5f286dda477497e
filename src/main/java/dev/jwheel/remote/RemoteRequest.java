// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request of HTTP.
 *
 * @param method the method, such as {@code POST}
 * @param address the absolute address, without credentials
 * @param headers the header fields besides those that describe the connection
 * @param body the bytes it carries, if any
 */
public record RemoteRequest(
    String method, URI address, List<RemoteHeader> headers, Optional<RequestBody> body) {

  public RemoteRequest {
    headers = List.copyOf(headers);
  }

  /** A request for what is at an address. */
  public static RemoteRequest get(URI address) {
    return new RemoteRequest("GET", address, List.of(), Optional.empty());
  }

  /** A request that gives something to an address. */
  public static RemoteRequest post(URI address, RequestBody body) {
    return new RemoteRequest("POST", address, List.of(), Optional.of(body));
  }

  /** The request with one more header field. */
  public RemoteRequest with(String name, String value) {
    List<RemoteHeader> more = new ArrayList<>(headers);
    more.add(new RemoteHeader(name, value));
    return new RemoteRequest(method, address, more, body);
  }

  /** The same request to another address. */
  public RemoteRequest to(URI other) {
    return new RemoteRequest(method, other, headers, body);
  }
}
