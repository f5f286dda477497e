// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedValuesTest {

  @Test
  void everyKindOfValueComesBack() throws IOException {
    JsonValue value =
        packed("{\"text\": \"é\", \"number\": 513, \"yes\": true, \"no\": false, \"none\": null}");

    assertThat(value.textOf("text")).isEqualTo("é");
    assertThat(value.find("number").orElseThrow().number()).isEqualTo(513);
    assertThat(value.find("yes").orElseThrow().truth()).isTrue();
    assertThat(value.find("no").orElseThrow().truth()).isFalse();
    assertThat(value.find("none").orElseThrow().isNull()).isTrue();
  }

  @Test
  void theOrderOfListsAndKeysComesBack() throws IOException {
    JsonValue value = packed("{\"b\": [\"2\", \"1\", \"2\"], \"a\": {\"z\": \"1\", \"y\": \"2\"}}");

    assertThat(value.textsOf("b")).containsExactly("2", "1", "2");
    assertThat(value.textMapOf("a").keySet()).containsExactly("z", "y");
    assertThat(value.members()).extracting(m -> m.key().text()).containsExactly("b", "a");
  }

  @Test
  void severalValuesComeBackOneBehindTheOther() throws IOException {
    byte[] packed = PackedValues.pack(JsonValue.readAll("file", "\"one\" \"two\"".getBytes(UTF_8)));

    List<JsonValue> values = PackedValues.unpack("file", packed);

    assertThat(values).hasSize(2);
    assertThat(values.get(1).text()).isEqualTo("two");
  }

  @Test
  void aFractionIsNotPacked() {
    assertThatThrownBy(() -> packed("[1.5]"))
        .isInstanceOf(PolicyFormatException.class)
        .hasMessageContaining("expected a value that policies have");
  }

  @Test
  void aNumberThatTwoBytesDoNotHoldIsNotPacked() {
    assertThatThrownBy(() -> packed("65536")).isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonValue packed(String json) throws IOException {
    byte[] packed = PackedValues.pack(JsonValue.readAll("file", json.getBytes(UTF_8)));
    return PackedValues.unpack("file", packed).get(0);
  }
}
