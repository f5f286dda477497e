// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import dev.jwheel.io.Printable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a file, or for ranges of it, as it is, and follows redirects as far as they may lead.
 */
final class FileRequest {
  private static final int MAX_REDIRECTS = 5;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int MAX_SHOWN = 100;

  private final StreamTransport transport;
  private final RemoteLocation location;

  FileRequest(StreamTransport transport, RemoteLocation location) {
    this.transport = transport;
    this.location = location;
  }

  /** The address that the user knows. */
  String place() {
    return location.address().toString();
  }

  /**
   * Sends the request.
   *
   * @param headers which range is wanted, and of which version of the file
   * @throws IOException if there is no answer, or redirects lead where they must not
   */
  RemoteStream send(String method, List<RemoteHeader> headers) throws IOException {
    URI address = location.address();
    if (!location.mayAsk(address)) {
      throw refused(
          place() + ": is neither encrypted nor on this machine; --allow-http takes it as it is");
    }
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      RemoteStream answer = stream(request(method, address, headers));
      Optional<URI> target = Redirect.target(address, answer.head());
      if (target.isEmpty()) {
        return answer;
      }
      answer.close();
      if (!location.mayFollow(address, target.get()) || !location.mayAsk(target.get())) {
        throw refused(
            place()
                + ": redirects to "
                + Origin.of(target.get())
                + (location.authorization().isPresent()
                    ? ", another origin, which must not see the credentials"
                    : ", which is not encrypted"));
      }
      address = target.get();
    }
    throw refused(place() + ": redirects more than " + MAX_REDIRECTS + " times");
  }

  private RemoteRequest request(String method, URI address, List<RemoteHeader> headers) {
    RemoteRequest request =
        new RemoteRequest(method, address, headers, Optional.empty())
            .with("Accept-Encoding", "identity");
    boolean trusted = Origin.of(address).equals(Origin.of(location.address()));
    return trusted && location.authorization().isPresent()
        ? request.with(
            location.authorization().get().name(), location.authorization().get().value())
        : request;
  }

  private RemoteStream stream(RemoteRequest request) throws IOException {
    try {
      return transport.stream(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(place() + ": interrupted");
    }
  }

  private static RemoteException refused(String message) {
    return new RemoteException(RemoteException.Kind.UNREACHABLE, message);
  }

  /** That an answer cannot be used. */
  RemoteException odd(String problem) {
    return new RemoteException(RemoteException.Kind.ODD_ANSWER, place() + ": " + problem);
  }

  /** A text of the server's, cut and without control characters. */
  static String shown(String text) {
    return Printable.of(text.substring(0, Math.min(text.length(), MAX_SHOWN)));
  }

  /** That an answer's status is not one of those that were hoped for. */
  RemoteException status(RemoteResponse answer) {
    String meaning =
        switch (answer.status()) {
          case UNAUTHORIZED -> ": it wants a name and a password";
          case FORBIDDEN -> ": it does not let us";
          case NOT_FOUND, GONE -> ": there is no such file";
          default -> "";
        };
    return odd("the server answered " + answer.status() + meaning);
  }

  /** Requires that the body is the file itself and not packed in some way. */
  void requirePlain(RemoteResponse answer) throws RemoteException {
    String encoding = answer.header("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw odd("sent with the encoding " + shown(encoding) + ", which was not asked for");
    }
  }
}
