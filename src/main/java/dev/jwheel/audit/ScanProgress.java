// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

/** Hears how much of a wheel has been read, from several threads. */
public interface ScanProgress {

  /** Hears nothing. */
  ScanProgress SILENT =
      new ScanProgress() {
        @Override
        public void scanned(long done, long total) {}
      };

  /**
   * Another member was looked at.
   *
   * @param done the bytes of content of all members that have been looked at
   * @param total how many there are
   */
  void scanned(long done, long total);
}
