// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of auditwheel, as projects write it and as argparse reads it. */
class AuditwheelCommandTest {
  private static final Path WHEELS = Path.of("testdata", "wheels").toAbsolutePath();
  private static final String FIRST = "plain-1.0-cp311-cp311-linux_x86_64.whl";
  private static final String SECOND = "weak_symbol-1.0-cp311-cp311-linux_x86_64.whl";
  private static final String RESULT =
      "plain-1.0-cp311-cp311-manylinux1_x86_64.manylinux_2_5_x86_64.whl";

  /** What auditwheel refuses and jwheel accepts. */
  private static final Set<String> ACCEPTED_HERE_ONLY =
      Set.of("mdal_python", "pq_rdkit", "verbose after command", "show several");

  @TempDir Path top;

  /** A line of the table: what auditwheel 6.8.2 did is in it. */
  record Line(String place, String command, int status, Set<String> wheels) {
    static Line of(String text) {
      String[] columns = text.split("\t", -1);
      Set<String> wheels = new TreeSet<>(List.of(columns[3].split(" ")));
      wheels.remove("");
      return new Line(columns[0], columns[1], Integer.parseInt(columns[2]), wheels);
    }
  }

  static Stream<Line> lines() throws IOException {
    try (InputStream in =
        AuditwheelCommandTest.class.getResourceAsStream("auditwheel-command-lines.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.startsWith("#")).map(Line::of).toList().stream();
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    for (String directory : List.of("in", "in2", "out", "lib")) {
      Files.createDirectory(top.resolve(directory));
    }
    Files.copy(WHEELS.resolve(FIRST), top.resolve("in").resolve(FIRST));
    Files.copy(WHEELS.resolve(SECOND), top.resolve("in2").resolve(SECOND));
    Files.copy(Path.of("testdata/trees/search-order/rpath.so"), top.resolve("lib/liba.so"));
  }

  private CommandRun run(Map<String, String> variables, List<String> words) {
    List<String> all = new ArrayList<>(List.of("auditwheel"));
    all.addAll(words);
    return CommandRun.in(top, variables, false, all.toArray(String[]::new));
  }

  private CommandRun run(String... words) {
    return run(Map.of(), List.of(words));
  }

  private String first() {
    return top.resolve("in").resolve(FIRST).toString();
  }

  private String out() {
    return top.resolve("out").toString();
  }

  private Set<String> made() throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      Set<String> names = new TreeSet<>();
      files
          .filter(file -> file.toString().endsWith(".whl"))
          .map(file -> top.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.equals("in/" + FIRST) && !name.equals("in2/" + SECOND))
          .forEach(names::add);
      return names;
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLineOfAProjectMeansWhatItMeansToAuditwheel(Line line) throws IOException {
    if (line.command().contains("{D2}")) {
      run("repair", "-w", top.resolve("in").toString(), first());
      Files.delete(Path.of(first()));
    }
    Map<String, String> variables = new HashMap<>();
    List<String> words = words(line.command(), variables);

    CommandRun run = run(variables, words);

    if (ACCEPTED_HERE_ONLY.contains(line.place())) {
      assertThat(line.status()).isNotZero();
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(made().isEmpty()).isEqualTo(line.command().contains("show"));
    } else {
      assertThat(run.status()).as(run.err()).isEqualTo(line.status());
      assertThat(made()).isEqualTo(line.wheels());
    }
  }

  /** The words that a shell makes of a line; those of this table need no more than this. */
  private List<String> words(String command, Map<String, String> variables) throws IOException {
    List<String> words = new ArrayList<>();
    for (String raw : command.split(" ")) {
      String word =
          raw.replace("{W}", first())
              .replace("{W2}", top.resolve("in2").resolve(SECOND).toString())
              .replace("{D2}", top.resolve("in").resolve(RESULT).toString())
              .replace("{D}", top.resolve("in").toString())
              .replace("{O}", out())
              .replace("{LD}", top.resolve("lib").toString())
              .replace("\"", "")
              .replace("\\*", "*");
      if (raw.equals("{D}/*")) {
        words.add(first());
      } else if (raw.equals("auditwheel") || words.isEmpty() && raw.startsWith("AUDITWHEEL_")) {
        if (raw.contains("=")) {
          variables.put(raw.substring(0, raw.indexOf('=')), raw.substring(raw.indexOf('=') + 1));
        }
      } else {
        words.add(word);
      }
    }
    return words;
  }

  @Test
  void showWritesTheSentencesThatScriptsLookFor() {
    CommandRun run = run("show", wheel("glibc_2_99"));
    String text = run.out().replaceAll("\\s+", " ");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith(System.lineSeparator());
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 70);
    assertThat(text)
        .contains("is consistent with the following platform tag: \"linux_x86_64\".")
        .contains("libc.so.6 with versions {")
        .contains("This constrains the platform tag to \"linux_x86_64\". In order to achieve");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v", "-vv", "--verb"})
  void aVerboseShowGoesOnAfterWhatLimits(String option) {
    String text = run(option, "show", wheel("missing_library")).out().replaceAll("\\s+", " ");

    assertThat(text)
        .contains("The following external shared libraries are required by the wheel: {")
        .contains("following shared library dependencies will need to be eliminated:");
  }

  @Test
  void whatIsNotAPlatformWheelHasNoTextAndExitCodeOne() {
    CommandRun run = run("show", wheel("pure"));

    assertThat(run.status()).isOne();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("This does not look like a platform wheel");
    assertThat(run("show", "--allow", wheel("pure")).status()).isZero();
    assertThat(run("repair", wheel("pure")).status()).isOne();
  }

  @Test
  void aRepairIsALogOnStandardError() {
    CommandRun run =
        run(
            "-v",
            "repair",
            "--ldpaths",
            Path.of("testdata/trees/example").toAbsolutePath().toString(),
            "-w",
            out(),
            wheel("example"));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("INFO:auditwheel.main_repair:Repairing example-1.0")
        .contains("DEBUG:auditwheel.repair:Grafting: ")
        .contains("Previous filename tags: linux_x86_64")
        .contains("New filename tags: manylinux")
        .containsPattern("(?m)^Fixed-up wheel written to /");
  }

  @Test
  void theReasonOfARefusalBeginsAsThatOfAuditwheelAndNamesTheCulprit() {
    CommandRun newer = run("repair", "--plat", "manylinux_2_17_x86_64", wheel("glibc_2_99"));
    CommandRun missing = run("repair", wheel("missing_library"));

    assertThat(newer.status()).isEqualTo(2);
    assertThat(newer.err())
        .contains("ABI because of the presence of too-recent versioned symbols")
        .contains("GLIBC_2.");
    assertThat(missing.status()).isOne();
    assertThat(missing.err())
        .contains("Cannot repair wheel, because required library \"")
        .contains("could not be located");
  }

  @Test
  void aResultMayReplaceTheWheelWhoseNameItHas() throws IOException {
    String directory = top.resolve("in").toString();
    byte[] before = Files.readAllBytes(Path.of(first()));

    CommandRun.of("repair", "--no-update-tags", "-z", "0", "-w", directory, first());
    assertThat(Files.readAllBytes(Path.of(first())))
        .as("outside of this command it takes --in-place")
        .isEqualTo(before);

    CommandRun run = run("repair", "--no-up", "-z", "0", "-w", directory, first());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readAllBytes(Path.of(first()))).isNotEqualTo(before);
  }

  @Test
  void aTreeIsJsonInTheLog() {
    CommandRun run = run("lddtree", top.resolve("lib/liba.so").toString());

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("INFO:auditwheel.main_lddtree:{").contains("\"needed\": [");
  }

  @Test
  void aPatcherIsNamedInANoteAndOneThatDoesNotExistIsRefused() {
    for (String command : List.of("auditwheel repair", "repair")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of("-w", out(), "--patcher", "lief-patchelf", first()));
      CommandRun run = CommandRun.of(words.toArray(String[]::new));

      assertThat(run.status()).isZero();
      assertThat(run.err()).contains("--patcher lief-patchelf is ignored");
    }
    CommandRun other = run("repair", "--patcher", "sed", first());
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("sed").contains("lief-patchelf");
  }

