// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Standard output that cannot be written. */
class LostOutputTest {
  private static final String WHEEL = "testdata/wheels/example-1.0-cp38-abi3-linux_x86_64.whl";
  private static final String LIBRARY = "testdata/trees/search-order/a/libq.so.1";

  @TempDir private static Path directory;

  private static CommandRun into(OutputStream out, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            Console.dataTo(out, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            Path.of(""),
            false,
            false,
            StandardCharsets.UTF_8);
    int status = Program.run(console, arguments);
    return new CommandRun(status, "", err.toString(StandardCharsets.UTF_8));
  }

  private static OutputStream full() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("No space left on device");
      }
    };
  }

  /** What is on standard error but for progress, which a slow machine prints. */
  private static List<String> messages(CommandRun run) {
    return run.err().lines().filter(line -> line.startsWith("jwheel")).toList();
  }

  static List<List<String>> everyCommand() {
    List<List<String>> commands = new ArrayList<>();
    commands.add(List.of());
    commands.add(List.of("--help"));
    commands.add(List.of("--version"));
    for (Subcommand subcommand : Subcommand.values()) {
      commands.add(List.of(subcommand.commandName(), "--help"));
    }
    commands.add(List.of("show", WHEEL));
    commands.add(List.of("show", "--json", WHEEL));
    commands.add(List.of("show", "--json", WHEEL, WHEEL));
    commands.add(
        List.of(
            "repair", "--ldpaths", "testdata/trees/example", "-w", directory.toString(), WHEEL));
    commands.add(
        List.of(
            "repair",
            "--json",
            "--ldpaths",
            "testdata/trees/example",
            "-w",
            directory.toString(),
            WHEEL));
    commands.add(List.of("lddtree", WHEEL));
    commands.add(List.of("lddtree", "--json", WHEEL));
    commands.add(List.of("policies"));
    commands.add(List.of("policies", "--json"));
    commands.add(List.of("policies", "manylinux2014"));
    commands.add(List.of("metadata", WHEEL));
    commands.add(List.of("metadata", "--json", WHEEL));
    commands.add(List.of("metadata", "--all", WHEEL));
    commands.add(List.of("metadata", "--field", "name", WHEEL));
    commands.add(List.of("patchelf", "--print-needed", "--print-rpath", LIBRARY));
    return commands;
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void aFullDiskBehindStandardOutputIsOneLineAndStatus2(List<String> command) {
    CommandRun run = into(full(), command.toArray(String[]::new));

    assertThat(messages(run))
        .containsExactly("jwheel: standard output cannot be written: No space left on device");
    assertThat(run.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void aPipeWithoutAReaderIsStatus2WithoutAWord(List<String> command) throws IOException {
    Pipe pipe = Pipe.open();
    pipe.source().close();
    try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
      CommandRun run = into(out, command.toArray(String[]::new));

      assertThat(messages(run)).isEmpty();
      assertThat(run.status()).isEqualTo(2);
    }
  }

  @Test
  void aReaderThatGoesAwayEndsTheWorkOnFurtherWheels() throws IOException {
    Pipe pipe = Pipe.open();
    int[] writes = new int[1];
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            writes[0]++;
            pipe.source().close();
            pipe.sink().write(ByteBuffer.wrap(new byte[] {(byte) b}));
          }
        };
    try (Pipe.SinkChannel sink = pipe.sink()) {
      assertThat(into(out, "show", WHEEL, WHEEL, WHEEL).status()).isEqualTo(2);
      assertThat(writes[0]).isEqualTo(1);
      assertThat(sink.isOpen()).isTrue();
    }
  }
}
