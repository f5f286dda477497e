// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

/** Hears how far the writing of an archive is, in the thread that writes. */
public interface WriteProgress {

  /** Hears nothing. */
  WriteProgress SILENT =
      new WriteProgress() {
        @Override
        public void advanced(String member, long done, long total) {}
      };

  /**
   * Something was written.
   *
   * @param member the member that is being written
   * @param done how many bytes of content have been written
   * @param total how many there are
   */
  void advanced(String member, long done, long total);
}
