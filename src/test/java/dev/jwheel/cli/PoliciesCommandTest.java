// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jwheel.policy.PolicyCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesCommandTest {
  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("policies"));
    all.addAll(List.of(arguments));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    return new CommandRun(run.status(), run.out().replace(System.lineSeparator(), "\n"), run.err());
  }

  private static JsonNode json(String... arguments) throws IOException {
    return new ObjectMapper().readTree(run(arguments).out());
  }

  @Test
  void withoutANameAllPoliciesAreListed() {
    CommandRun result = run();
    assertThat(result.status()).isZero();
    assertThat(result.out().lines())
        .hasSize(1 + PolicyCatalog.builtIn().policies().size())
        .contains(
            "manylinux_2_5   manylinux1     513  glibc 2.5     CentOS 5.11"
                + "                         8.1.0",
            "musllinux_1_2                  656  musl 1.2      Alpine Linux 3.13"
                + "                   21.2");
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"manylinux2010", "manylinux_2_12", "manylinux_2_12_i686"})
  void anySpellingNamesAPolicy(String name) {
    CommandRun result = run(name);
    assertThat(result.status()).isZero();
    assertThat(result.out().lines().findFirst()).contains("manylinux_2_12 (manylinux2010)");
  }

  @Test
  void aPolicyIsShownWithItsHighestVersionsAndLibraries() {
    assertThat(run("manylinux2010").out())
        .contains("PEP 571", "CentOS 6", "19.0 for manylinux2010")
        .containsPattern("x86_64 +2\\.12 +3\\.4\\.13 +1\\.3\\.3 +4\\.3\\.0 +none +1\\.2\\.2\\.4\n")
        .containsPattern("i686 +2\\.12 +3\\.4\\.13 +1\\.3\\.3 +4\\.5\\.0 ")
        .containsPattern("libexpat\\.so\\.1 +on every")
        .contains("Libraries not allowed any more\n  libcrypt.so.1");
  }

  @Test
  void anArchitectureInTheNameIsTheOnlyOneShown() {
    assertThat(run("manylinux2014_aarch64").out())
        .contains("ld-linux-aarch64.so.1")
        .doesNotContain("x86_64", "ppc64");
  }

  @Test
  void verboseNamesEveryVersion() {
    assertThat(run("manylinux2010_i686", "-v").out()).contains("GLIBC_2.1.3, ", "GCC_4.4.0, ");
    assertThat(run("manylinux2010_i686").out()).doesNotContain("GLIBC_2.1.3");
  }

  @Test
  void strictLeavesOutWhatThePepDoesNotSay() {
    assertThat(run("manylinux2014", "--strict").out())
        .doesNotContain("libz.so.1  on", "CXXABI_ARM")
        .containsPattern("aarch64 +2\\.17 ");
  }

  @Test
  void twoNamesShowWhatChanges() {
    assertThat(run("manylinux1", "manylinux2010").out())
        .contains("From manylinux_2_5 (manylinux1) to manylinux_2_12 (manylinux2010)")
        .containsPattern("GLIBC +2\\.5 -> 2\\.12 +GLIBC_2\\.6, GLIBC_2\\.7, ")
        .contains("Libraries gained\n  libexpat.so.1\n")
        .contains("Systems lost\n  RHEL 5 and its rebuilds (glibc 2.5)")
        .doesNotContain("Systems gained", "Libraries lost");
  }

  @Test
  void aPolicyIsShownWithWhatItMeans() {
    assertThat(run("manylinux2010").out())
        .containsPattern("first CPython +3\\.7\\.3, 3\\.8\\.0 \\(with pip 19\\.0\\)\n")
        .containsPattern("image +CentOS 6, GCC 8, for x86_64, i686\n")
        .containsPattern(
            "support +given up on 2022-08-01, support of CentOS 6 ended on 2020-11-30\n")
        .containsPattern("Debian libgl1, RPM mesa +libGL\\.so\\.1\n")
        .contains("glibc 2.14 and older need the vsyscall page of x86_64")
        .containsPattern("public index +upload code of the public index, August 2026\n");
  }

  @Test
  void twoNamesSayWhatAMoveGainsCostsAndLoses() {
    String there = run("manylinux1", "manylinux2010").out();
    assertThat(there)
        .contains("The move gains\n  On x86_64 its files may use GLIBC up to 2.12 (before: 2.5)")
        .contains("libexpat.so.1 (Debian libexpat1).")
        .contains("It costs\n  Its users need pip 19.0, which CPython 3.7.3, 3.8.0 brought first")
        .contains("libcrypt.so.1 is no longer allowed, by either")
        .contains("It loses\n  Users of these systems can no longer install the wheel: RHEL 5");
    assertThat(run("manylinux2010", "manylinux1").out())
        .contains("Its users can do with pip 8.1.0")
        .contains("It also runs on RHEL 5")
        .contains(
            "It costs\n  On x86_64 its files may not use GLIBC above 2.5 (before: up to 2.12)")
        .doesNotContain("It loses");
  }

  @Test
  void theMeaningIsPartOfTheJson() {
    assertThat(run("manylinux2010", "--json").out())
        .contains("\"support_ended\"", "\"sourced_notes\"", "\"Debian libgl1, RPM mesa\"");
    assertThat(run("manylinux1", "manylinux2010", "--json").out())
        .contains("\"gains\"", "\"costs\"", "\"loses\"");
  }

  @Test
  void theSameNameTwiceChangesNothing() {
    assertThat(run("manylinux2010", "manylinux_2_12").out()).contains("Nothing changes");
  }

  @Test
  void aTagBetweenPoliciesIsToldToBeJudgedByAnother() {
    CommandRun result = run("manylinux_2_19");
    assertThat(result.status()).isZero();
    assertThat(result.out()).startsWith("manylinux_2_17");
    assertThat(result.err())
        .isEqualToIgnoringNewLines(
            "manylinux_2_19 has no policy of its own; its wheels are judged by manylinux_2_17,"
                + " but for GLIBC, which may go as far");
    assertThat(run("manylinux_2_19", "-q").err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"manylinux3", "linux_x86_64", "manylinux1_aarch64", "manylinux_2_17_vax"})
  void aNameWithoutAPolicyIsWrongUsage(String name) {
    CommandRun result = run(name);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("no policy for " + name);
  }

  @Test
  void policiesOfDifferentLibcsAreNotCompared() {
    CommandRun result = run("manylinux_2_28", "musllinux_1_2");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("different C libraries");
  }

  @Test
  void policiesWithoutACommonArchitectureAreNotCompared() {
    assertThat(run("manylinux_2_31_riscv64", "manylinux2014").err())
        .contains("no architecture in common");
  }

  @Test
  void titlesAreBoldOnATerminalAlone() {
    assertThat(CommandRun.onTerminal(Map.of(), "policies", "manylinux1").out())
        .startsWith("\u001b[1mmanylinux_2_5");
    assertThat(CommandRun.onTerminal(Map.of("NO_COLOR", "1"), "policies", "manylinux1").out())
        .startsWith("manylinux_2_5")
        .doesNotContain("\u001b");
  }

  @Test
  void theListIsJsonToo() throws IOException {
    JsonNode first = json("--json").get("policies").get(0);
    assertThat(first.get("name").asText()).isEqualTo("manylinux_2_5");
    assertThat(first.get("first_pip").get("manylinux1").asText()).isEqualTo("8.1.0");
  }

  @Test
  void oneInFullIsJsonToo() throws IOException {
    JsonNode policy = json("manylinux2014_x86_64", "--json");
    assertThat(policy.get("versions")).hasSize(1);
    assertThat(policy.at("/versions/x86_64/LIBATOMIC")).isEmpty();
    assertThat(policy.at("/versions/x86_64/CXXABI"))
        .last()
        .extracting(JsonNode::asText)
        .isEqualTo("CXXABI_TM_1");
    assertThat(policy.at("/libraries/added").has("libz.so.1")).isTrue();
    assertThat(policy.at("/libc_names/x86_64/0").asText()).isEqualTo("ld-linux-x86-64.so.2");
    assertThat(policy.get("forbidden_symbols").get("libm.so.6")).hasSize(3);
  }

  @Test
  void theDifferenceIsJsonToo() throws IOException {
    JsonNode difference = json("manylinux1", "manylinux2010", "--json");
    assertThat(difference.at("/versions/x86_64/GLIBC/gained/0").asText()).isEqualTo("GLIBC_2.6");
    assertThat(difference.at("/versions/x86_64/ZLIB/from").isNull()).isTrue();
    assertThat(difference.get("libraries_gained")).hasSize(1);
    assertThat(difference.get("systems_lost").has("RHEL 5 and its rebuilds")).isTrue();
  }

  @Test
  void aUserPolicyIsListedInItsPlace(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("own.json");
    Files.writeString(
        file,
        "{\"name\": \"manylinux_2_19\", \"extends\": \"manylinux_2_17\", \"glibc\": \"2.19\"}");
    assertThat(run("--policy", file.toString()).out())
        .containsPattern("manylinux_2_17 .*\nmanylinux_2_19 .*\nmanylinux_2_24 ");
  }

  @Test
  void aBrokenUserPolicyIsNamedWithItsPlace(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("own.json");
    Files.writeString(file, "{\"name\": \"manylinux_2_19\",\n \"librarys\": {}}");
    CommandRun result = run("--policy", file.toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("jwheel policies: " + file + ":2:2: unknown key \"librarys\"; expected name, ");
  }
}
