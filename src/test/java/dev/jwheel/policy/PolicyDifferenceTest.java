// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static dev.jwheel.platform.Architecture.AARCH64;
import static dev.jwheel.platform.Architecture.I686;
import static dev.jwheel.platform.Architecture.LOONGARCH64;
import static dev.jwheel.platform.Architecture.PPC64;
import static dev.jwheel.platform.Architecture.X86_64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jwheel.platform.Architecture;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyDifferenceTest {
  private static final PolicyCatalog CATALOG = PolicyCatalog.builtIn();

  private static PolicyDifference difference(String from, String to) {
    return CATALOG.difference(CATALOG.find(from).orElseThrow(), CATALOG.find(to).orElseThrow());
  }

  private static VersionChange change(
      PolicyDifference difference, Architecture architecture, String namespace) {
    return difference.versions().get(architecture).stream()
        .filter(change -> change.namespace().equals(namespace))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void fromManylinux1ToManylinux2010SevenGlibcVersionsAreGained() {
    PolicyDifference difference = difference("manylinux1", "manylinux2010");
    VersionChange glibc = change(difference, X86_64, "GLIBC");
    assertThat(glibc.from()).contains("2.5");
    assertThat(glibc.to()).contains("2.12");
    assertThat(glibc.gained())
        .containsExactly(
            "GLIBC_2.6",
            "GLIBC_2.7",
            "GLIBC_2.8",
            "GLIBC_2.9",
            "GLIBC_2.10",
            "GLIBC_2.11",
            "GLIBC_2.12");
    assertThat(glibc.lost()).isEmpty();
    assertThat(change(difference, I686, "GCC").to()).contains("4.5.0");
    assertThat(change(difference, X86_64, "GCC").to()).contains("4.3.0");
  }

  @Test
  void fromManylinux1ToManylinux2010LibexpatIsGainedAndCentos5Lost() {
    PolicyDifference difference = difference("manylinux1", "manylinux2010");
    assertThat(difference.librariesGained()).containsExactly("libexpat.so.1");
    assertThat(difference.librariesLost()).isEmpty();
    assertThat(difference.systemsLost()).containsEntry("RHEL 5 and its rebuilds", "2.5");
    assertThat(difference.systemsLost()).doesNotContainKey("RHEL 6 and its rebuilds");
    assertThat(difference.systemsGained()).isEmpty();
  }

  @Test
  void theSystemsOfThePoliciesBetweenAreLostToo() {
    assertThat(difference("manylinux1", "manylinux_2_28").systemsLost())
        .containsKeys("RHEL 5 and its rebuilds", "RHEL 7 and its rebuilds", "Ubuntu 18.04")
        .doesNotContainKey("RHEL 8 and its rebuilds");
  }

  @Test
  void anOlderTagGainsSystemsAndLosesVersions() {
    PolicyDifference difference = difference("manylinux2014", "manylinux2010");
    assertThat(difference.systemsGained()).containsKey("RHEL 6 and its rebuilds");
    assertThat(difference.systemsLost()).isEmpty();
    assertThat(change(difference, X86_64, "CXXABI").lost()).contains("CXXABI_TM_1");
    assertThat(change(difference, X86_64, "ZLIB").gained()).isEmpty();
    assertThat(difference.architecturesLost()).contains(AARCH64, PPC64);
  }

  @Test
  void architecturesComeAndGo() {
    PolicyDifference difference = difference("manylinux2014", "manylinux_2_36");
    assertThat(difference.architecturesGained()).contains(LOONGARCH64);
    assertThat(difference.architecturesLost()).containsExactly(PPC64);
    assertThat(difference.versions()).doesNotContainKeys(LOONGARCH64, PPC64);
  }

  @Test
  void aNamespaceWithNothingAllowedHasNoHighestVersion() {
    VersionChange zlib = change(difference("manylinux1", "manylinux2010"), X86_64, "ZLIB");
    assertThat(zlib.from()).isEqualTo(Optional.empty());
    assertThat(zlib.to()).contains("1.2.2.4");
  }

  @Test
  void symbolsThatAreForbiddenNoMoreArePermitted() {
    PolicyDifference difference = difference("manylinux_2_31", "manylinux_2_34");
    assertThat(difference.symbolsPermitted().get("libz.so.1")).containsExactly("uncompress2");
    assertThat(difference.symbolsForbidden()).isEmpty();
  }

  @Test
  void aPolicyDoesNotDifferFromItself() {
    assertThat(difference("manylinux_2_28", "manylinux_2_28").hasChanges()).isFalse();
    assertThat(difference("musllinux_1_1", "musllinux_1_2").hasChanges()).isTrue();
  }

  @Test
  void policiesOfDifferentLibcsCannotBeCompared() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> difference("manylinux_2_28", "musllinux_1_2"));
  }
}
