// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.audit.ScanProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule is broken by a wheel of its own, and a sound wheel breaks none. */
class EveryRuleTest {
  @TempDir private Path directory;

  static List<BrokenWheel> broken() {
    return BrokenWheels.all();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aWheelThatBreaksARuleHasItsResult(BrokenWheel fixture) throws IOException {
    Path file = fixture.wheel().in(directory);
    CheckedFile checked = new Check(fixture.options()).on(file, ScanProgress.SILENT);
    assertThat(Checks.rules(checked)).contains(fixture.rule());
    CheckResult result =
        checked.results().stream()
            .filter(one -> one.rule().id().equals(fixture.rule()))
            .findFirst()
            .orElseThrow();
    assertThat(result.message()).isNotBlank().hasSizeLessThan(600);
    assertThat(result.fingerprint()).matches("[0-9a-f]{32}");
  }

  @Test
  void aSoundWheelBreaksNoRule() throws IOException {
    assertThat(Checks.check(TestWheel.pure().in(directory)).results()).isEmpty();
  }

  @Test
  void aSoundArchiveWrittenByteByByteBreaksNoRule() throws IOException {
    TestWheel wheel = TestWheel.pure().faultyArchive(archive -> {});
    assertThat(Checks.check(wheel.in(directory)).results()).isEmpty();
  }

  @Test
  void aNameThatOccursTwiceLeavesAWheelUnreadable() throws IOException {
    TestWheel wheel = TestWheel.pure().faultyArchive(archive -> archive.member("a", ""));
    assertThat(Checks.check(wheel.in(directory)).isUnreadable()).isFalse();
    TestWheel twice =
        TestWheel.pure().faultyArchive(archive -> archive.member("a", "").member("a", "b"));
    Files.delete(directory.resolve("pack-1.0-py3-none-any.whl"));
    assertThat(Checks.check(twice.in(directory)).isUnreadable()).isTrue();
  }

  @Test
  void everyRuleHasAWheelThatBreaksIt() {
    Set<String> untested = new TreeSet<>();
    RuleCatalog.builtIn().all().forEach(rule -> untested.add(rule.id()));
    BrokenWheels.all().forEach(fixture -> untested.remove(fixture.rule()));
    untested.removeAll(BrokenWheels.TESTED_ELSEWHERE);
    assertThat(untested).isEmpty();
  }

  @Test
  void aFileThatIsNoArchiveIsAResult() throws IOException {
    Path file = TestWheel.pure().in(directory);
    Files.write(file, "not a zip archive".getBytes(StandardCharsets.UTF_8));
    CheckedFile unreadable = Checks.check(file);
    assertThat(Checks.rules(unreadable)).containsExactly("unreadable");
    assertThat(unreadable.isUnreadable()).isTrue();
  }

  @Test
  void aFileOfAnotherNameIsNoWheel() throws IOException {
    Path file = TestWheel.pure().named("pack-1.0.whl").in(directory);
    assertThat(Checks.rules(Checks.check(file))).containsExactly("filename");
  }

  @Test
  void resultsOfOneRuleAreLimited() throws IOException {
    TestWheel wheel = TestWheel.pure();
    for (int i = 0; i < 1500; i++) {
      wheel.text("pack/m" + i + ".pyc", "");
    }
    List<CheckResult> results = new ArrayList<>(Checks.check(wheel.in(directory)).results());
    results.removeIf(result -> !result.rule().id().equals("bytecode"));
    assertThat(results).hasSize(1001);
    assertThat(results.get(1000).message()).isEqualTo("breaks the rule in 500 more places");
  }

  @Test
  void sixtyThousandRequirementsAndADeepMarkerAreResults() throws IOException {
    String deep = "(".repeat(1000) + "python_version>'3'" + ")".repeat(1000);
    TestWheel wheel =
        TestWheel.pure()
            .metadata("Requires-Dist: b\n".repeat(60_000) + "Requires-Dist: c; " + deep + "\n");
    assertThat(Checks.rules(Checks.check(wheel.in(directory)))).contains("metadata-value");
  }
}
