// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jwheel.check.CheckResult;
import dev.jwheel.check.CheckRule;
import dev.jwheel.check.CheckedFile;
import dev.jwheel.check.RuleCatalog;
import dev.jwheel.metadata.FindingLevel;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportsTest {
  private static final String WHEEL = "pack-1.0-py3-none-any.whl";
  private static final Path GOLDEN = Path.of("testdata", "check", "reports");

  @TempDir private Path directory;

  private static CheckRule rule(String id) {
    return RuleCatalog.builtIn().find(id).orElseThrow();
  }

  private static CheckResult result(String rule, String member, String message) {
    return new CheckResult(rule(rule), rule(rule).level(), WHEEL, member, "", message);
  }

  private static CheckReport report(List<CheckResult> results) {
    CheckedFile file = new CheckedFile(Path.of(WHEEL), WHEEL, results, Optional.empty(), false);
    return new CheckReport(List.of(file), List.of(), "pyproject.toml", "1.0");
  }

  /** Everything that a format must escape, and two results with one fingerprint. */
  private static CheckReport sample() {
    return report(
        List.of(
            result("record-hash", "pack/a,b.py", "100 % wrong: <a> & \"b\" | `c`\nd"),
            result("record-hash", "pack/a,b.py", "is wrong again"),
            result("index-summary", "pack-1.0.dist-info/METADATA", "Summary is too long"),
            result("bytecode", "pack/\u00e9.pyc", "is bytecode"),
            result("several-toplevels", "", "there are 2 names at the root: a, b")));
  }

  private static String written(ReportWriter writer, CheckReport report) throws IOException {
    StringWriter out = new StringWriter();
    writer.write(report, out);
    return out.toString().replace("\r\n", "\n");
  }

  private static ReportWriter writer(String format) {
    return switch (format) {
      case "sarif" -> new SarifReport();
      case "gitlab" -> new GitLabReport();
      case "junit" -> new JUnitReport();
      case "markdown" -> new MarkdownReport();
      default -> new GitHubAnnotations();
    };
  }

  /** With {@code -Djwheel.update=true} the files are written instead. */
  @ParameterizedTest
  @CsvSource({
    "sarif, sample.sarif",
    "gitlab, gitlab.json",
    "junit, junit.xml",
    "markdown, summary.md",
    "github, annotations.txt"
  })
  void aReportIsAsItsGoldenFile(String format, String name) throws IOException {
    String text = written(writer(format), sample());
    if (Boolean.getBoolean("jwheel.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(GOLDEN.resolve(name), text);
    }
    assertThat(text).isEqualTo(Files.readString(GOLDEN.resolve(name)));
  }

  @Test
  void everySarifResultNamesItsRule() throws IOException {
    JsonNode run =
        new ObjectMapper().readTree(written(new SarifReport(), sample())).get("runs").get(0);
    JsonNode rules = run.get("tool").get("driver").get("rules");
    for (JsonNode result : run.get("results")) {
      JsonNode named = rules.get(result.get("ruleIndex").asInt());
      assertThat(named.get("id")).isEqualTo(result.get("ruleId"));
    }
    assertThat(run.get("results")).hasSize(5);
  }

  @Test
  void aSarifReportThatIsTooLargeLosesTheLowestLevels() throws IOException {
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < 25_000; i++) {
      results.add(result("several-toplevels", "", "note " + i));
    }
    results.add(result("record-hash", "a", "is wrong"));
    JsonNode run =
        new ObjectMapper().readTree(written(new SarifReport(), report(results))).get("runs").get(0);
    assertThat(run.get("results")).hasSize(25_000);
    assertThat(run.get("results").get(0).get("level").asText()).isEqualTo("error");
    assertThat(run.get("invocations").get(0).get("toolExecutionNotifications")).hasSize(1);
  }

  @Test
  void fingerprintsOfOneReportDiffer() throws IOException {
    Set<String> fingerprints = new HashSet<>();
    JsonNode problems = new ObjectMapper().readTree(written(new GitLabReport(), sample()));
    problems.forEach(problem -> fingerprints.add(problem.get("fingerprint").asText()));
    assertThat(fingerprints).hasSize(5);
    assertThat(problems.get(0).get("severity").asText()).isEqualTo("major");
  }

  @Test
  void aFingerprintStaysFromReleaseToRelease() {
    CheckRule rule = rule("missing-library");
    CheckResult old =
        new CheckResult(
            rule,
            FindingLevel.ERROR,
            "a-1.0-1-cp311-cp311-linux_x86_64.whl",
            "a.libs/libz-0123abcd.so.1",
            "libx.so",
            "x");
    CheckResult next =
        new CheckResult(
            rule,
            FindingLevel.ERROR,
            "a-1.1-cp311-cp311-linux_x86_64.whl",
            "a.libs/libz-4567cdef.so.1",
            "libx.so",
            "y");
    assertThat(next.fingerprint()).isEqualTo(old.fingerprint());
    assertThat(next.fingerprint(2)).isNotEqualTo(next.fingerprint());
  }

  @Test
  void junitIsXmlWhateverNamesHold() throws Exception {
    CheckReport report = report(List.of(result("bytecode", "a\u0001<&>.pyc", "x")));
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(written(new JUnitReport(), report))));
    assertThat(xml.getElementsByTagName("failure").getLength()).isOne();
    assertThat(written(new JUnitReport(), report(List.of())))
        .contains("tests=\"1\" failures=\"0\"");
  }

  @Test
  void tenAnnotationsOfALevelAreShown() throws IOException {
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      results.add(result("bytecode", "a" + i + ".pyc", "is bytecode"));
    }
    List<String> lines = written(new GitHubAnnotations(), report(results)).lines().toList();
    assertThat(lines).hasSize(10);
    assertThat(lines.get(9))
        .isEqualTo("::warning file=pyproject.toml,line=1,title=jwheel check::and 21 more");
  }

  @Test
  void aBaselineKnowsWhatItWasMadeOf() throws IOException {
    StringWriter out = new StringWriter();
    Baseline.write(sample().results(), out);
    Path file = Files.writeString(directory.resolve("baseline.json"), out.toString());
    Baseline baseline = Baseline.read(file);
    assertThat(sample().results()).allMatch(baseline::has);
    assertThat(baseline.has(result("bytecode", "new.pyc", "x"))).isFalse();
  }

  @Test
  void anotherFileIsNoBaseline() throws IOException {
    Path file = Files.writeString(directory.resolve("a.json"), "{}");
    assertThatThrownBy(() -> Baseline.read(file)).hasMessageContaining("is not a baseline");
    Files.writeString(file, "x");
    assertThatThrownBy(() -> Baseline.read(file)).hasMessageContaining("is not a baseline");
  }
}
