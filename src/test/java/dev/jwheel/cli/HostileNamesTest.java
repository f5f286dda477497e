// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a wheel calls its files, libraries and tags, no terminal obeys it. */
class HostileNamesTest {
  private static final String ESCAPE = "\u001b[2J";
  private static final Path EXAMPLE =
      Path.of("testdata", "wheels", "example-1.0-cp38-abi3-linux_x86_64.whl");

  @TempDir Path directory;
  private String wheel = "";

  /** The example with control sequences in members, DT_NEEDED, symbols, versions and WHEEL. */
  @BeforeEach
  void makeWheel() throws IOException {
    Path file = directory.resolve(EXAMPLE.getFileName().toString());
    try (ZipFile from = new ZipFile(EXAMPLE.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : from.stream().toList()) {
        to.putNextEntry(new ZipEntry(entry.getName().replace("example.abi3", "ex" + ESCAPE)));
        to.write(hostile(from.getInputStream(entry).readAllBytes()));
      }
      to.putNextEntry(new ZipEntry("damaged" + ESCAPE + ".so"));
      to.write("\u007fELF".getBytes(ISO_8859_1));
    }
    wheel = file.toString();
  }

  private static byte[] hostile(byte[] content) {
    return new String(content, ISO_8859_1)
        .replace("libfoo.so.1", "lib" + ESCAPE + "so.1")
        .replace("GLIBC_2.14", "GLIBC_" + ESCAPE)
        .replace("Tag: cp38", "Tag: " + ESCAPE)
        .getBytes(ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "show",
        "show -v",
        "show -q",
        "show --plat manylinux1",
        "show --json",
        "show --exclude lib*",
        "lddtree",
        "lddtree -v",
        "lddtree --json"
      })
  void aReportHasNoControlCharacters(String command) {
    String[] arguments = (command + " " + wheel).split(" ");
    CommandRun run = CommandRun.onTerminal(Map.of("NO_COLOR", "1"), arguments);
    String text = run.out() + run.err();
    assertThat(text.replace("\r", "").replace("\n", ""))
        .isNotEmpty()
        .matches(line -> line.chars().noneMatch(Character::isISOControl));
    if (!command.endsWith("-q")) {
      assertThat(text).containsIgnoringCase("\\u001b[2J");
    }
  }

  @Test
  void aStackTraceHasNoControlCharactersButTheIndent() throws IOException {
    Path file = directory.resolve("x-1-py3-none-any.whl");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("../" + ESCAPE + "\n\tat x"));
    }
    for (String command : new String[] {"show", "repair"}) {
      CommandRun run = CommandRun.of(command, "--debug", file.toString());
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("\tat dev.jwheel.", "\\u001b[2J\\u000a\\u0009at x");
      assertThat(run.err().replace("\n\tat ", "").replace(System.lineSeparator(), ""))
          .matches(text -> text.chars().noneMatch(Character::isISOControl));
    }
  }

  @Test
  void aMessageHasNoControlCharacters() throws IOException {
    Path file = Files.writeString(directory.resolve("x-1-py3-none-any.whl"), "no wheel", UTF_8);
    Path odd = Files.move(file, directory.resolve("x-1\u007f-py3-none-any.whl"));
    CommandRun run = CommandRun.of("show", odd.toString(), "missing" + ESCAPE);
    assertThat(run.err().lines()).hasSize(2).noneMatch(HostileNamesTest::hasControls);
  }

  @Test
  void theNotesOfAPolicyFileHaveNoControlCharacters() throws IOException {
    String policy =
        "{\"name\": \"manylinux_2_28\", \"extends\": \"manylinux_2_28\", \"notes\": [\"a\\u001b[2J\"]}";
    Path file = Files.writeString(directory.resolve("policy.json"), policy);
    CommandRun run = CommandRun.of("policies", "--policy", file.toString(), "manylinux_2_28");
    assertThat(run.out().lines())
        .anyMatch(line -> line.contains("a\\u001b[2J"))
        .noneMatch(HostileNamesTest::hasControls);
  }

  private static boolean hasControls(String line) {
    return line.chars().anyMatch(Character::isISOControl);
  }
}
