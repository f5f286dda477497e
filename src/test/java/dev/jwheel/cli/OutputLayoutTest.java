// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What commands print at four widths is what {@code testdata/output} holds; with {@code
 * -Djwheel.update=true} it is written there instead, to be read before it is committed.
 */
class OutputLayoutTest {
  private static final Path EXPECTED = Path.of("testdata", "output");
  private static final List<Integer> WIDTHS = List.of(60, 80, 120, 200);
  private static final Map<String, String> REAL =
      Map.of(
          "show-mpi4py",
          "mpi4py-4.1.2-cp311-cp311-manylinux1_x86_64.manylinux_2_5_x86_64.whl",
          "show-numpy",
          "numpy-1.16.6-cp27-cp27m-manylinux1_x86_64.whl",
          "show-shapely",
          "shapely-2.2.0-cp312-cp312-manylinux_2_24_aarch64.manylinux_2_28_aarch64.whl");
  private static final String NO_SYSTEM = " --sysroot testdata/trees/example ";

  @ParameterizedTest
  @CsvSource({
    "show, show,example-1.0-cp38-abi3-linux_x86_64.whl",
    "show-claims, show,"
        + "undeserved_claim-1.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
    "show-bundled, show,bundled_version-1.0-cp311-cp311-linux_x86_64.whl",
    "repair-refused, -q repair --dry-run --plat manylinux_2_5,"
        + "example-1.0-cp38-abi3-linux_x86_64.whl",
    "check, check,example-1.0-cp38-abi3-linux_x86_64.whl",
  })
  void aWheelOfTheFixturesIsShownAsItWas(String name, String command, String wheel)
      throws IOException {
    compare(name, command + NO_SYSTEM + "testdata/wheels/" + wheel);
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "repair", "check"})
  void theHelpIsShownAsItWas(String command) throws IOException {
    compare("help-" + command, command + " --help");
  }

  /** Those of the real wheels that are among the wheels of {@code jwheel.wheels}. */
  @TestFactory
  List<DynamicTest> aRealWheelIsShownAsItWas() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, String> wheel : REAL.entrySet()) {
      find(wheel.getValue())
          .ifPresent(
              file ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          wheel.getKey(),
                          () -> compare(wheel.getKey(), "show" + NO_SYSTEM + file))));
    }
    return tests;
  }

  private static Optional<Path> find(String wheel) throws IOException {
    Path root = Path.of(System.getProperty("jwheel.wheels", ""));
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.endsWith(wheel)).findFirst();
    }
  }

  private static void compare(String name, String command) throws IOException {
    for (int width : WIDTHS) {
      CommandRun run =
          CommandRun.in(
              Map.of("COLUMNS", String.valueOf(width)), false, command.strip().split(" +"));
      String printed = (run.out() + run.err()).replace("\r\n", "\n");
      Path file = EXPECTED.resolve(name + "-" + width + ".txt");
      if (Boolean.getBoolean("jwheel.update")) {
        Files.createDirectories(EXPECTED);
        Files.writeString(file, printed);
      }
      assertThat(printed).as(file.toString()).isEqualTo(Files.readString(file));
    }
  }
}
