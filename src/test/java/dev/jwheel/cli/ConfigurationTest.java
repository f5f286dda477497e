// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jwheel.cli.terminal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options out of a file of the project: which file counts, and what it can and cannot set. */
class ConfigurationTest {
  private static final String WHEEL =
      Path.of("testdata", "wheels", "example-1.0-cp38-abi3-linux_x86_64.whl")
          .toAbsolutePath()
          .toString();
  private static final String REPAIRABLE =
      Path.of("testdata", "wheels", "hash_gnu-1.0-cp311-cp311-linux_x86_64.whl")
          .toAbsolutePath()
          .toString();
  private static final String PURE =
      Path.of("testdata", "wheels", "pure-1.0-py3-none-any.whl").toAbsolutePath().toString();

  @TempDir Path project;

  private CommandRun run(String... arguments) {
    return run(project, Map.of(), arguments);
  }

  private static CommandRun run(
      Path directory, Map<String, String> variables, String... arguments) {
    return CommandRun.in(directory, variables, false, arguments);
  }

  private void pyproject(String... lines) throws IOException {
    Files.write(project.resolve("pyproject.toml"), List.of(lines));
  }

  private Path below(String name) throws IOException {
    return Files.createDirectories(project.resolve(name));
  }

  private static JsonNode setting(CommandRun run, String option) throws IOException {
    for (JsonNode setting : new ObjectMapper().readTree(run.out()).get("settings")) {
      if (setting.get("option").asText().equals(option)) {
        return setting;
      }
    }
    throw new AssertionError(option + " is not in " + run.out());
  }

