// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import dev.jwheel.remote.RemoteException.Kind;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says in one line why there is no answer. */
final class TransportFailure {
  private static final int MAX_CAUSES = 20;

  private TransportFailure() {}

  /**
   * @param problem what the connection failed with
   * @param proxy the proxy it went through
   */
  static RemoteException of(Throwable problem, URI address, Optional<String> proxy) {
    String server = Origin.of(address).toString();
    String gate = proxy.map(name -> "the proxy " + name).orElse(server);
    if (has(problem, UnresolvedAddressException.class)
        || has(problem, UnknownHostException.class)) {
      String name = proxy.isPresent() ? gate : Origin.of(address).host();
      return new RemoteException(Kind.UNREACHABLE, name + ": the name does not resolve", problem);
    }
    if (has(problem, HttpConnectTimeoutException.class)) {
      return new RemoteException(Kind.NO_CONNECTION, gate + ": no connection in time", problem);
    }
    if (has(problem, ConnectException.class)) {
      return new RemoteException(Kind.NO_CONNECTION, gate + ": no connection, " + why(problem));
    }
    String message = String.valueOf(problem.getMessage());
    if (proxy.isPresent() && message.startsWith("Tunnel failed")) {
      return new RemoteException(
          Kind.UNREACHABLE, gate + " refuses to connect to " + server + ": " + message, problem);
    }
    if (has(problem, CertificateException.class) || has(problem, SSLHandshakeException.class)) {
      return new RemoteException(
          Kind.UNTRUSTED, server + ": its certificate does not verify: " + last(problem), problem);
    }
    if (has(problem, SSLException.class) && message.contains("plaintext")) {
      return new RemoteException(Kind.UNREACHABLE, server + ": does not speak TLS", problem);
    }
    return new RemoteException(Kind.BROKEN, server + ": the connection broke: " + message, problem);
  }

  private static String why(Throwable problem) {
    String message = problem.getMessage();
    return message == null || message.isEmpty() ? "it is refused" : message;
  }

  private static boolean has(Throwable problem, Class<? extends Throwable> kind) {
    Throwable cause = problem;
    for (int depth = 0; depth < MAX_CAUSES && cause != null; depth++) {
      if (kind.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String last(Throwable problem) {
    Throwable cause = problem;
    for (int depth = 0; depth < MAX_CAUSES && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
