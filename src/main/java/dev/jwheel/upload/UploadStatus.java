// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

/** What became of a file. */
public enum UploadStatus {
  /** It was sent, and the repository has it. */
  UPLOADED("uploaded", true),
  /** The repository had the very same bytes, or a run before this one sent them. */
  ALREADY_THERE("already there", true),
  /** The repository has a file of this name, nobody knows with which bytes, and that is enough. */
  SKIPPED("skipped", true),
  /** The repository will not have it, or has other bytes under this name. */
  REFUSED("refused", false),
  /** The repository did not take it, however often it was asked. */
  FAILED("failed", false),
  /** It cannot be read any more. */
  UNREADABLE("unreadable", false),
  /** It was not its turn any more. */
  NOT_SENT("not sent", false);

  private final String text;
  private final boolean there;

  UploadStatus(String text, boolean there) {
    this.text = text;
    this.there = there;
  }

  /** The status in words. */
  public String text() {
    return text;
  }

  /** Whether the repository has a file of this name. */
  public boolean isThere() {
    return there;
  }
}
