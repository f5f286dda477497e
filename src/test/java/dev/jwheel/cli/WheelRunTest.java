// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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

  private static Console silent() {
    PrintStream none = new PrintStream(OutputStream.nullOutputStream());
    return new Console(none, none, Map.of(), Path.of(""), false, false, StandardCharsets.UTF_8);
  }

  private static List<Path> wheels(int count) {
    return IntStream.range(0, count).mapToObj(i -> Path.of(i + ".whl")).toList();
  }

  /** Every wheel waits for the next one, so that a run of one at a time would not end. */
  @Test
  void resultsStandInTheOrderOfTheWheelsWhicheverIsDoneFirst() throws IOException {
    List<CountDownLatch> begun = new ArrayList<>();
    wheels(6).forEach(wheel -> begun.add(new CountDownLatch(1)));
    List<Integer> reported = new ArrayList<>();
    WheelRun.Work<Integer> work =
        new WheelRun.Work<>() {
          @Override
          public Integer on(Input wheel) throws IOException {
            int index = Integer.parseInt(wheel.name().substring(0, 1));
            begun.get(index).countDown();
            try {
              begun.get(index - index % 2 + 1).await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return index;
          }

          @Override
          public ExitCode report(Integer result) {
            reported.add(result);
            return result == 3 ? ExitCode.REFUSED : ExitCode.OK;
          }
        };

    ExitCode code =
        new WheelRun<Integer>(result -> {}, new ErrorMessages(silent(), "jwheel show", false), 2)
            .over(Input.ofFiles(wheels(6)), work);

    assertThat(reported).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(code).isEqualTo(ExitCode.REFUSED);
  }

  /** What is begun is what is reported and a bounded number of wheels more. */
  @Test
  void fewResultsWaitForAnEarlierOne() throws IOException {
    AtomicInteger begun = new AtomicInteger();
    List<Integer> ahead = new ArrayList<>();
    WheelRun.Work<Integer> work =
        new WheelRun.Work<>() {
          @Override
          public Integer on(Input wheel) {
            return begun.incrementAndGet();
          }

          @Override
          public ExitCode report(Integer result) {
            ahead.add(begun.get() - ahead.size());
            return ExitCode.OK;
          }
        };

    new WheelRun<Integer>(result -> {}, new ErrorMessages(silent(), "jwheel show", false), 3)
        .over(Input.ofFiles(wheels(200)), work);

    assertThat(ahead).hasSize(200).allMatch(count -> count <= 13);
  }

  @Test
  void aWheelThatMemoryDoesNotSufficeForBesideOthersIsWorkedOnAlone() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    List<String> reported = new ArrayList<>();
    WheelRun.Work<String> work =
        new WheelRun.Work<>() {
          @Override
          public String on(Input wheel) {
            if (wheel.name().equals("1.whl") && tries.incrementAndGet() == 1) {
              throw new OutOfMemoryError("Java heap space");
            }
            return wheel.name();
          }

          @Override
          public ExitCode report(String result) {
            reported.add(result);
            return ExitCode.OK;
          }
        };

    ExitCode code =
        new WheelRun<String>(result -> {}, new ErrorMessages(silent(), "jwheel show", false), 2)
            .over(Input.ofFiles(wheels(3)), work);

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(reported).containsExactly("0.whl", "1.whl", "2.whl");
  }
}
