// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WheelRunTest {

  @Test
  void aWheelForWhichMemoryDoesNotSufficeIsNamedAndTheOthersAreDone() throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            Path.of(""),
            false,
            false,
            StandardCharsets.UTF_8);
    List<String> reported = new ArrayList<>();
    WheelRun.Work<String> work =
        new WheelRun.Work<>() {
          @Override
          public String on(Input wheel) {
            if (wheel.toString().equals("large.whl")) {
              throw new OutOfMemoryError("Java heap space");
            }
            return wheel.toString();
          }

          @Override
          public ExitCode report(String result) {
            reported.add(result);
            return ExitCode.OK;
          }
        };

    ExitCode code =
        new WheelRun<String>(result -> {}, new ErrorMessages(console, "jwheel show", false))
            .over(Input.ofFiles(List.of(Path.of("large.whl"), Path.of("small.whl"))), work);

    assertThat(code).isEqualTo(ExitCode.UNUSABLE);
    assertThat(reported).containsExactly("small.whl");
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("jwheel show: large.whl: out of memory (Java heap space)");
  }
}
