// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.io.IOException;

/** A file of the user's cannot be read, or changed meanwhile; the server is not at fault. */
public final class LocalFileException extends IOException {

  LocalFileException(String message) {
    super(message);
  }

  LocalFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
