// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRulesTest {
  private static final URI INDEX = URI.create("https://index.example:8443/simple/");

  @Test
  void theVariableOfTheSchemeCounts() {
    ProxyRules rules =
        new ProxyRules(Map.of("HTTPS_PROXY", "http://gate:3128", "HTTP_PROXY", "other:1"));
    assertThat(rules.proxyFor(INDEX)).get().extracting("host", "port").contains("gate", 3128);
    assertThat(rules.proxyFor(URI.create("http://x/"))).get().extracting("host").isEqualTo("other");
  }

  @Test
  void smallLettersGoFirst() {
    ProxyRules rules = new ProxyRules(Map.of("HTTPS_PROXY", "big:1", "https_proxy", "small:1"));
    assertThat(rules.proxyFor(INDEX)).get().extracting("host").isEqualTo("small");
  }

  @Test
  void aCgiProgramDoesNotTrustItsClientsHeader() {
    ProxyRules rules = new ProxyRules(Map.of("HTTP_PROXY", "evil:1", "REQUEST_METHOD", "GET"));
    assertThat(rules.proxyFor(URI.create("http://x/"))).isEmpty();
  }

  @Test
  void aPasswordBecomesAHeaderField() {
    ProxyRules rules = new ProxyRules(Map.of("ALL_PROXY", "http://me:pw@gate:3128"));
    assertThat(rules.proxyFor(INDEX))
        .get()
        .extracting("authorization")
        .asString()
        .contains("Basic");
  }

  @ParameterizedTest
  @CsvSource({
    "'*', true",
    "index.example, true",
    ".example, true",
    "*.example, true",
    "example, true",
    "xample, false",
    "index.example:8443, true",
    "index.example:443, false",
    "'other, INDEX.example', true",
    "'', false"
  })
  void exceptionsAreHostsAndTheirSubdomains(String exceptions, boolean direct) {
    ProxyRules rules = new ProxyRules(Map.of("HTTPS_PROXY", "gate:1", "NO_PROXY", exceptions));
    assertThat(rules.proxyFor(INDEX).isEmpty()).isEqualTo(direct);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.0.0.0/8, true",
    "11.1.2.3, 10.0.0.0/8, false",
    "10.1.2.3, 0.0.0.0/0, true",
    "10.1.2.3, 10.1.2.3/32, true",
    "10.1.2.3, 10.0.0.0/33, false",
    "host.example, 10.0.0.0/8, false",
    "[::1], ::1, true"
  })
  void exceptionsAreRangesToo(String host, String exceptions, boolean direct) {
    ProxyRules rules = new ProxyRules(Map.of("HTTPS_PROXY", "gate:1", "NO_PROXY", exceptions));
    URI address = URI.create("https://" + host + "/");
    assertThat(rules.proxyFor(address).isEmpty()).isEqualTo(direct);
  }

  @Test
  void anotherKindOfProxyIsRefusedWithoutItsPassword() {
    ProxyRules rules = new ProxyRules(Map.of("HTTPS_PROXY", "socks5://me:secret@gate:1080"));
    assertThatThrownBy(() -> rules.proxyFor(INDEX))
        .hasMessageContaining("HTTPS_PROXY")
        .message()
        .doesNotContain("secret");
  }
}
