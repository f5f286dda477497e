// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The built program and other programs of the machine, run as processes, and their files. */
final class Built {
  static final Path JAR =
      Path.of(System.getProperty("jwheel.dist"), "share", "jwheel", "jwheel.jar");

  private Built() {}

  static Map<String, Long> listing(Path directory) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        sizes.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return sizes;
  }

  static Path only(Path directory) throws IOException {
    return only(directory, ".whl");
  }

  static Path only(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  static List<String> unpack(Path wheel, Path target) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(wheel))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        Path file = target.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
          zip.transferTo(out);
        }
      }
    }
    return names;
  }

  /** How a process ended: its status, and what it wrote to both streams. */
  record Result(int status, String output) {}

  static Result jwheel(String... arguments) throws Exception {
    return run(java(arguments).toArray(String[]::new));
  }

  static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  static Process start(String... arguments) throws IOException {
    return new ProcessBuilder(java(arguments))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static Result run(String... command) throws Exception {
    return runIn(Path.of(""), command);
  }

  static Result runIn(Path from, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(from.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  static void assumeTool(String... command) throws Exception {
    boolean there = true;
    try {
      there = run(command).status == 0;
    } catch (IOException e) {
      there = false;
    }
    skipUnless(there, String.join(" ", command) + " fails");
  }

  static void skipUnless(boolean condition, String reason) {
    if (!condition) {
      System.out.println("skipped: " + reason);
    }
    assumeTrue(condition, reason);
  }

  /** Runs something that must succeed; returns what it wrote. */
  static String must(String... command) throws Exception {
    Result run = run(command);
    assertThat(run.status()).as(run.output()).isZero();
    return run.output();
  }
}
