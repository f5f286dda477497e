// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.IOException;

/** A request got no answer, or none that can be used. */
public final class RemoteException extends IOException {
  private final Kind kind;

  /** Whether the same request may do better later. */
  public enum Kind {
    /** The name does not resolve, or the proxy does not serve us: the same again is useless. */
    UNREACHABLE,
    /** The server's certificate does not verify. */
    UNTRUSTED,
    /** No connection: nothing was sent. */
    NO_CONNECTION,
    /** The connection broke, or no answer came in time: what was sent may have arrived. */
    BROKEN,
    /** The answer is not what the standard describes. */
    ODD_ANSWER
  }

  public RemoteException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public RemoteException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Whether the same request may do better later. */
  public Kind kind() {
    return kind;
  }
}
