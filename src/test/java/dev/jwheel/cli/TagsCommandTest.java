// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jwheel.tags.TinySystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagsCommandTest {
  private static final String GOOD = "a-1-cp311-abi3-manylinux2014_x86_64.whl";
  private static final String BAD = "a-2-cp311-cp311-manylinux_2_34_x86_64.whl";

  @TempDir Path root;

  private TinySystem system;

  @BeforeEach
  void makeSystem() throws IOException {
    system = TinySystem.glibc(root, "2.17").python("3.11", "{'Py_DEBUG': 0}");
  }

  private CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("tags", "--sysroot", root.toString()));
    all.addAll(List.of(arguments));
    return CommandRun.in(Map.of(), false, all.toArray(String[]::new));
  }

  private JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--json"));
    all.addAll(List.of(arguments));
    return new ObjectMapper().readTree(run(all.toArray(String[]::new)).out());
  }

  @Test
  void theSystemComesFirstThenItsPlatformTags() {
    CommandRun run = run();
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .startsWith(
            "Python     CPython 3.11",
            "program    /usr/bin/python3",
            "machine    x86_64",
            "C library  glibc 2.17",
            "",
            "ABI tags, best first",
            "  cp311",
            "  abi3",
            "  none",
            "",
            "Platform tags, best first",
            "  linux_x86_64",
            "  manylinux_2_17_x86_64")
        .endsWith("  manylinux_2_5_x86_64", "  manylinux1_x86_64");
  }

  @Test
  void wholeTagsAreOneALine() {
    assertThat(run("--all").out().lines())
        .startsWith("cp311-cp311-linux_x86_64", "cp311-cp311-manylinux_2_17_x86_64")
        .endsWith("py30-none-any")
        .allMatch(line -> line.chars().filter(c -> c == '-').count() == 2);
  }

  @Test
  void jsonHasTheSameAndTheSteps() throws IOException {
    JsonNode json = json("--all", "--explain");
    assertThat(json.at("/python/version").asText()).isEqualTo("3.11");
    assertThat(json.at("/libc/version").asText()).isEqualTo("2.17");
    assertThat(json.at("/platforms/0").asText()).isEqualTo("linux_x86_64");
    assertThat(json.at("/tags/0").asText()).isEqualTo("cp311-cp311-linux_x86_64");
    assertThat(json.at("/steps").findValuesAsText("source")).contains("/lib64/libc.so.6");
    assertThat(json.at("/unknown")).isEmpty();
  }

  @Test
  void oneOfSeveralWheelsIsTaken() throws IOException {
    CommandRun run = run("--accepts", BAD, GOOD);
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(
            BAD + ": not accepted",
            "  platform  manylinux_2_34_x86_64  needs glibc 2.34 or newer on x86_64",
            GOOD + ": accepted, by cp311-abi3-manylinux2014_x86_64",
            "This system: CPython 3.11, glibc 2.17, x86_64",
            "pip takes " + GOOD);
    assertThat(json("--accepts", BAD, GOOD).at("/taken/0").asText()).isEqualTo(GOOD);
  }

  @Test
  void aWheelThatDoesNotFitIsStatus1() {
    CommandRun run = run("--accepts", BAD);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).doesNotContain("pip takes");
  }

  @Test
  void aModuleThatWouldHaveToRunIsStatus1WithALineThatSaysWhere() throws IOException {
    system.module("import secret\n");
    CommandRun run = run("--all");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("cp311-cp311-linux_x86_64").doesNotContain("manylinux");
    assertThat(run.err().lines())
        .containsExactly(
            "jwheel tags: 16 tags are unknown without running"
                + " /usr/lib/python3.11/site-packages/_manylinux.py: line 1: the import of secret"
                + " is not understood");
    CommandRun wheel = run("--accepts", GOOD);
    assertThat(wheel.status()).isEqualTo(1);
    assertThat(wheel.out()).contains(GOOD + ": unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "--python 3.x, --python 3.x: expected a version such as 3.13",
    "--python /bin/no, '/bin/no: no such file, expected the program of a Python'",
    "--pep 600, --pep 600: expected 571",
    "--accepts, --accepts needs a WHEEL",
    "a-1-py3-none-any.whl, WHEEL is only for --accepts",
    "--accepts a.whl, a.whl: is not named like a wheel",
    "--all --accepts a.whl, --all and --accepts exclude each other",
    "--machine a/b, --machine a/b: expected a name like x86_64"
  })
  void wrongUseIsOneMessage(String arguments, String message) {
    CommandRun run = run(arguments.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().filter(line -> !line.startsWith("Try ")))
        .singleElement()
        .asString()
        .startsWith("jwheel tags: " + message);
  }

  @Test
  void aSystemWithoutPythonHasPlatformTagsOnly() throws IOException {
    Path bare = root.resolve("bare");
    TinySystem.musl(bare, "1.2.5");
    CommandRun platforms = CommandRun.of("tags", "--sysroot", bare.toString());
    assertThat(platforms.status()).isZero();
    assertThat(platforms.out()).contains("Python     none", "  musllinux_1_2_x86_64");
    CommandRun whole = CommandRun.of("tags", "--all", "--sysroot", bare.toString());
    assertThat(whole.status()).isEqualTo(2);
    assertThat(whole.err())
        .startsWith("jwheel tags: the system has no python3, on which whole tags depend;");
  }
}
