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
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The verdict on every fixture and on every real wheel in the directory that {@code jwheel.wheels}
 * names, as {@code expected/bundled-wheels.tsv} has it.
 */
class ExpectedVerdictTest {
  private static final String NO_PLATFORM = "not a platform wheel";

  private record Expected(String wheel, String verdict) {}

  @TestFactory
  List<DynamicTest> everyFixtureHasItsVerdict() throws IOException {
    return tests(wheelsUnder(Path.of("testdata", "wheels")));
  }

  @TestFactory
  List<DynamicTest> everyRealWheelHasItsVerdict() throws IOException {
    Path directory = Path.of(System.getProperty("jwheel.wheels", "../shared/wheels"));
    Assumptions.assumeTrue(
        Files.isDirectory(directory),
        "no real wheels: -Djwheel.wheels=DIR names their directory, " + directory + " is none");
    return tests(wheelsUnder(directory));
  }

  private static List<DynamicTest> tests(Map<String, Path> wheels) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Expected expected : expected()) {
      Path wheel = wheels.get(expected.wheel);
      if (wheel != null) {
        tests.add(
            dynamicTest(
                expected.wheel, () -> assertThat(verdict(wheel)).isEqualTo(expected.verdict)));
      }
    }
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

  private static List<Expected> expected() throws IOException {
    String table;
    try (var in = ExpectedVerdictTest.class.getResourceAsStream("/expected/bundled-wheels.tsv")) {
      table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return table
        .lines()
        .skip(1)
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .map(columns -> new Expected(columns[0], columns[2]))
        .toList();
  }
}
