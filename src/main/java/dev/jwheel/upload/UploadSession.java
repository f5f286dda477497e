// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.remote.TransferProgress;
import java.io.IOException;

/** The upload of several files. */
public interface UploadSession extends AutoCloseable {

  /**
   * Sends a file once.
   *
   * @throws dev.jwheel.remote.RemoteException if there is no answer
   * @throws LocalFileException if the file cannot be read, or changed
   * @throws InterruptedException if the thread was interrupted
   */
  Reply send(Distribution file, TransferProgress progress) throws IOException, InterruptedException;

  /** Publishes what was sent, where that is a step of its own. */
  default Reply finish() throws IOException, InterruptedException {
    return Reply.done();
  }

  /** Lets go of what the session holds; what was not published stays unpublished. */
  @Override
  default void close() {}
}
