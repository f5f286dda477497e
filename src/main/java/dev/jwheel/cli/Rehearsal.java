// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.wheel.zip.ZipArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the usual commands on some wheels. Whoever makes an archive of loaded classes calls it with
 * its output thrown away: the launcher for the Java it found, the build for the runtime that a
 * distribution brings along. So the archive holds the classes of every command that uses it and not
 * only of the one that happened to be first.
 */
public final class Rehearsal {
  private static final String LIBRARY = "libdep.so.1";

  private Rehearsal() {}

  /**
   * Runs commands on wheels, whatever comes of it.
   *
   * @param arguments {@code short} for the commands that only look, {@code repair} for those that
   *     edit, {@code all} for both; then the wheels
   */
  public static void main(String[] arguments) throws IOException {
    String kind = arguments[0];
    String[] wheels = Arrays.copyOfRange(arguments, 1, arguments.length);
    Path directory = Files.createTempDirectory("jwheel-");
    Console console = apart(directory);
    try {
      for (String wheel : wheels) {
        unpackLibrary(Path.of(wheel), directory);
      }
      if (!kind.equals("repair")) {
        look(console, directory, wheels);
      }
      if (!kind.equals("short")) {
        edit(console, directory, wheels);
      }
      Main.isEnding();
    } finally {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private static void look(Console console, Path directory, String... wheels) {
    run(console, "--version");
    run(console, "--help");
    run(console, "policies");
    run(console, "policies", "manylinux2010", "manylinux2014");
    for (String wheel : wheels) {
      run(console, "show", wheel);
      run(console, "show", "-v", wheel);
      run(console, "show", "--json", wheel);
      run(console, "show", "--plat", "manylinux2010_x86_64", wheel);
      run(console, "lddtree", wheel);
      run(console, "metadata", wheel);
      run(console, "metadata", "--json", wheel);
      run(console, "metadata", "--validate", wheel);
      run(console, "check", wheel);
      run(console, "auditwheel", "show", wheel);
    }
    run(console, "lddtree", directory.resolve(LIBRARY).toString());
  }

  /** Repairs with a library to graft, so that the classes that write are there too. */
  private static void edit(Console console, Path directory, String... wheels) {
    for (String wheel : wheels) {
      run(console, "repair", "--dry-run", wheel);
      run(console, "repair", "-w", directory.toString(), "--ldpaths", directory.toString(), wheel);
      run(
          console,
          "auditwheel",
          "repair",
          "--ldpaths",
          directory.toString(),
          "-w",
          directory.toString(),
          wheel);
    }
    String library = directory.resolve(LIBRARY).toString();
    run(console, "patchelf", "--print-needed", library);
    run(console, "patchelf", "--set-rpath", "$ORIGIN", library);
  }

  private static void unpackLibrary(Path wheel, Path directory) throws IOException {
    try (ZipArchive archive = ZipArchive.open(wheel)) {
      Optional<ZipMember> library = archive.find("normal.libs/" + LIBRARY);
      if (library.isPresent()) {
        Files.write(directory.resolve(LIBRARY), archive.read(library.get()));
      }
    }
  }

  private static void run(Console console, String... command) {
    Program.run(console, command);
  }

  /** The console of the process in a directory and an environment that set no options. */
  private static Console apart(Path directory) {
    Console console = Console.ofProcess();
    return new Console(
        console.out(), console.err(), Map.of(), directory, false, false, console.charset());
  }
}
