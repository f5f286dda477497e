// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Makes what users install out of the built program: wheels for PyPI and an archive to unpack.
 *
 * <p>Usage: {@code Distribution.java JDK BUILT SOURCES OUTPUT VERSION [TARGET]}, with the JDK to
 * link a runtime from, the directory that the build has made, {@code src/main/dist}, where to put
 * the result, and {@code aarch64} or {@code windows} for another system than this one.
 */
final class Distribution {
  /** The time of every packed file: the beginning of 2026. */
  static final long TIME = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private static final String HOME = "share/jwheel";
  private static final String MAN_PAGE = "share/man/man1/jwheel.1";

  private final Path jdk;
  private final Path built;
  private final Path sources;
  private final Path output;
  private final String version;
  private final Tool jwheel;

  private Distribution(List<String> arguments) {
    jdk = Path.of(arguments.get(0));
    built = Path.of(arguments.get(1));
    sources = Path.of(arguments.get(2));
    output = Path.of(arguments.get(3));
    version = arguments.get(4);
    jwheel =
        Tool.of(jdk, "java")
            .with("-XX:TieredStopAtLevel=1", "-cp", built.resolve(HOME + "/jwheel.jar"))
            .with("dev.jwheel.cli.Main");
  }

  /** Makes them, and fails with what a tool said. */
  public static void main(String[] arguments) throws IOException {
    Distribution distribution = new Distribution(List.of(arguments));
    Files.createDirectories(distribution.output);
    if (arguments.length > 5 && !arguments[5].isEmpty()) {
      distribution.makeForeign(Target.named(arguments[5]));
    } else {
      distribution.makeOwn();
    }
  }

  private void makeOwn() throws IOException {
    String system = System.getProperty("os.name").split(" ")[0].replace("Mac", "Darwin");
    Target target = Target.of(system, System.getProperty("os.arch"));
    Path image = image(target.platformTag());
    RuntimeImage runtime = new RuntimeImage(jdk);
    runtime.link(runtime.modules(built.resolve(HOME)), List.of(), image.resolve("runtime"));
    prepare(target, image);
    AotCaches.make(image, Tool.of(image.resolve("runtime"), "java"));
    report(packWheel(wheel("py3-none-any"), image("any"), true));
    pack(target, image);
  }

  private void makeForeign(Target target) throws IOException {
    Path image = image(target.platformTag());
    RuntimeImage runtime = new RuntimeImage(jdk);
    String modules = runtime.modules(built.resolve(HOME));
    Path work = output.resolve("work-" + target.platformTag());
    Trees.delete(work);
    runtime.link(modules, List.of(), work.resolve("own"));
    Path jmods = new ForeignModules(jdk, target, work).make(work.resolve("own"));
    runtime.link(modules, List.of(jmods), image.resolve("runtime"));
    prepare(target, image);
    pack(target, image);
    Trees.delete(work);
  }

  /** A copy of the program's files, to which the runtime is added. */
  private Path image(String platform) throws IOException {
    Path image = output.resolve("image-" + platform);
    Trees.delete(image);
    Trees.copy(built.resolve(HOME), image);
    StoredJars.make(image);
    return image;
  }

  private void prepare(Target target, Path image) throws IOException {
    if (target.isLinux()) {
      Path runtime = image.resolve("runtime");
      RuntimeImage.addRunPaths(runtime, jwheel);
      // The launcher says what is missing where there is no such loader.
      String loader = jwheel.run("patchelf", "--print-interpreter", runtime.resolve("bin/java"));
      Files.writeString(image.resolve("loader"), loader.strip() + "\n");
    }
  }

  private void pack(Target target, Path image) throws IOException {
    if (target.isWindows()) {
      packWheel(target, image);
      return;
    }
    String top = "jwheel-" + version + "-" + target.system() + "-" + target.machine();
    Path archive = output.resolve(top + ".tar.gz");
    FutureTask<Void> packing =
        new FutureTask<>(
            () -> {
              Tarball.write(archive, top, tarContents(image));
              report(archive);
              return null;
            });
    new Thread(packing).start();
    packWheel(target, image);
    try {
      packing.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException(archive + " was not written", e);
    }
  }

  private void packWheel(Target target, Path image) throws IOException {
    Path wheel = packWheel(wheel("py3-none-" + target.platformTag()), image, false);
    if (target.isLinux()) {
      jwheel.run("show", "--plat", target.platformTag(), wheel);
    }
    report(wheel);
  }

  private List<Content> tarContents(Path image) throws IOException {
    List<Content> contents = new ArrayList<>();
    contents.add(Content.of("LICENSE", built.resolve("LICENSE"), false));
    contents.add(text(MAN_PAGE, manPage()));
    for (Path script : Trees.files(built.resolve("bin"))) {
      String name = script.getFileName().toString();
      if (!name.endsWith(".cmd")) {
        contents.add(Content.of("bin/" + name, script, true));
      }
    }
    for (Path file : Trees.files(image)) {
      String name = Trees.name(image, file);
      contents.add(Content.of(HOME + "/" + name, file, isExecutable(name)));
    }
    return contents;
  }

  private WheelFile wheel(String tag) {
    return new WheelFile("jwheel-" + version, tag);
  }

  private Path packWheel(WheelFile wheel, Path home, boolean pure) throws IOException {
    boolean runtime = Files.isDirectory(home.resolve("runtime"));
    boolean windows = Files.exists(home.resolve("runtime/bin/java.exe"));
    for (Path file : Trees.files(sources.resolve("pypi/jwheel"))) {
      wheel.add(Content.of("jwheel/" + file.getFileName(), file, false));
    }
    if (!windows) {
      wheel.add(Content.of(wheel.data("scripts/jwheel"), built.resolve("bin/jwheel"), true));
    } else {
      wheel.add(
          text(
              wheel.info("entry_points.txt"),
              "[console_scripts]\njwheel = jwheel.__main__:main\n"));
    }
    if (windows || !runtime) {
      wheel.add(
          Content.of(wheel.data("scripts/jwheel.cmd"), built.resolve("bin/jwheel.cmd"), true));
    }
    for (Path file : Trees.files(home)) {
      String name = Trees.name(home, file);
      wheel.add(Content.of(wheel.data("data/" + HOME + "/" + name), file, isExecutable(name)));
    }
    if (!windows) {
      wheel.add(text(wheel.data("data/" + MAN_PAGE), manPage()));
    }
    wheel.add(Content.of(wheel.info("licenses/LICENSE"), built.resolve("LICENSE"), false));
    wheel.add(text(wheel.info("METADATA"), metadata(runtime)));
    return wheel.write(output, pure);
  }

  private String manPage() throws IOException {
    return jwheel.run("completion", "man").replace("\r\n", "\n");
  }

  private String metadata(boolean runtime) throws IOException {
    return Files.readString(sources.resolve("pypi/METADATA"))
        .replace("\r\n", "\n")
        .replace("@version@", version)
        .replace("@runtime@", runtime ? " AND GPL-2.0-only WITH Classpath-exception-2.0" : "");
  }

  private static Content text(String name, String text) {
    return new Content(name, text.getBytes(UTF_8), false);
  }

  /** By its name, because on Windows no file has a mode. */
  private static boolean isExecutable(String name) {
    return name.startsWith("runtime/bin/") && !name.endsWith(".dll")
        || name.equals("runtime/lib/jspawnhelper");
  }

  private static void report(Path file) throws IOException {
    System.out.printf("%s  %.1f MB%n", file, Files.size(file) / 1e6);
  }
}
