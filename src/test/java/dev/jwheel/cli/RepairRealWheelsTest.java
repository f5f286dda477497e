// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.jwheel.wheel.RealWheels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of every real wheel in the directory that {@code jwheel.wheels} names: the file name
 * it gets, or the words that say why it gets none, as {@code expected/repaired-wheels.tsv} has
 * them. No library of this machine plays a part.
 */
class RepairRealWheelsTest {
  private static final String REFUSED = "refused: ";
  private static final String UNUSABLE = "unusable: ";

  private record Expected(String wheel, List<String> arguments, String result) {}

  @TempDir Path directory;

  @TestFactory
  List<DynamicTest> everyRealWheelIsRepairedOrRefusedAsExpected() throws IOException {
    Map<String, Path> wheels =
        RealWheels.all().stream()
            .collect(Collectors.toMap(path -> path.getFileName().toString(), path -> path));
    Path empty = Files.createDirectory(directory.resolve("empty"));
    List<DynamicTest> tests = new ArrayList<>();
    for (Expected expected : expected()) {
      Path wheel = wheels.remove(expected.wheel);
      Path file = wheel == null ? find(expected.wheel) : wheel;
      tests.add(
          dynamicTest(
              expected.wheel + " " + String.join(" ", expected.arguments),
              () -> check(expected, file, empty)));
    }
    assertThat(wheels.keySet()).as("wheels without an expectation").isEmpty();
    return tests;
  }

  private static Path find(String name) throws IOException {
    return RealWheels.all().stream().filter(path -> path.endsWith(name)).findFirst().orElseThrow();
  }

  private void check(Expected expected, Path wheel, Path empty) throws IOException {
    Path out = Files.createTempDirectory(directory, "out");
    CommandRun run =
        repair(out, expected.arguments, "--sysroot", empty.toString(), wheel.toString());
    if (expected.result.startsWith(REFUSED) || expected.result.startsWith(UNUSABLE)) {
      assertThat(run.status()).isEqualTo(expected.result.startsWith(REFUSED) ? 1 : 2);
      for (String words : expected.result.split(": ", 2)[1].split(" [|] ")) {
        assertThat(run.err()).contains(words);
      }
      assertThat(files(out)).isEmpty();
    } else {
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(files(out)).containsExactly(expected.result);
      assertRepairedAgainIsTheSame(expected, out.resolve(expected.result), empty);
    }
  }

  private void assertRepairedAgainIsTheSame(Expected expected, Path result, Path empty)
      throws IOException {
    Path out = Files.createTempDirectory(directory, "again");
    CommandRun run =
        repair(out, expected.arguments, "--sysroot", empty.toString(), result.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(out.resolve(expected.result)).hasSameBinaryContentAs(result);
  }

  @Test
  void theWheelForAndroidGetsTheLibraryBesideIt() throws IOException {
    Path wheel = find("spam-0.1.0-cp313-cp313-android_24_arm64_v8a.whl");
    Path libraries = wheel.resolveSibling("ldpaths").resolve("arg");
    Path out = Files.createDirectory(directory.resolve("out"));
    CommandRun run =
        repair(out, List.of(), "--json", "--ldpaths", libraries.toString(), wheel.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("spam.libs/libc++_shared-", "\"runpath\": \"$ORIGIN/spam.libs\"");
    assertThat(files(out)).containsExactly(wheel.getFileName().toString());
  }

  private static CommandRun repair(Path out, List<String> arguments, String... more) {
    return CommandRun.of(
        Stream.of(Stream.of("repair", "-w", out.toString()), arguments.stream(), Stream.of(more))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<Expected> expected() throws IOException {
    String table;
    try (var in = RepairRealWheelsTest.class.getResourceAsStream("/expected/repaired-wheels.tsv")) {
      table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return table.lines().skip(1).map(line -> expected(line.split("\t"))).toList();
  }

  private static Expected expected(String... columns) {
    List<String> arguments =
        columns[1].equals("-") ? List.of() : Arrays.asList(columns[1].split(" "));
    return new Expected(columns[0], arguments, columns[2]);
  }
}
