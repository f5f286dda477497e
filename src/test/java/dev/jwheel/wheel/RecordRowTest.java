// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRowTest {
  private static boolean isMalformed(String hash) {
    return new RecordRow("x", Optional.of(hash), OptionalLong.empty()).statesMalformedHash();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
        "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
        "sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "SHA256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
        "md5=1B2M2Y8AsgTpgAmY7PhCfg",
        "sha1=2jmj7l5rSw0yVb_vlWAYkK_YBwk"
      })
  void aHashThatSomeContentHasIsNot(String hash) {
    assertThat(isMalformed(hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256=b'47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU='",
        "sha256=",
        "sha256",
        "sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
        "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuF",
        "sha512=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
        "crc32=AAAAAA",
        "="
      })
  void aHashThatNoContentHasIsMalformed(String hash) {
    assertThat(isMalformed(hash)).isTrue();
  }
}
