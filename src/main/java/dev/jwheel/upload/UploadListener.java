// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.remote.TransferProgress;
import java.time.Duration;

/** Sees how an upload goes. */
public interface UploadListener {

  /**
   * A file is about to be sent.
   *
   * @param attempt 1 for the first time
   * @return takes how far it is
   */
  TransferProgress sending(Distribution file, int attempt);

  /** The repository may take it later. */
  void waiting(Distribution file, String reason, Duration wait);

  /** Nothing more happens to the file. */
  void finished(UploadResult result);
}
