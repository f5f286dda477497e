// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a request.
 *
 * @param status the status code
 * @param headers the values of each header field, by its name in small letters
 * @param body the bytes of the answer, or the first of them
 * @param complete whether the body is whole; false where it is longer than was asked for
 */
public record RemoteResponse(
    int status, Map<String, List<String>> headers, byte[] body, boolean complete) {

  public RemoteResponse {
    headers = Map.copyOf(headers);
  }

  /** The first value of a header field. */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.stream().findFirst();
  }

  /** The body as text in UTF-8; bytes that are not become U+FFFD. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
