// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.IOException;
import java.time.Duration;

/** Sees each request and its answer, for those who look for a fault. */
public interface ExchangeListener {

  /** Ignores everything. */
  ExchangeListener NONE =
      new ExchangeListener() {
        @Override
        public void sending(RemoteRequest request) {}

        @Override
        public void answered(RemoteRequest request, RemoteResponse response, Duration time) {}

        @Override
        public void failed(RemoteRequest request, IOException problem, Duration time) {}
      };

  /** A request is about to be sent. */
  void sending(RemoteRequest request);

  /** The answer to it is there. */
  void answered(RemoteRequest request, RemoteResponse response, Duration time);

  /** There is no answer. */
  void failed(RemoteRequest request, IOException problem, Duration time);
}
