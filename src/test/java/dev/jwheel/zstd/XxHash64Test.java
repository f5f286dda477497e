// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class XxHash64Test {

  /** Values of the reference program, {@code xxhsum -H64}. */
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "Nobody inspects the spammish repetition, fbcea83c8a378bf1"
  })
  void isThatOfTheReference(String text, String value) {
    XxHash64 hash = new XxHash64();
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    hash.update(bytes, 0, bytes.length);

    assertThat(Long.toHexString(hash.value())).isEqualTo(value);
  }

  @Test
  void doesNotDependOnThePiecesItWasGiven() {
    byte[] bytes = new byte[1000];
    Random random = new Random(1);
    random.nextBytes(bytes);
    XxHash64 whole = new XxHash64();
    whole.update(bytes, 0, bytes.length);
    XxHash64 pieces = new XxHash64();
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, random.nextInt(70));
      pieces.update(bytes, at, length);
      at += length;
    }

    assertThat(pieces.value()).isEqualTo(whole.value());
  }
}
