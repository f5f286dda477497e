// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.report;

import java.io.IOException;
import java.io.Writer;

/** Writes reports in one format. */
public interface ReportWriter {

  /**
   * Writes a report, in UTF-8 without byte order mark where the format is not ASCII.
   *
   * @throws IOException if it cannot be written
   */
  void write(CheckReport report, Writer out) throws IOException;
}
