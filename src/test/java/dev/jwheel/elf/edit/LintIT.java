// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that check ELF files have nothing to say after an edit that they did not say before. */
class LintIT {
  private static final Path FIXTURES = Path.of("testdata", "elf");

  private static Tool elflint;
  private static Tool readelf;

  @TempDir Path directory;

  @BeforeAll
  static void find() {
    elflint = Tool.required("eu-elflint");
    readelf = Tool.required("readelf");
  }

  static List<Arguments> edits() throws IOException {
    List<Arguments> edits = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FIXTURES, 2)) {
      for (Path fixture : files.filter(f -> f.toString().endsWith(".so")).sorted().toList()) {
        if (fixture.endsWith("no-dt-null.so")) {
          continue; // refused
        }
        for (Wanted wanted : Wanted.values()) {
          edits.add(Arguments.of(fixture, wanted));
        }
      }
    }
    return edits;
  }

  @ParameterizedTest
  @MethodSource("edits")
  void elflintComplainsOfNothingNew(Path fixture, Wanted wanted) throws Exception {
    Set<String> before = lines(elflint.run("--gnu-ld", fixture), fixture);
    Path edited = edit(fixture, wanted);
    assertThat(lines(elflint.run("--gnu-ld", edited), edited)).isSubsetOf(before);
  }

  @ParameterizedTest
  @MethodSource("edits")
  void readelfWarnsOfNothingNew(Path fixture, Wanted wanted) throws Exception {
    Set<String> before = warnings(readelf.run("-dlhSVW", fixture), fixture);
    Path edited = edit(fixture, wanted);
    assertThat(warnings(readelf.run("-dlhSVW", edited), edited)).isSubsetOf(before);
  }

  private Path edit(Path fixture, Wanted wanted) throws Exception {
    Path edited = directory.resolve("edited.so");
    RepairEdit.of(fixture, wanted).write(fixture, edited);
    return edited;
  }

  private static Set<String> warnings(Tool.Run run, Path file) {
    Set<String> warnings = lines(run, file);
    warnings.removeIf(line -> !line.startsWith("readelf:"));
    return warnings;
  }

  /** The lines of an output without the numbers in them, which an edit may change. */
  private static Set<String> lines(Tool.Run run, Path file) {
    Set<String> lines = new TreeSet<>();
    for (String line : run.output().replace(file.toString(), "FILE").split("\n")) {
      lines.add(line.replaceAll("\\s*(0x[0-9a-f]+|[0-9]+)", "#"));
    }
    lines.remove("No errors");
    return lines;
  }
}