  @Test
  void ofSeveralValuesTheLastOneCounts() {
    CommandRun run = run("repair", "-w", "nowhere/at/all", "-w", out(), first());

    assertThat(run.status()).isZero();
    assertThat(top.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aPrefixOfTwoOptionsIsRefused() {
    CommandRun run = run("repair", "--l", "x", first());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--l").contains("--ldpaths");
  }

  @Test
  void aCommandThatAuditwheelHasNoLongerIsNamedWithThoseItHas() {
    CommandRun run = run("addtag", first());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("addtag").contains("show, repair, lddtree");
  }

  @Test
  void theVersionIsThatOfTheCommandLine() {
    assertThat(run("--version").out()).startsWith("auditwheel 6.8.2 ");
    assertThat(run().out()).contains("Usage: jwheel auditwheel").contains("repair");
  }

  @Test
  void prefixesAndRepeatedFlagsAreAlsoTakenByTheCommandsThemselves() {
    CommandRun run =
        CommandRun.in(
            top, Map.of(), false, "-q", "repair", "-vv", "--wheel", out(), "--zip", "5", first());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).as("-q before the command counts").isEmpty();
    assertThat(CommandRun.of("patchelf", "--print-need", "x").status()).isEqualTo(2);
  }

  private static String wheel(String name) throws IllegalArgumentException {
    try (Stream<Path> files = Files.list(WHEELS)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name + "-1.0-"))
          .findFirst()
          .orElseThrow()
          .toString();
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
