// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import java.io.IOException;
import java.nio.file.Path;

/** A file that can be read until it is closed. */
public interface InputFile extends AutoCloseable {

  /** Where the file is. */
  Path path();

  @Override
  void close() throws IOException;
}
