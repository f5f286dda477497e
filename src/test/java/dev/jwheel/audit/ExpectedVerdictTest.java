// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The verdict on every fixture and on every real wheel in the directory that {@code jwheel.wheels}
 * names, as {@code expected/bundled-wheels.tsv} has it.
 */
class ExpectedVerdictTest {
  private static final String EXPECTATIONS = "/expected/bundled-wheels.tsv";
  private static final Path FIXTURES = Path.of("testdata", "wheels");
  private static final Path REAL_WHEELS =
      Path.of(System.getProperty("jwheel.wheels", "../shared/wheels"));
  private static final String NO_PLATFORM = "not a platform wheel";

  private record Expectation(String wheel, String auditwheel, String jwheel, String rule) {}

  @TestFactory
  List<DynamicTest> everyFixtureHasItsVerdict() throws IOException {
    return tests(wheelsUnder(FIXTURES));
  }

  @TestFactory
  List<DynamicTest> everyRealWheelHasItsVerdict() throws IOException {
    assumeRealWheels();
    return tests(wheelsUnder(REAL_WHEELS));
  }

  @Test
  void everyExpectationHasItsWheel() throws IOException {
    assumeRealWheels();
    Map<String, Path> wheels = wheelsUnder(FIXTURES);
    wheels.putAll(wheelsUnder(REAL_WHEELS));
    assertThat(wheels.keySet()).containsAll(expectedVerdicts().keySet());
  }

  private static void assumeRealWheels() {
    Assumptions.assumeTrue(
        Files.isDirectory(REAL_WHEELS),
        "no real wheels: -Djwheel.wheels=DIR names their directory, " + REAL_WHEELS + " is none");
  }

  private static List<DynamicTest> tests(Map<String, Path> wheels) throws IOException {
    Map<String, String> expected = expectedVerdicts();
    List<DynamicTest> tests = new ArrayList<>();
    wheels.forEach(
        (name, wheel) ->
            tests.add(
                dynamicTest(
                    name,
                    () -> {
                      assertThat(expected).as(EXPECTATIONS).containsKey(name);
                      assertThat(verdict(wheel)).isEqualTo(expected.get(name));
                    })));
    assertThat(tests).isNotEmpty();
    return tests;
  }

  private static String verdict(Path wheel) {
    AuditOutcome outcome = Audits.outcome(wheel);
    return outcome instanceof AuditReport report ? report.overallTag().text() : NO_PLATFORM;
  }

  private static Map<String, Path> wheelsUnder(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Map<String, Path> wheels = new TreeMap<>();
      files
          .filter(file -> file.toString().endsWith(".whl"))
          .forEach(file -> wheels.put(file.getFileName().toString(), file));
      return wheels;
    }
  }

  @Test
  void everyDifferenceFromAuditwheelHasARuleInTheDocument() throws IOException {
    List<String> rules =
        Files.readAllLines(Path.of("docs", "differences.md")).stream()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring("### ".length()))
            .toList();
    for (Expectation expectation : expectations()) {
      boolean differs = !expectation.auditwheel.equals(expectation.jwheel);
      assertThat(expectation.rule.isEmpty()).as(expectation.wheel).isEqualTo(!differs);
      assertThat(differs ? rules : List.of("")).as(expectation.wheel).contains(expectation.rule);
    }
  }

  /** The verdicts by the wheels' file names. */
  private static Map<String, String> expectedVerdicts() throws IOException {
    return expectations().stream()
        .collect(Collectors.toMap(Expectation::wheel, Expectation::jwheel));
  }

  private static List<Expectation> expectations() throws IOException {
    String table;
    try (var in = ExpectedVerdictTest.class.getResourceAsStream(EXPECTATIONS)) {
      table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return table
        .lines()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .map(columns -> new Expectation(columns[0], columns[1], columns[2], columns[3]))
        .toList();
  }
}
