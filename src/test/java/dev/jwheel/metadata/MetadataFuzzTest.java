// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damages a file of every field again and again: whatever comes of it is a result. */
class MetadataFuzzTest {
  private static final String FILE =
      """
      Metadata-Version: 2.5
      Name: a.b-c
      Version: 1!2.0a1.post2.dev3+local.1
      Dynamic: requires-dist
      Summary: one line
      Description-Content-Type: text/markdown; charset="UTF-8"; variant=GFM
      Keywords: a, b ,c
      Author-email: "A, b" <a@example.org>, c@example.org
      License-Expression: (MIT OR GPL-2.0-only WITH Classpath-exception-2.0) AND LicenseRef-x
      License-File: a/LICENSE
      Classifier: Programming Language :: Python :: 3
      Requires-Dist: x[y,z] (>=1.0,!=2.*,~=3.1) ; (os_name=='a' or extra == "b") and 'c' in extras
      Requires-Dist: x @ https://example.org/x ; python_version not in "\\x41 3.8"
      Requires-Python: >=3.8,===3.9
      Requires-External: libpng (>=1.5); sys_platform != 'win32'
      Project-URL: Home, https://example.org
      Provides-Extra: b
      Import-Name: a.b ; private
      Import-Namespace: c
      Home-page: https://example.org/?a=b
      Description: first
             |second

      body
      """;

  @Test
  void aDamagedFileHasFindingsAndAFormAndNoException() {
    byte[] original = FILE.getBytes(StandardCharsets.UTF_8);
    long end = System.nanoTime() + Long.getLong("jwheel.fuzz.seconds", 1) * 300_000_000L;
    for (long seed = 0; System.nanoTime() < end || seed < 500; seed++) {
      byte[] damaged = damaged(original, new Random(seed));
      assertThatCode(
              () -> {
                CoreMetadata metadata = CoreMetadata.read(damaged);
                metadata.findings().toString();
                metadata.json().toString();
                metadata.form().toString();
                metadata.requirements().toString();
              })
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }

  private static byte[] damaged(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(40);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          random.nextBoolean() ? bytes[random.nextInt(bytes.length)] : (byte) random.nextInt(256);
    }
    return bytes;
  }
}
