// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.metadata.FormPart;
import java.io.IOException;
import java.util.List;

/**
 * A way to give files to a repository. A run opens one session for all its files, gives it one file
 * after the other, and finishes it: where a protocol publishes all files at once (PEP 694), {@link
 * UploadSession#finish} does; where each file is published as it arrives, nothing is left to do.
 */
public interface UploadProtocol {

  /** The address that files are sent to, without credentials. */
  String repository();

  /**
   * Why the repository would refuse a file, as far as that can be known before it is sent.
   *
   * @return the reasons; empty where there are none
   */
  List<String> objections(Distribution file);

  /**
   * The texts that go with a file, for those who want to see them before they are sent.
   *
   * @throws IOException if the file cannot be read
   */
  List<FormPart> preview(Distribution file) throws IOException;

  /**
   * Begins an upload.
   *
   * @param files all the files that are to be sent
   * @throws IOException if the repository does not answer
   */
  UploadSession open(List<Distribution> files) throws IOException, InterruptedException;
}
