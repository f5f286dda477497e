// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultipartFormTest {
  private static final List<FormEntry> PARTS =
      List.of(
          new FormEntry.Text("summary", "ä\nb"),
          new FormEntry.File("content", "a\"b.whl", MultipartForm.Bytes.of("PK")),
          new FormEntry.Text("last", ""));

  @Test
  void aFormIsWrittenAsTheStandardSays() throws IOException {
    MultipartForm form = new MultipartForm(PARTS, "XX");
    assertThat(form.contentType()).isEqualTo("multipart/form-data; boundary=XX");
    assertThat(new String(form.open().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            --XX
            Content-Disposition: form-data; name="summary"

            ä&b
            --XX
            Content-Disposition: form-data; name="content"; filename="a%22b.whl"
            Content-Type: application/octet-stream

            PK
            --XX
            Content-Disposition: form-data; name="last"


            --XX--
            """
                .replace("\n", "\r\n")
                .replace('&', '\n'));
  }

  @Test
  void theLengthIsThatOfTheBytesEachTimeItIsOpened() throws IOException {
    MultipartForm form = MultipartForm.of(PARTS);
    for (int i = 0; i < 2; i++) {
      try (InputStream in = form.open()) {
        assertThat(in.readAllBytes()).hasSize((int) form.length());
      }
    }
  }

  @Test
  void noTwoFormsHaveOneBoundary() {
    assertThat(MultipartForm.of(PARTS).contentType())
        .isNotEqualTo(MultipartForm.of(PARTS).contentType());
  }
}
