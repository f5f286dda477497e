// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.time.Duration;

/** Lets time pass. */
public interface Waiter {

  /** Lets real time pass. */
  Waiter REAL = wait -> Thread.sleep(wait.toMillis());

  /** Returns when the time has passed. */
  void await(Duration wait) throws InterruptedException;
}
