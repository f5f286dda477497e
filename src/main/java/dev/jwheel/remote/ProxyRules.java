// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy a request goes through, by the environment variables {@code HTTPS_PROXY}, {@code
 * HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in capitals or small letters, the small ones
 * first, as curl reads them.
 */
public final class ProxyRules {
  private final Map<String, String> variables;

  /** A proxy: where it is, and what it is to know us by. */
  record Server(String host, int port, Optional<String> authorization) {}

  /**
   * @param variables the environment variables
   */
  public ProxyRules(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** Sends everything directly. */
  public static ProxyRules none() {
    return new ProxyRules(Map.of());
  }

  /**
   * The proxy for an address; none where it is reached directly.
   *
   * @throws IllegalArgumentException if a variable does not name a proxy of HTTP; the message shows
   *     no credentials
   */
  Optional<Server> proxyFor(URI address) {
    Origin origin = Origin.of(address);
    String name = origin.scheme() + "_proxy";
    String value = variable(name);
    if (value.isEmpty()) {
      name = "all_proxy";
      value = variable(name);
    }
    if (value.isEmpty() || isExcepted(origin)) {
      return Optional.empty();
    }
    return Optional.of(server(name.toUpperCase(Locale.ROOT), value));
  }

  private String variable(String small) {
    String value = variables.getOrDefault(small, "");
    // A web server gives the header "Proxy" of whoever asks to its programs as HTTP_PROXY.
    boolean untrusted = small.equals("http_proxy") && variables.containsKey("REQUEST_METHOD");
    return value.isEmpty() && !untrusted
        ? variables.getOrDefault(small.toUpperCase(Locale.ROOT), "").strip()
        : value.strip();
  }

  private static Server server(String variable, String value) {
    RemoteAddress address;
    try {
      address = RemoteAddress.parse(value.contains("://") ? value : "http://" + value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          variable + ": " + e.getMessage() + " (the proxy is expected as http://HOST:PORT)");
    }
    Origin origin = Origin.of(address.uri());
    if (!origin.scheme().equals("http")) {
      throw new IllegalArgumentException(
          variable + ": " + address + " is reached over TLS, expected a proxy at http://HOST:PORT");
    }
    return new Server(origin.host(), origin.port(), authorization(address));
  }

  private static Optional<String> authorization(RemoteAddress address) {
    if (address.username().isEmpty()) {
      return Optional.empty();
    }
    String pair = address.username().get() + ":" + address.password().orElse("");
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  private boolean isExcepted(Origin origin) {
    for (String entry : variable("no_proxy").toLowerCase(Locale.ROOT).split(",", -1)) {
      if (matches(entry.strip(), origin)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String entry, Origin origin) {
    if (entry.isEmpty()) {
      return false;
    }
    if (entry.equals("*") || Ipv4Range.contains(entry, origin.host())) {
      return true;
    }
    String host = entry;
    int colon = entry.lastIndexOf(':');
    if (colon > entry.lastIndexOf(']') && entry.indexOf(':') == colon) {
      if (!entry.substring(colon + 1).equals(String.valueOf(origin.port()))) {
        return false;
      }
      host = entry.substring(0, colon);
    }
    while (host.startsWith("*.") || host.startsWith(".")) {
      host = host.substring(host.indexOf('.') + 1);
    }
    String own = origin.host().replace("[", "").replace("]", "");
    host = host.replace("[", "").replace("]", "");
    return !host.isEmpty() && (own.equals(host) || own.endsWith("." + host));
  }
}
