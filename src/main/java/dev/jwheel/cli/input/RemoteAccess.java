// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.remote.Certificates;
import dev.jwheel.remote.ExchangeListener;
import dev.jwheel.remote.HttpTransport;
import dev.jwheel.remote.Origin;
import dev.jwheel.remote.ProxyRules;
import dev.jwheel.remote.RemoteAddress;
import dev.jwheel.remote.RemoteHeader;
import dev.jwheel.remote.SimpleIndex;
import dev.jwheel.upload.Credentials;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How files on servers are reached. Nothing of HTTP is loaded before a file is asked for. */
public final class RemoteAccess {

  /** The variables that name an index, those of pip and uv behind jwheel's own. */
  private static final List<String> INDEX_VARIABLES =
      List.of("JWHEEL_INDEX_URL", "PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL");

  private final Map<String, String> variables;
  private final String indexUrl;
  private final boolean plainAllowed;
  private final String userAgent;
  private final Consumer<String> notes;
  private @Nullable HttpTransport transport;

  /**
   * @param variables the environment variables
   * @param indexUrl the address of the index; empty where a variable may name it
   * @param plainAllowed whether servers may be asked that everybody on the way can listen to
   * @param userAgent what servers are to know this program as
   * @param notes takes what the user should know besides the result
   */
  public RemoteAccess(
      Map<String, String> variables,
      String indexUrl,
      boolean plainAllowed,
      String userAgent,
      Consumer<String> notes) {
    this.variables = Map.copyOf(variables);
    this.indexUrl = indexUrl;
    this.plainAllowed = plainAllowed;
    this.userAgent = userAgent;
    this.notes = notes;
  }

  HttpTransport transport() throws IOException {
    if (transport == null) {
      transport =
          new HttpTransport(
              Certificates.find(Optional.empty(), variables),
              new ProxyRules(variables),
              userAgent,
              HttpTransport.ANSWER_LIMIT,
              ExchangeListener.NONE);
    }
    return transport;
  }

  void note(String text) {
    notes.accept(text);
  }

  boolean plainAllowed() {
    return plainAllowed;
  }

  /** What proves to the server of an address who asks, if the user wrote it there. */
  static Optional<RemoteHeader> authorization(RemoteAddress address) {
    return address
        .username()
        .map(name -> new Credentials(name, address.password().orElse(""), "address"))
        .map(Credentials::authorization);
  }

  /**
   * The address of the index, which the user has to name.
   *
   * @throws IOException if nobody names one, or it is not an address
   */
  RemoteAddress indexAddress() throws IOException {
    String name = "--index-url";
    String value = indexUrl;
    for (String variable : INDEX_VARIABLES) {
      if (value.isEmpty()) {
        name = variable;
        value = withoutLabel(variables.getOrDefault(variable, "").strip());
      }
    }
    if (value.isEmpty()) {
      throw new IOException(
          "there is no index to ask: name one by --index-url or one of the variables "
              + String.join(", ", INDEX_VARIABLES));
    }
    RemoteAddress address;
    try {
      address = RemoteAddress.parse(value);
    } catch (IllegalArgumentException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
    if (!plainAllowed && !Origin.of(address.uri()).isPrivate()) {
      throw new IOException(
          name
              + ": "
              + address
              + " is neither encrypted nor on this machine; --allow-http takes it as it is");
    }
    return address;
  }

  /** uv lets a name stand before the address, as in {@code private=https://...}. */
  private static String withoutLabel(String value) {
    int equals = value.indexOf('=');
    int scheme = value.indexOf("://");
    return equals >= 0 && equals < scheme ? value.substring(equals + 1) : value;
  }

  SimpleIndex index(RemoteAddress address) throws IOException {
    return Opening.index(transport(), address.uri(), authorization(address));
  }

  /** The credentials of an index for one of its files: none where another server has it. */
  static Optional<RemoteHeader> authorization(RemoteAddress index, URI file) {
    return Origin.of(index.uri()).equals(Origin.of(file)) ? authorization(index) : Optional.empty();
  }

  /**
   * Apart, because to verify that a transport by HTTP is a transport the JVM would load that
   * interface at the start of every command that takes addresses.
   */
  private static final class Opening {
    static SimpleIndex index(
        HttpTransport transport, URI address, Optional<RemoteHeader> authorization) {
      return new SimpleIndex(transport, address, authorization);
    }
  }
}