  @Test
  void aTableSetsTheOptionsOfItsCommand() throws IOException {
    pyproject("[tool.jwheel.show]", "plat = 'manylinux_2_17_x86_64'", "json = true");
    CommandRun run = run("show", WHEEL);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(run.out()).toString()).contains("manylinux_2_17_x86_64");
    assertThat(run("metadata", WHEEL).out()).doesNotStartWith("{");
  }

  @Test
  void theTableAboveSetsThoseOfAllCommands() throws IOException {
    pyproject("[tool.jwheel]", "json = true", "[tool.jwheel.metadata]", "json = false");
    assertThat(run("show", WHEEL).out()).startsWith("{");
    assertThat(run("metadata", WHEEL).out()).doesNotStartWith("{");
  }

  @Test
  void theCommandLineWins() throws IOException {
    pyproject("[tool.jwheel.check]", "fail-on = 'never'", "ignore = ['platform-*', 'area:index']");
    assertThat(run("check", PURE).status()).isZero();
    CommandRun run = run("check", "--fail-on", "note", "--ignore", "area:none", PURE);
    assertThat(run.err()).contains("area:none");
    assertThat(run("check", "--fail-on", "note", "--note", "*", PURE).status()).isEqualTo(1);
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    pyproject("[tool.jwheel.repair]", "plat = 'nowhere'", "zip-compression-level = 10");
    Map<String, String> variables =
        Map.of("AUDITWHEEL_PLAT", "linux", "JWHEEL_ZIP_COMPRESSION_LEVEL", "1");
    assertThat(run(project, variables, "repair", "--dry-run", REPAIRABLE).status()).isZero();
    assertThat(run("repair", "--dry-run", REPAIRABLE).err())
        .contains("--plat nowhere is no known platform tag")
        .contains("(--plat is set by [tool.jwheel.repair])");
  }

  @Test
  void aListIsAListOrOneText() throws IOException {
    pyproject("[tool.jwheel.repair]", "plat = ['linux']", "exclude = 'libfoo.so.*'");
    JsonNode excluded = setting(run("config", "repair", "--json"), "exclude");
    assertThat(excluded.get("value").toString()).isEqualTo("[\"libfoo.so.*\"]");
    assertThat(run("repair", "--dry-run", REPAIRABLE).status()).isZero();
  }

  @Test
  void rulesForMembersCanBeATable() throws IOException {
    pyproject("[tool.jwheel.check.per-file]", "'*.so' = ['linux-tag', 'area:platform']");
    assertThat(setting(run("config", "check", "--json"), "per-file").get("value").toString())
        .isEqualTo("[\"*.so=linux-tag,area:platform\"]");
  }

  @Test
  void theNearestFileUpToTheRepositoryCounts() throws IOException {
    pyproject("[tool.jwheel]", "plat = 'manylinux1'");
    Path package1 = below("packages/one");
    Path package2 = below("packages/two");
    Files.writeString(package1.resolve("jwheel.toml"), "[show]\nplat = 'manylinux2010'\n");
    Files.writeString(package2.resolve("pyproject.toml"), "[project]\nname = 'two'\n");

    assertThat(file(package2)).as("without .git only the directory itself counts").isNull();
    below(".git");
    assertThat(file(project)).isEqualTo("pyproject.toml");
    assertThat(file(package1)).isEqualTo("jwheel.toml");
    assertThat(file(package2)).isEqualTo(Path.of("..", "..", "pyproject.toml").toString());
    below("packages/.git");
    assertThat(file(package2)).as("another repository").isNull();
  }

  private static String file(Path directory) throws IOException {
    CommandRun run = run(directory, Map.of(), "config", "--json");
    assertThat(run.status()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out()).get("file").textValue();
  }

  @Test
  void theFileOfThisProgramGoesFirst() throws IOException {
    pyproject("[tool.jwheel.show]", "json = true");
    Files.writeString(project.resolve("jwheel.toml"), "[tool.jwheel.show]\nverbose = true\n");
    assertThat(run("show", WHEEL).out()).doesNotStartWith("{");
  }

  @Test
  void anotherFileOrNoneCanBeNamed() throws IOException {
    pyproject("[tool.jwheel.show]", "json = true");
    Files.writeString(project.resolve("other.toml"), "[show]\nverbose = true\n");
    assertThat(run("show", WHEEL, "--config", "other.toml").out()).doesNotStartWith("{");
    assertThat(run("--no-config", "show", WHEEL).out()).doesNotStartWith("{");
    assertThat(run("show", "--no-config", WHEEL).out()).doesNotStartWith("{");
    assertThat(run("show", "--no-config", "--config", "other.toml", WHEEL).err())
        .contains("--config and --no-config exclude each other");
    CommandRun missing = run("show", "--config", "missing.toml", WHEEL);
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("missing.toml: no such file");
  }

  @Test
  void otherToolsOptionsAreNoneOfOurs() throws IOException {
    pyproject("[tool.cibuildwheel]", "audit-requires = ['jwheel']", "this is not TOML");
    assertThat(run("show", WHEEL).err()).isEmpty();
  }

  @Test
  void relativeNamesStartFromTheFile() throws IOException {
    below(".git");
    pyproject(
        "[tool.jwheel]",
        "sysroot = 'root'",
        "ldpaths = ['lib', '/opt/lib']",
        "[tool.jwheel.repair]",
        "wheel-dir = 'out'");
    CommandRun run = run(below("sub/dir"), Map.of(), "config", "repair", "--json");
    Path up = Path.of("..", "..");
    assertThat(setting(run, "wheel-dir").get("value").asText())
        .isEqualTo(up.resolve("out").toString());
    assertThat(setting(run, "sysroot").get("value").asText())
        .isEqualTo(up.resolve("root").toString());
    assertThat(setting(run, "ldpaths").get("value").asText())
        .startsWith(up.resolve("lib").toString())
        .endsWith("/opt/lib");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/out", "../out", "a/../../out", "link", "link/out", "dangling"})
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsWrittenElsewhere(String place, @TempDir Path elsewhere) throws IOException {
    Files.createSymbolicLink(project.resolve("link"), elsewhere);
    Files.createSymbolicLink(project.resolve("dangling"), Path.of("/nowhere/file"));
    pyproject("[tool.jwheel.check]", "sarif = '" + place + "'");
    CommandRun run = run("check", WHEEL);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("pyproject.toml: [tool.jwheel.check] sarif is " + place)
        .contains("below the directory of the file");
  }

  @ParameterizedTest
  @CsvSource({
    "repository-url, address",
    "check-url, address",
    "repository, address",
    "password-command, program",
    "username, credentials",
    "config-file, credentials",
    "cert, credentials"
  })
  void aFileStartsNoProgramAndNamesNoAddressAndNoCredentials(String key, String reason)
      throws IOException {
    pyproject("[tool.jwheel.upload]", key + " = 'x'");
    CommandRun run = run("upload", "--dry-run", "--repository-url", "http://127.0.0.1/", WHEEL);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("jwheel upload: pyproject.toml: [tool.jwheel.upload] " + key)
        .contains(reason);
    assertThat(run.out()).isEmpty();
    assertThat(run("show", WHEEL).err()).isEmpty();
  }

  /** An option of a kind that is refused gets the label that says so. */
  @Test
  void everyOptionWithAnAddressOrAProgramIsRefused() {
    Console console = new Console(System.out, System.err, Map.of(), project, false, false, null);
    for (CommandSpec command : ConfiguredExecution.configured(console)) {
      for (OptionSpec option : command.options()) {
        String text = String.join(" ", option.description());
        if (text.contains("this address") || text.contains("this command")) {
          assertThat(option.paramLabel()).as(option.longestName()).isIn("ADDRESS", "COMMAND");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json = 1                   | json is a number, expected true or false",
        "json = 'yes'               | json is a text, expected true or false",
        "sysroot = true             | sysroot is true, expected a text",
        "plat = 2014                | plat is a number, expected a text or a list of texts",
        "plat = ['x', 1]            | plat has a number in its list, expected texts",
        "exclude = 2020-01-01       | exclude is a date or time, expected a text or a list of texts",
        "exclude = {a = 1}          | exclude is a table, expected a text or a list of texts"
      })
  void aWrongTypeIsNamedWithTheExpectedOne(String line, String message) throws IOException {
    pyproject("[tool.jwheel.show]", line);
    CommandRun run = run("show", WHEEL);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().strip())
        .isEqualTo("jwheel show: pyproject.toml: [tool.jwheel.show] " + message);
  }

  @Test
  void aTableThatIsNoneIsNamed() throws IOException {
    pyproject("[tool.jwheel]", "show = 'x'");
    assertThat(run("show", WHEEL).err())
        .contains("pyproject.toml: [tool.jwheel] show is a text, expected a table");
  }

  @Test
  void anUnknownKeyIsAWarningWithTheNearestName() throws IOException {
    pyproject("[tool.jwheel]", "sysrot = 'x'", "[tool.jwheel.show]", "jsn = true");
    CommandRun run = run("show", WHEEL);
    assertThat(run.status()).isZero();
    assertThat(run.err().lines())
        .containsExactly(
            "jwheel show: pyproject.toml: [tool.jwheel.show] has the unknown key jsn; the nearest is"
                + " json",
            "jwheel show: pyproject.toml: [tool.jwheel] has the unknown key sysrot; the nearest is"
                + " sysroot");
    assertThat(run("show", "-q", WHEEL).err()).isEmpty();
  }

  @Test
  void aFileThatDoesNotParseIsNamedWithTheLine() throws IOException {
    pyproject("[tool.jwheel.show]", "json = true", "plat = ");
    CommandRun run = run("show", WHEEL);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("jwheel show: pyproject.toml:3:").contains("not TOML");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run("show", "--no-config", WHEEL).status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = ",
        "a = [[[",
        "a = 'x",
        "a = 1e999999999",
        "a = 99999999999999999999999999999999",
        "a = 2020-99-99",
        "a = \"\\uD800\"",
        "a = 1\na = 2",
        "a.b = 1\na = 2",
        "[[tool.jwheel]]",
        "[tool]",
        "\u0000"
      })
  void oddFilesAreEndedByOneLine(String text) throws IOException {
    pyproject("[tool.jwheel.show]", "json = true", text);
    CommandRun run = run("show", WHEEL);
    assertThat(run.err()).as(run.err()).doesNotContain("internal error", "\tat ");
    assertThat(run.err().lines().count()).isLessThan(2);
  }

  @ParameterizedTest
  @CsvSource({"[,100000", "{a=,100000", "[tool.jwheel.show.,1000", "a.,100000"})
  void depthIsBounded(String piece, int times) throws IOException {
    String opening = piece.startsWith("[tool") ? piece + "a.".repeat(times) + "b]" : "";
    pyproject("[tool.jwheel.show]", opening.isEmpty() ? "a = " + piece.repeat(times) : opening);
    CommandRun run = run("show", WHEEL);
    assertThat(run.err()).doesNotContain("internal error");
    assertThat(run.err().length()).isLessThan(30_000);
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws IOException {
    pyproject("[tool.jwheel]", "#".repeat(1 << 20));
    CommandRun run = run("show", WHEEL);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("pyproject.toml: is larger than 1 MiB");
  }

  @Test
  void textThatIsNotUtf8IsNamed() throws IOException {
    Files.write(
        project.resolve("jwheel.toml"), new byte[] {'[', 's', ']', '\n', '#', (byte) 0xff, '\n'});
    assertThat(run("show", WHEEL).err()).contains("jwheel.toml: the text is not UTF-8");
  }

  @Test
  void otherProgramsCommandLinesReadNoFile() throws IOException {
    pyproject("[tool.jwheel]", "json = 1", "verbose = 1");
    assertThat(run("auditwheel", "show", WHEEL).status()).isZero();
    assertThat(run("patchelf", "--version").status()).isZero();
    CommandRun run = run("--config", "pyproject.toml", "auditwheel", "show", WHEEL);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("auditwheel reads no configuration");
  }

  @Test
  void effectiveValuesAreShownWithTheirSources() throws IOException {
    pyproject("[tool.jwheel]", "strip = true", "[tool.jwheel.repair]", "lib-sdir = '.dylibs'");
    CommandRun run = run(project, Map.of("JWHEEL_PLAT", "manylinux1"), "config", "repair");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .startsWith("# pyproject.toml", "", "[tool.jwheel.repair]")
        .contains(
            "plat = [\"manylinux1\"]  # JWHEEL_PLAT",
            "strip = true  # [tool.jwheel]",
            "lib-sdir = \".dylibs\"  # [tool.jwheel.repair]",
            "wheel-dir = \"wheelhouse\"  # default",
            "zip-compression-level = \"6\"  # default")
        .noneMatch(line -> line.startsWith("help"));
  }

  @Test
  void allProblemsOfAFileAreShownAtOnce() throws IOException {
    pyproject("[tool.jwheel.show]", "json = 1", "plat = 1", "[tool.jwheel.upload]", "cert = 'x'");
    CommandRun run = run("config");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void theHelpOfEachCommandNeedsNoFile(Subcommand command) throws IOException {
    pyproject("[tool.jwheel]", "not TOML");
    assertThat(run(command.commandName(), "--help").status()).isZero();
    assertThat(run("--version").status()).isZero();
  }
}
