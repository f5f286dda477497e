package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.wheel.zip.ZipArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs the usual commands on some wheels. The launcher calls it, with its output thrown away, when
 * it makes its class-data archive, so that the archive holds the classes of every command and not
 * only of the one that happened to be first.
 */
public final class Rehearsal {
  private static final String LIBRARY = "libdep.so.1";

  private Rehearsal() {}

  /** Runs the commands on the wheels that the arguments name, whatever comes of it. */
  public static void main(String[] wheels) throws ClassNotFoundException, IOException {
    Class.forName(Rehearsal.class.getPackageName() + ".Main");
    run("--version");
    run("--help");
    run("policies", "manylinux2010", "manylinux2014");
    for (String wheel : wheels) {
      run("show", wheel);
      run("show", "-v", wheel);
      run("show", "--json", wheel);
      run("show", "--plat", "manylinux2010_x86_64", wheel);
      run("lddtree", wheel);
      run("repair", "--dry-run", wheel);
    }
    repair(wheels);
  }

  /** Repairs them with a library to graft, so that the classes that write are there too. */
  private static void repair(String... wheels) throws IOException {
    Path directory = Files.createTempDirectory("jwheel-");
    try {
      for (String wheel : wheels) {
        unpackLibrary(Path.of(wheel), directory);
        run("repair", "-w", directory.toString(), "--ldpaths", directory.toString(), wheel);
      }
    } finally {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private static void unpackLibrary(Path wheel, Path directory) throws IOException {
    try (ZipArchive archive = ZipArchive.open(wheel)) {
      Optional<ZipMember> library = archive.find("normal.libs/" + LIBRARY);
      if (library.isPresent()) {
        Files.write(directory.resolve(LIBRARY), archive.read(library.get()));
      }
    }
  }

  private static void run(String... command) {
    Program.run(Console.ofProcess(), command);
  }
}
