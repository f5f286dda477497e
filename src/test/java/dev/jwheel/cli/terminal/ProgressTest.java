// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String WHEEL = "demo-1.0-cp311-cp311-linux_x86_64.whl";
  private static final long MIB = 1 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now;

  private Progress progress(int width) {
    PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new Progress(err, width, WHEEL, () -> now);
  }

  private void after(long millis, Progress progress) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    progress.tick();
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shortWorkIsNotTalkedAbout() {
    try (Progress progress = progress(80)) {
      after(999, progress);
    }
    try (Progress progress = progress(0)) {
      after(999, progress);
    }
    assertThat(said()).isEmpty();
  }

  @Test
  void withoutATerminalThereIsALineEveryFiveSecondsAtMost() {
    try (Progress progress = progress(0)) {
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
  void theReadingIsMeasuredAndNeverGoesBack() {
    try (Progress progress = progress(80)) {
      progress.scanned(3 * MIB, 4 * MIB);
      progress.scanned(MIB, 4 * MIB);
      after(1000, progress);
      assertThat(said()).isEqualTo("\r[##################......]  75 % " + WHEEL);
      bytes.reset();
      progress.scanned(4 * MIB, 4 * MIB);
      after(1000, progress);
      assertThat(said()).startsWith("\rauditing " + WHEEL);
    }
  }

  @Test
  void onATerminalThereIsOneLineAndInTheEndNone() {
    try (Progress progress = progress(80)) {
      progress.advanced("a", 1, 2);
      after(1000, progress);
      assertThat(said()).isEqualTo("\r[############............]  50 % " + WHEEL);
      bytes.reset();
    }
    assertThat(said()).matches("\r +\r").doesNotContain("\n");
  }

  @Test
  void aLongLineIsCutAtTheEdgeOfTheTerminal() {
    try (Progress progress = progress(40)) {
      progress.advanced("a", 1, 2);
      after(1000, progress);
      assertThat(said()).hasSize("\r".length() + 39);
    }
  }

  @Test
  void whatFollowsTheWritingIsTheCheck() {
    try (Progress progress = progress(0)) {
      progress.advanced("a", 2, 2);
      after(1000, progress);
    }
    assertThat(said()).isEqualToIgnoringNewLines("checking " + WHEEL);
  }

  @Test
  void nothingIsSaidAfterTheEnd() {
    Progress progress = progress(80);
    progress.close();
    after(2000, progress);
    assertThat(said()).isEmpty();
  }
}
