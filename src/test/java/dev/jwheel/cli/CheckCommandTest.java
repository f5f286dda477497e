// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.jwheel.check.TestWheel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  @TempDir private Path directory;

  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("check"));
    all.addAll(List.of(arguments));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    return new CommandRun(run.status(), run.out().replace(System.lineSeparator(), "\n"), run.err());
  }

  private String sound() throws IOException {
    return TestWheel.pure().in(directory).toString();
  }

  private String faulty() throws IOException {
    TestWheel wheel = TestWheel.pure().text("__init__.py", "").text("setup.py", "");
    for (int i = 0; i < 5; i++) {
      wheel.text("pack/m" + i + ".pyc", "");
    }
    return wheel.in(directory).toString();
  }

  @Test
  void aSoundWheelIsOneLine() throws IOException {
    CommandRun result = run(sound());
    assertThat(result.out()).isEqualTo("1 file, 0 errors\n");
    assertThat(result.status()).isZero();
  }

  @Test
  void resultsAreGroupedByRuleTheGravestFirst() throws IOException {
    CommandRun result = run(faulty());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .isEqualTo(
            """
            pack-1.0-py3-none-any.whl
              error: init-at-root
                __init__.py: makes a package of site-packages
                Fix: correct the package directory in the build configuration
              warning: bytecode (5)
                pack/m0.pyc: is bytecode
                pack/m1.pyc: is bytecode
                pack/m2.pyc: is bytecode
                and 2 more (-v shows all)
                Fix: build from a clean tree
              note: dist-info-last
                pack-1.0.dist-info/ does not stand at the end of the archive
                Fix: write the archive again with the dist-info directory last, as jwheel repair does
              note: setup-files
                setup.py: is installed into site-packages
                Fix: exclude them from the package data
              note: several-toplevels
                there are 2 names at the root: pack, setup
                Fix: exclude what is not part of the package

            1 file, 1 error, 5 warnings, 3 notes
            """);
  }

  @Test
  void failOnSaysWhichLevelCounts() throws IOException {
    String wheel = faulty();
    assertThat(run("--fail-on", "never", wheel).status()).isZero();
    assertThat(run("--ignore", "init-at-root", wheel).status()).isZero();
    assertThat(run("--ignore", "init-at-root", "--fail-on", "warning", wheel).status()).isOne();
    assertThat(run("--fail-on", "worse", wheel).status()).isEqualTo(2);
  }

  @Test
  void laterChoicesOfRulesWin() throws IOException {
    String wheel = faulty();
    assertThat(run("--select", "W001", wheel).out()).contains("bytecode").doesNotContain("setup");
    assertThat(run("--select", "bytecode", "--ignore", "byte*", wheel).out()).startsWith("1 file");
    assertThat(run("--ignore", "bytecode", "--error", "bytecode", wheel).out())
        .contains("error: bytecode");
    assertThat(run("--select", "area:layout", wheel).out()).doesNotContain("setup-files");
    assertThat(run("--per-file", "pack/*=bytecode", wheel).out()).doesNotContain("bytecode");
  }

  @Test
  void anUnknownRuleIsWrongUsage() throws IOException {
    CommandRun result = run("--ignore", "bytecod", sound());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("there is no rule bytecod; the nearest is bytecode");
  }

  @Test
  void theRulesOfTheIndexAreErrorsWhereItIsMeant() throws IOException {
    String wheel = TestWheel.pure("1.0+abc").in(directory).toString();
    assertThat(run(wheel).out()).contains("warning: index-local-version");
    assertThat(run("--index", "pypi", wheel).out()).contains("error: index-local-version");
    assertThat(run("--index", "none", wheel).out()).isEqualTo("1 file, 0 errors\n");
  }

  @Test
  void aRuleIsExplained() {
    CommandRun result = run("--explain", "record-hash");
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("Holds if")
        .contains("Why")
        .contains("Fix")
        .contains("Source");
    assertThat(run("--explain", "W001").out()).startsWith("bytecode\n");
    assertThat(run("--list-rules").out()).contains("bytecode").contains("record-hash");
    assertThat(run().status()).isEqualTo(2);
  }

  @Test
  void aDirectoryStandsForItsWheels() throws IOException {
    faulty();
    Files.writeString(directory.resolve("notes.txt"), "");
    assertThat(run(directory.toString()).out()).contains("\n1 file, 1 error");
  }

  @Test
  void aFileThatCannotBeReadIsAResult() throws IOException {
    Path broken = Files.writeString(directory.resolve("pack-2.0-py3-none-any.whl"), "x");
    CommandRun result = run(broken.toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).contains("error: unreadable");
  }

  @Test
  void theExpectedNamesAreThoseAtTheRoot() throws IOException {
    String wheel = sound();
    assertThat(run("--toplevel", "pack", wheel).status()).isZero();
    assertThat(run("--toplevel", "pack,other", wheel).out()).contains("toplevel-expected");
    Path tree = Files.createDirectories(directory.resolve("src/pack"));
    Files.writeString(tree.resolve("__init__.py"), "");
    assertThat(run("--package", tree.toString(), wheel).status()).isZero();
    Files.writeString(tree.resolve("other.py"), "");
    assertThat(run("--package", tree.toString(), wheel).out()).contains("package-tree");
    assertThat(run("--src-dir", directory.resolve("src").toString(), wheel).status()).isOne();
  }

  @Test
  void reportsAreWrittenToTheirFiles() throws IOException {
    String wheel = faulty();
    Path sarif = directory.resolve("check.sarif");
    Path gitlab = directory.resolve("gitlab.json");
    Path junit = directory.resolve("junit.xml");
    Path markdown = directory.resolve("check.md");
    run(
        "--sarif",
        sarif.toString(),
        "--gitlab",
        gitlab.toString(),
        "--junit",
        junit.toString(),
        "--markdown",
        markdown.toString(),
        wheel);
    assertThat(sarif).content().contains("init-at-root");
    assertThat(gitlab).content().contains("init-at-root");
    assertThat(junit).content().contains("init-at-root");
    assertThat(markdown).content().contains("init-at-root");
  }

  @Test
  void aBaselineHidesWhatIsKnown() throws IOException {
    String wheel = faulty();
    String baseline = directory.resolve("baseline.json").toString();
    assertThat(run("--write-baseline", baseline, wheel).status()).isOne();
    assertThat(run("--baseline", baseline, wheel).out()).isEqualTo("1 file, 0 errors\n");
    assertThat(run("--baseline", wheel, wheel).status()).isEqualTo(2);
  }

  @Test
  void gitHubGetsAnnotationsAndASummary() throws IOException {
    String wheel = faulty();
    Path summary = directory.resolve("summary.md");
    Map<String, String> variables =
        Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString());
    CommandRun result = CommandRun.in(variables, false, "check", wheel);
    assertThat(result.err()).contains("::error file=", "title=init-at-root::");
    assertThat(summary).content().contains("init-at-root");
    assertThat(CommandRun.in(variables, false, "check", "--no-ci", wheel).err()).isEmpty();
    assertThat(CommandRun.in(variables, false, "check", "-q", wheel).err()).isEmpty();
  }

  @Test
  void aMatrixShowsTheWheelsOfARelease() throws IOException {
    String wheel = sound();
    assertThat(run("--matrix", wheel).out()).contains("pack 1\n").contains("Platform  py3-none");
  }

  @Test
  void jsonFollowsItsSchema() throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs", "check.schema.json")));
    JsonNode result = new ObjectMapper().readTree(run("--json", faulty()).out());
    assertThat(schema.validate(result)).isEmpty();
    assertThat(result.get("results")).hasSize(9);
    assertThat(result.get("results").get(0).get("rule").asText()).isEqualTo("init-at-root");
  }
}
