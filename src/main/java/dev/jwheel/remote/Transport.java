// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.IOException;

/** Sends one request and returns its answer, whatever the status; follows no redirect. */
public interface Transport {

  /**
   * Sends a request once.
   *
   * @param maxBody how many bytes of the answer's body to take at most
   * @throws RemoteException if there is no answer
   * @throws IOException if the request's body cannot be read
   * @throws InterruptedException if the thread was interrupted; the request is given up
   */
  RemoteResponse send(RemoteRequest request, int maxBody, TransferProgress progress)
      throws IOException, InterruptedException;
}
