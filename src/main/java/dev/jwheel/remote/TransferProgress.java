// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

/** Takes how far a transfer is. Called by threads of the transport. */
public interface TransferProgress {

  /** Takes nothing. */
  TransferProgress NONE = (done, total) -> {};

  /**
   * Some bytes more are on their way.
   *
   * @param done the bytes so far; less than before where a transfer starts again
   * @param total all the bytes
   */
  void transferred(long done, long total);
}
