// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A machine whose dynamic loader the tests use: this one, or one that qemu-user imitates over the
 * packages of its Debian, which {@code src/test/tools/install-tools.sh} unpacks.
 */
public enum Machine {
  X86_64("", "x86_64-linux-gnu", "x86_64-linux-gnu"),
  I686("qemu-i386", "i386-linux-gnu", "i686-linux-gnu"),
  AARCH64("qemu-aarch64", "aarch64-linux-gnu", "aarch64-linux-gnu"),
  ARMV7L("qemu-arm", "arm-linux-gnueabihf", "arm-linux-gnueabihf"),
  PPC64LE("qemu-ppc64le", "powerpc64le-linux-gnu", "powerpc64le-linux-gnu"),
  S390X("qemu-s390x", "s390x-linux-gnu", "s390x-linux-gnu"),
  RISCV64("qemu-riscv64", "riscv64-linux-gnu", "riscv64-linux-gnu");

  private static final Path FIXTURES = Path.of("testdata", "elf").toAbsolutePath();
  private static final Path CHECKERS =
      Path.of("src", "test", "tools", "loadcheck").toAbsolutePath();

  private final String emulator;
  private final String multiarch;
  private final String target;

  Machine(String emulator, String multiarch, String target) {
    this.emulator = emulator;
    this.multiarch = multiarch;
    this.target = target;
  }

  /** The directory of the fixtures made for this machine. */
  public Path fixtures() {
    return FIXTURES.resolve(architecture());
  }

  /** What must be installed before programs of this machine can run here. */
  public Optional<String> missing() {
    if (isNative()) {
      boolean here =
          "Linux".equals(System.getProperty("os.name"))
              && "amd64".equals(System.getProperty("os.arch"));
      return here ? Optional.empty() : Optional.of("a Linux on x86_64");
    }
    if (Tool.find(emulator).isEmpty()) {
      return Optional.of(emulator);
    }
    return Files.exists(root().resolve("lib"))
        ? Optional.empty()
        : Optional.of("a root of " + architecture() + " in " + roots());
  }

  /**
   * What loadcheck says of a library: one line that starts with OK or FAIL.
   *
   * @param searched the directories that the loader searches first
   * @param functions exported functions without parameters, to be called for their number
   */
  public String load(Path library, List<Path> searched, String... functions) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(library);
    arguments.addAll(List.of(functions));
    return run(CHECKERS.resolve(architecture()), searched, arguments);
  }

  /** What a program of this machine prints. */
  public String run(Path program, List<Path> searched, List<?> arguments) {
    List<String> directories = new ArrayList<>();
    searched.forEach(directory -> directories.add(directory.toString()));
    // found even by a library that forbids the default directories
    systemDirectories().forEach(directory -> directories.add(directory.toString()));
    String path = String.join(":", directories);
    if (isNative()) {
      return Tool.of(program).run(Map.of("LD_LIBRARY_PATH", path), arguments).output();
    }
    List<Object> command = new ArrayList<>();
    command.addAll(List.of("-L", root(), "-E", "LD_LIBRARY_PATH=" + path, program));
    command.addAll(arguments);
    return Tool.required(emulator).run(command.toArray()).output();
  }

  /** GNU strip for this machine's files. */
  public Tool strip() {
    return Tool.required(target + "-strip");
  }

  /** The libraries of this machine's system whose names match, each once. */
  public List<Path> systemLibraries(String glob) {
    TreeSet<Path> found = new TreeSet<>();
    for (Path directory : systemDirectories()) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
        for (Path entry : entries) {
          found.add(entry.toRealPath());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(found);
  }

  private List<Path> systemDirectories() {
    Path root = isNative() ? Path.of("/") : root();
    List<Path> directories = new ArrayList<>();
    for (String name : List.of("lib/" + multiarch, "usr/lib/" + multiarch, "lib64", "usr/lib64")) {
      Path directory = root.resolve(name);
      if (Files.isDirectory(directory)) {
        directories.add(directory);
      }
    }
    return directories;
  }

  /** The name that tags have for it. */
  public String architecture() {
    return name().toLowerCase(Locale.ROOT);
  }

  private boolean isNative() {
    return emulator.isEmpty();
  }

  /** The directory that stands for the root of this machine's system. */
  public Path root() {
    return isNative() ? Path.of("/") : roots().resolve(architecture()).resolve("root");
  }

  private static Path roots() {
    String given = System.getProperty("jwheel.roots", "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return base.resolve("jwheel").resolve("roots");
  }
}
