// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

/** The result of an upload, or of looking at what it would send. */
public sealed interface UploadOutcome permits UploadPreview, UploadReport {

  /** The address that files are sent to, without credentials. */
  String repository();
}
