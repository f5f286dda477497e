package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepairProgressTest {
  private static final String WHEEL = "demo-1.0-cp311-cp311-linux_x86_64.whl";
  private static final long MIB = 1 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now;

  private RepairProgress progress(int width) {
    PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new RepairProgress(err, width, WHEEL, () -> now);
  }

  private void after(long millis, RepairProgress progress) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    progress.tick();
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shortWorkIsNotTalkedAbout() {
    try (RepairProgress progress = progress(80)) {
      after(999, progress);
    }
    try (RepairProgress progress = progress(0)) {
      after(999, progress);
    }
    assertThat(said()).isEmpty();
  }

  @Test
  void withoutATerminalThereIsALineEveryFiveSecondsAtMost() {
    try (RepairProgress progress = progress(0)) {
      after(1000, progress);
      progress.planning();
      after(4999, progress);
      progress.advanced("a", 30 * MIB, 120 * MIB);
      after(1, progress);
      after(4999, progress);
    }
    assertThat(said().lines())
        .containsExactly("reading " + WHEEL, "writing " + WHEEL + ": 25 % of 120 MiB");
  }

  @Test
  void onATerminalThereIsOneLineAndInTheEndNone() {
    try (RepairProgress progress = progress(80)) {
      progress.advanced("a", 1, 2);
      after(1000, progress);
      assertThat(said()).isEqualTo("\r[############............]  50 % " + WHEEL);
      bytes.reset();
    }
    assertThat(said()).matches("\r +\r").doesNotContain("\n");
  }

  @Test
  void aLongLineIsCutAtTheEdgeOfTheTerminal() {
    try (RepairProgress progress = progress(40)) {
      progress.advanced("a", 1, 2);
      after(1000, progress);
      assertThat(said()).hasSize("\r".length() + 39);
    }
  }

  @Test
  void whatFollowsTheWritingIsTheCheck() {
    try (RepairProgress progress = progress(0)) {
      progress.advanced("a", 2, 2);
      after(1000, progress);
    }
    assertThat(said()).isEqualToIgnoringNewLines("checking " + WHEEL);
  }

  @Test
  void nothingIsSaidAfterTheEnd() {
    RepairProgress progress = progress(80);
    progress.close();
    after(2000, progress);
    assertThat(said()).isEmpty();
  }
}
