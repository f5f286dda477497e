// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteAddressTest {

  @Test
  void credentialsArePartedFromTheAddress() {
    RemoteAddress address = RemoteAddress.parse("https://me:p%40ss+1@Host:8443/a/b?c=d#e");
    assertThat(address.uri()).isEqualTo(URI.create("https://Host:8443/a/b?c=d"));
    assertThat(address.username()).contains("me");
    assertThat(address.password()).contains("p@ss+1");
    assertThat(address.toString()).doesNotContain("me").doesNotContain("ss");
  }

  @Test
  void anAddressWithoutPathHasTheRoot() {
    assertThat(RemoteAddress.parse("http://[::1]:80").uri()).hasToString("http://[::1]:80/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://me:secret@host/",
        "https://me:secret@/x",
        "https://me:sec^ret@host/",
        "https://me:sec/ret@host name/",
        "me:secret@host",
        "https://me:secret@ho st/"
      })
  void noMessageShowsAPassword(String text) {
    assertThatThrownBy(() -> RemoteAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("sec")
        .doesNotContain("ret");
  }

  @Test
  void theUsualPortIsPartOfTheOrigin() {
    assertThat(Origin.of(URI.create("https://HOST/a")))
        .isEqualTo(Origin.of(URI.create("HTTPS://host:443/b")))
        .isNotEqualTo(Origin.of(URI.create("http://host:443/b")))
        .hasToString("https://host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://x/", "http://127.0.0.1:1/", "http://[::1]/", "http://localhost/"})
  void nobodyReadsAlongOnTheLoopback(String text) {
    assertThat(Origin.of(URI.create(text)).isPrivate()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://x/", "http://127.0.0.1.example/", "http://10.0.0.1/"})
  void elsewhereSomebodyMay(String text) {
    assertThat(Origin.of(URI.create(text)).isPrivate()).isFalse();
  }
}
