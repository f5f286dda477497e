// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The Java that a distribution brings along: what {@code jlink} makes of a JDK. */
final class RuntimeImage {
  /**
   * What nobody starts, and what only other JVMs, {@code -Xshare:dump} and LD_PRELOAD would read.
   */
  private static final List<String> SURPLUS =
      List.of(
          "bin/keytool",
          "bin/keytool.exe",
          "bin/javaw.exe",
          "bin/jsig.dll",
          "bin/server/jsig.dll",
          "lib/classlist",
          "lib/jexec",
          "lib/jrt-fs.jar",
          "lib/libjsig.so",
          "lib/libjsig.dylib",
          "lib/server/libjsig.so",
          "lib/server/libjsig.dylib");

  private final Path jdk;

  RuntimeImage(Path jdk) {
    this.jdk = jdk;
  }

  /**
   * The modules that the program's own classes need. Its libraries name more (java.desktop for
   * Pack200, java.logging), in classes that the program never reaches.
   */
  String modules(Path jars) throws IOException {
    return Tool.of(jdk, "jdeps")
        .run(
            "--print-module-deps",
            "--no-recursive",
            "--ignore-missing-deps",
            "--multi-release",
            "17",
            "--class-path",
            jars.resolve("libraries.jar"),
            jars.resolve("jwheel.jar"))
        .strip();
  }

  /** Links modules of the JDK itself, or of the module path if there is one. */
  void link(String modules, List<Path> modulePath, Path runtime) throws IOException {
    List<Object> arguments = new ArrayList<>();
    for (Path path : modulePath) {
      arguments.addAll(List.of("--module-path", path));
    }
    arguments.addAll(
        List.of(
            "--add-modules",
            modules,
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            runtime));
    if (!modulePath.isEmpty()) {
      // It would look for the classes in the JDK that runs jlink.
      arguments.addAll(List.of("--disable-plugin", "generate-jli-classes"));
    }
    Tool.of(jdk, "jlink").run(arguments.toArray());
    for (String name : SURPLUS) {
      Files.deleteIfExists(runtime.resolve(name));
    }
  }

  /**
   * Gives the libraries that need libjvm.so, which lies in a directory below them, a run path to
   * it. The JDK has none: its program loads libjvm.so first. But who looks at one library alone, as
   * a loader or an audit does, finds that it is missing.
   */
  static void addRunPaths(Path runtime, Tool jwheel) throws IOException {
    List<Object> needy = new ArrayList<>();
    for (Path library : libraries(runtime)) {
      if (jwheel.run("patchelf", "--print-needed", library).lines().anyMatch("libjvm.so"::equals)) {
        needy.add(library);
      }
    }
    if (!needy.isEmpty()) {
      List<Object> arguments = new ArrayList<>();
      arguments.addAll(List.of("patchelf", "--force-rpath", "--add-rpath", "$ORIGIN/server"));
      arguments.addAll(needy);
      jwheel.run(arguments.toArray());
    }
  }

  /** The libraries beside the directory of the JVM itself. */
  static List<Path> libraries(Path runtime) throws IOException {
    try (Stream<Path> files = Files.list(runtime.resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".so")).sorted().toList();
    }
  }

  /** The names of the native libraries of a runtime or JDK of Linux, without prefix and suffix. */
  static TreeSet<String> libraryNames(Path runtime) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (Path library : libraries(runtime)) {
      String name = library.getFileName().toString();
      names.add(name.substring("lib".length(), name.length() - ".so".length()));
    }
    return names;
  }

  /** The modules that were linked into a runtime, as its release file lists them. */
  static List<String> modulesOf(Path runtime) throws IOException {
    String key = "MODULES=";
    try (Stream<String> lines = Files.lines(runtime.resolve("release"))) {
      String value =
          lines
              .filter(line -> line.startsWith(key))
              .findFirst()
              .orElseThrow(() -> new IOException(runtime + ": its release file names no modules"));
      return List.of(value.substring(key.length()).replace("\"", "").split(" "));
    }
  }
}
