// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repair that does not get to its end leaves the output directory as it was. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and limits of Unix")
class InterruptedRepairIT {
  private static final int POINTS = 20;
  private static final int LARGE = 12 << 20;

  @TempDir Path directory;
  private Path wheel;
  private Path out;

  /** A wheel whose grafted library has a tail that takes a while to deflate. */
  @BeforeEach
  void makeWheel() throws IOException {
    wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .library("libver.so.1", "libver.so.1")
            .make();
    byte[] tail = new byte[LARGE];
    new Random(1).nextBytes(tail);
    Files.write(directory.resolve("system/lib/libver.so.1"), tail, StandardOpenOption.APPEND);
    out = Files.createDirectories(directory.resolve("out"));
  }

  private String[] repair() {
    return Workshop.arguments(directory, out, wheel);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "KILL"})
  void aKilledRepairLeavesNoWheel(String signal) throws Exception {
    Files.writeString(out.resolve("other.whl"), "not ours");
    long begin = System.nanoTime();
    assertThat(Built.jwheel(repair()).status()).isZero();
    long duration = System.nanoTime() - begin;
    Map<String, Long> complete = Built.listing(out);
    assertThat(complete).hasSize(2);
    String name =
        complete.keySet().stream().filter(file -> file.startsWith("demo")).findFirst().get();

    for (int point = 1; point <= POINTS; point++) {
      Files.deleteIfExists(out.resolve(name));
      Process process = Built.start(repair());
      boolean finished = process.waitFor(duration * point / POINTS, TimeUnit.NANOSECONDS);
      if (!finished) {
        Built.run("sh", "-c", "kill -" + signal + " " + process.pid());
      }
      process.waitFor();
      Map<String, Long> left = Built.listing(out);
      if (signal.equals("KILL")) {
        left.keySet().removeIf(file -> file.startsWith(".jwheel-") && file.endsWith(".tmp"));
      }
      assertThat(complete).as("after %d of %d", point, POINTS).containsAllEntriesOf(left);
      assertThat(left).containsKey("other.whl");
      assertThat(!finished || left.containsKey(name)).isTrue();
    }

    assertThat(Built.jwheel(repair()).status()).isZero();
    assertThat(Built.listing(out)).isEqualTo(complete);
  }

  /** The same command without the limit succeeds. */
  @Test
  void aRepairThatMayNotWriteSoMuchLeavesNothing() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f 4096; exec \"$@\"", "sh"));
    command.addAll(Built.java(repair()));
    Built.Result limited = Built.run(command.toArray(String[]::new));
    assertThat(limited.status()).as(limited.output()).isEqualTo(2);
    assertThat(Built.listing(out)).isEmpty();
    assertThat(Built.jwheel(repair()).status()).isZero();
    assertThat(Built.listing(out)).hasSize(1);
  }

  /** The disk is one of four megabytes in memory, which only the command sees. */
  @Test
  void aRepairOntoAFullDiskSaysSoAndLeavesNothing() throws Exception {
    String mount = "mount -t tmpfs -o size=4m tmpfs '" + out + "'";
    Built.assumeTool("unshare", "-rm", "sh", "-c", mount);
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                mount + " && \"$@\"; echo ended with $? and left: $(ls -A '" + out + "')",
                "sh"));
    command.addAll(Built.java(repair()));
    assertThat(Built.must(command.toArray(String[]::new)))
        .contains("No space left on device")
        .endsWith("ended with 2 and left:\n");
  }
}
