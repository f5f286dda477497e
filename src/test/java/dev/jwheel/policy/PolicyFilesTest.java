// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of {@code policies/} is whole, and the policies agree with each other. */
class PolicyFilesTest {
  private static final Path DIRECTORY = Path.of("policies");
  private static final PolicyCatalog CATALOG = PolicyCatalog.builtIn();

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("versions.json"))
          .sorted()
          .toList();
    }
  }

  private static JsonValue json(Path file) throws IOException {
    return JsonValue.read(file.toString(), Files.readAllBytes(file));
  }

  static List<Policy> policies() {
    return CATALOG.policies();
  }

  @Test
  void everyFileIsInTheCatalogUnderItsName() throws IOException {
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(
            CATALOG.policies().stream().map(policy -> policy.name() + ".json").toList());
  }

  @Test
  void theVersionNamesAreInTheirFormat() throws IOException {
    JsonValue versions = json(DIRECTORY.resolve("versions.json"));
    assertThatCode(() -> VersionNames.check(versions)).doesNotThrowAnyException();
  }

  @Test
  void everyLimitIsAVersionThatExists() throws IOException {
    VersionNames names = VersionNames.NONE.and(json(DIRECTORY.resolve("versions.json")));
    Map<String, Policy> known = new LinkedHashMap<>();
    CATALOG.policies().forEach(policy -> known.put(policy.name(), policy));
    for (Path file : files()) {
      assertThatCode(() -> PolicyReader.readChecked(json(file), known, names))
          .as(file.toString())
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileSaysWhereItsPolicyComesFrom(Path file) throws IOException {
    JsonValue json = json(file);
    assertThat(json.find("pep")).isPresent();
    assertThat(json.find("glibc").or(() -> find(json, "musl")).or(() -> find(json, "apiLevel")))
        .isPresent();
    assertThat(json.textsOf("baseline")).isNotEmpty();
    assertThat(json.membersOf("firstPip")).isNotEmpty();
    assertThat(json.membersOf("systems")).isNotEmpty();
  }

  private static java.util.Optional<JsonValue> find(JsonValue json, String key) {
    try {
      return json.find(key);
    } catch (PolicyFormatException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theAliasesAreThoseOfPep600(Policy policy) {
    assertThat(policy.aliases())
        .isEqualTo(PlatformTag.parse(policy.name()).alias().stream().toList());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theFirstPipIsKnownForEverySpelling(Policy policy) {
    List<String> spellings = new ArrayList<>(policy.aliases());
    spellings.add(policy.name());
    assertThat(policy.origin().firstPip()).containsOnlyKeys(spellings.toArray(String[]::new));
    assertThat(policy.origin().firstPip().values()).allMatch(DottedNumber::isValid);
  }

  @ParameterizedTest
  @EnumSource
  void aSystemStandsWithTheLastPolicyThatServesIt(Libc libc) {
    List<Policy> policies = ofLibc(libc);
    for (int i = 0; i < policies.size(); i++) {
      for (Map.Entry<String, String> system : policies.get(i).origin().systems().entrySet()) {
        assertThat(system.getValue())
            .as(system.getKey())
            .usingComparator(DottedNumber.ASCENDING)
            .isGreaterThanOrEqualTo(policies.get(i).libcVersion());
        if (i + 1 < policies.size()) {
          assertThat(system.getValue())
              .as(system.getKey())
              .usingComparator(DottedNumber.ASCENDING)
              .isLessThan(policies.get(i + 1).libcVersion());
        }
      }
    }
  }

  /** PEP 600: a wheel of an older tag works wherever one of a newer tag does. */
  @ParameterizedTest
  @EnumSource
  void aLessPortablePolicyAllowsAllThatAMorePortableOneAllows(Libc libc) {
    for (PolicyCatalog catalog : List.of(CATALOG, CATALOG.strict())) {
      List<Policy> policies =
          catalog.policies().stream().filter(policy -> policy.libc() == libc).toList();
      for (int i = 1; i < policies.size(); i++) {
        assertContains(policies.get(i), policies.get(i - 1));
      }
    }
  }

  private static void assertContains(Policy newer, Policy older) {
    assertThat(newer.libraries().all()).containsAll(older.libraries().all());
    newer
        .forbidden()
        .forEach(
            (soname, symbols) -> assertThat(older.forbiddenSymbols(soname)).containsAll(symbols));
    Set<Architecture> both = new HashSet<>(newer.architectures());
    both.retainAll(older.architectures());
    for (Architecture architecture : both) {
      for (VersionLimit limit : older.versionLimits(architecture).values()) {
        assertThat(newer.versionLimits(architecture).get(limit.namespace()).allowed())
            .as("%s %s %s", newer.name(), architecture, limit.namespace())
            .containsAll(limit.allowed());
      }
    }
  }

  private static List<Policy> ofLibc(Libc libc) {
    return CATALOG.policies().stream().filter(policy -> policy.libc() == libc).toList();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyArchitectureHasANameForItsLoader(Policy policy) {
    if (policy.libc() != Libc.BIONIC) {
      for (Architecture architecture : policy.architectures()) {
        assertThat(policy.libcNames().get(architecture)).as("%s", architecture).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theGlibcLimitIsTheVersionInTheName(Policy policy) {
    for (Architecture architecture : policy.architectures()) {
      for (VersionLimit limit : policy.versionLimits(architecture).values()) {
        if (limit.namespace().equals("GLIBC") && !policy.name().equals("manylinux_2_17")) {
          assertThat(limit.max()).contains(policy.libcVersion());
        }
      }
    }
  }
}
