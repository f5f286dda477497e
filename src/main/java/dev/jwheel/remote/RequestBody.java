// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.IOException;
import java.io.InputStream;

/** The bytes that a request carries. It can be opened again, for a request that is sent again. */
public interface RequestBody {

  /** The exact number of bytes. */
  long length();

  /** The bytes, from the first one on. */
  InputStream open() throws IOException;
}
