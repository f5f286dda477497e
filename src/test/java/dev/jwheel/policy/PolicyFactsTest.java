// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies hold what auditwheel 6.8.1 holds (policy-facts.json), no more and no less. */
class PolicyFactsTest {
  private static final JsonNode FACTS = facts();
  private static final PolicyCatalog CATALOG = PolicyCatalog.builtIn();

  private static JsonNode facts() {
    try (InputStream stream = PolicyFactsTest.class.getResourceAsStream("policy-facts.json")) {
      return new ObjectMapper().readTree(stream);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    FACTS.get("policies").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Policy policy(String name) {
    return CATALOG.find(name).orElseThrow();
  }

  private static JsonNode factsOf(String name) {
    return FACTS.get("policies").get(name);
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new TreeSet<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** Policies that the facts do not have are newer ones. */
  @Test
  void thePoliciesOfTheFactsComeInTheirOrderOfPortability() {
    for (Libc libc : Libc.values()) {
      List<String> expected =
          names().stream()
              .filter(name -> name.startsWith(libc.family()))
              .sorted(
                  (a, b) -> factsOf(b).get("priority").asInt() - factsOf(a).get("priority").asInt())
              .toList();
      assertThat(CATALOG.policies())
          .filteredOn(policy -> policy.libc() == libc)
          .extracting(Policy::name)
          .startsWith(expected.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theAliasesAreTheLegacyNames(String name) {
    assertThat(policy(name).aliases())
        .containsExactlyElementsOf(texts(factsOf(name).get("aliases")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void thePolicyIsDefinedForTheArchitectures(String name) {
    Set<String> expected = new TreeSet<>();
    factsOf(name).get("arch").fieldNames().forEachRemaining(expected::add);
    assertThat(policy(name).architectures())
        .extracting(Architecture::tagName)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theSixHundredTwentyFourSetsOfAllowedVersionsAreEqual() {
    Map<String, Set<String>> expected = new TreeMap<>();
    Map<String, Set<String>> actual = new TreeMap<>();
    for (String name : names()) {
      factsOf(name)
          .get("arch")
          .properties()
          .forEach(
              architecture ->
                  architecture
                      .getValue()
                      .properties()
                      .forEach(
                          limit ->
                              expected.put(
                                  name + " " + architecture.getKey() + " " + limit.getKey(),
                                  allowed(
                                      architecture.getKey(), limit.getKey(), limit.getValue()))));
      for (Architecture architecture : policy(name).architectures()) {
        for (VersionLimit limit : policy(name).versionLimits(architecture).values()) {
          actual.put(
              name + " " + architecture.tagName() + " " + limit.namespace(),
              new TreeSet<>(limit.allowed()));
        }
      }
    }
    assertThat(expected).hasSize(624);
    assertThat(actual).isEqualTo(expected);
  }

  /** The definition in the facts' own words: known versions up to max, and the extras. */
  private static Set<String> allowed(String architecture, String namespace, JsonNode limit) {
    Set<String> allowed = new TreeSet<>();
    if (!limit.get("max").isNull()) {
      for (JsonNode version : FACTS.get("known_versions").get(architecture).get(namespace)) {
        if (isAtMost(version.asText(), limit.get("max").asText())) {
          allowed.add(namespace + "_" + version.asText());
        }
      }
    }
    limit.path("extras").forEach(extra -> allowed.add(namespace + "_" + extra.asText()));
    return allowed;
  }

  private static boolean isAtMost(String version, String max) {
    String[] a = version.split("\\.");
    String[] b = max.split("\\.");
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      if (!a[i].equals(b[i])) {
        return Integer.parseInt(a[i]) < Integer.parseInt(b[i]);
      }
    }
    return a.length <= b.length;
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyVersionIsJudgedAsItsSetSays(String name) {
    for (Architecture architecture : policy(name).architectures()) {
      JsonNode known = FACTS.get("known_versions").get(architecture.tagName());
      factsOf(name)
          .get("arch")
          .get(architecture.tagName())
          .properties()
          .forEach(
              limit -> {
                Set<String> allowed =
                    allowed(architecture.tagName(), limit.getKey(), limit.getValue());
                Set<String> judged = new LinkedHashSet<>(allowed);
                known
                    .get(limit.getKey())
                    .forEach(version -> judged.add(limit.getKey() + "_" + version.asText()));
                for (String version : judged) {
                  assertThat(policy(name).allowsVersion(architecture, version))
                      .as("%s on %s under %s", version, architecture, name)
                      .isEqualTo(
                          allowed.contains(version)
                              ? VersionStatus.ALLOWED
                              : VersionStatus.NOT_ALLOWED);
                }
              });
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theLibrariesAllowedAreEqual(String name) {
    assertThat(policy(name).libraries().all())
        .containsExactlyInAnyOrderElementsOf(texts(factsOf(name).get("whitelist")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void theForbiddenSymbolsAreEqual(String name) {
    Map<String, Set<String>> expected = new TreeMap<>();
    factsOf(name)
        .get("blacklist")
        .properties()
        .forEach(library -> expected.put(library.getKey(), texts(library.getValue())));
    assertThat(policy(name).forbidden()).isEqualTo(expected);
  }
}
