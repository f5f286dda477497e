// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.IOException;

/** Sends one request and returns its answer while that arrives; follows no redirect. */
public interface StreamTransport {

  /**
   * Sends a request once.
   *
   * @throws RemoteException if there is no answer
   * @throws InterruptedException if the thread was interrupted; the request is given up
   */
  RemoteStream stream(RemoteRequest request) throws IOException, InterruptedException;
}
