// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.metadata.FormPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The forms that would be sent.
 *
 * @param repository the address that they would be sent to
 * @param forms a form for each file, in the order in which they would be sent
 */
public record UploadPreview(String repository, List<Form> forms) implements UploadOutcome {

  public UploadPreview {
    forms = List.copyOf(forms);
  }

  /**
   * The form of a file.
   *
   * @param file the file
   * @param fields the texts that go with it; a list has its name several times
   */
  public record Form(Distribution file, List<FormPart> fields) {}

  /**
   * Asks a protocol for the forms.
   *
   * @throws IOException if a file cannot be read
   */
  public static UploadPreview of(UploadProtocol protocol, List<Distribution> files)
      throws IOException {
    List<Form> forms = new ArrayList<>();
    for (Distribution file : files) {
      forms.add(new Form(file, protocol.preview(file)));
    }
    return new UploadPreview(protocol.repository(), forms);
  }
}
