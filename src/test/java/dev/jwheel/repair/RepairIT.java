package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built program repairs wheels, is killed on the way, and a real Python uses the results. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and loaders of Linux")
class RepairIT {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Path JAR = Path.of(System.getProperty("jwheel.dist"), "lib", "jwheel.jar");
  private static final String MAPPED =
      "for line in sorted({l.split()[-1] for l in open('/proc/self/maps')}): print(line)\n";
  private static final int POINTS = 10;
  private static final int LARGE = 48 << 20;

  /** Imports and uses the package, then tells which files of it and of the system are mapped. */
  private static final Map<String, String> USES =
      Map.of(
          "lxml",
          """
          from lxml import etree
          root = etree.fromstring("<a><b>1</b><b>2</b></a>")
          assert root.xpath("sum(b)") == 3
          style = '<x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform"/>'
          assert str(etree.XSLT(etree.fromstring(style))(root)).endswith("12\\n")
          """,
          "psycopg2",
          """
          import psycopg2
          assert psycopg2.__libpq_version__ > 90000
          try:
              psycopg2.connect(host="127.0.0.1", port=1, connect_timeout=2)
              raise SystemExit("nobody listens at port 1")
          except psycopg2.OperationalError:
              pass
          """,
          "pil",
          """
          import io
          from PIL import Image
          for kind in ("JPEG", "PNG", "TIFF", "WEBP"):
              buffer = io.BytesIO()
              Image.new("RGB", (16, 16), "red").save(buffer, kind)
              assert Image.open(io.BytesIO(buffer.getvalue())).convert("RGB").getpixel((3, 3))[0] > 250
          """,
          "numpy",
          """
          import numpy
          assert numpy.allclose(numpy.linalg.inv(numpy.eye(3) * 2), numpy.eye(3) / 2)
          assert abs(numpy.fft.fft(numpy.ones(8))[0] - 8) < 1e-9
          """);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"lxml", "psycopg2", "pil", "numpy"})
  void aRepairedWheelOfDebianRunsOnItsOwnLibraries(String name) throws Exception {
    Path wheel = wheelOfDebian(name);
    Path out = directory.resolve("out");
    Result repair = jwheel("repair", "--plat", "auto", "-w", out.toString(), wheel.toString());
    assertThat(repair.status).as(repair.output).isZero();
    Path target = directory.resolve("target");
    List<String> members = unpack(only(out), target);
    List<String> grafts =
        members.stream()
            .filter(member -> member.startsWith(name + ".libs/"))
            .map(member -> member.substring(member.indexOf('/') + 1))
            .toList();
    assertThat(grafts).isNotEmpty();

    Result use = run(PYTHON, "-I", "-S", "-c", program(target, USES.get(name)));

    assertThat(use.status).as(use.output).isZero();
    List<String> mapped = use.output.lines().filter(line -> line.contains(".so")).toList();
    String own = target.toRealPath() + "/" + name + ".libs/";
    assertThat(mapped).anyMatch(file -> file.startsWith(own));
    List<String> ofPython = mappedByModulesOfPython(use.output);
    for (String graft : grafts) {
      String original = graft.replaceFirst("-[0-9a-f]{8}(?=\\.|$)", "");
      assertThat(mapped)
          .as("%s is loaded from the wheel alone", original)
          .filteredOn(file -> file.endsWith("/" + original))
          .isSubsetOf(ofPython);
    }
  }

  private static String program(Path target, String use) throws IOException {
    return "import sys\nsys.path.insert(0, '"
        + target.toRealPath()
        + "')\n"
        + use
        + "own = [m for m in sys.modules if 'lib-dynload' in str(getattr(sys.modules[m], '__file__', ''))]\n"
        + "print('import sys', *own, sep=',')\n"
        + MAPPED;
  }

  /** Python's own modules use libraries of the system, with or without the wheel. */
  private static List<String> mappedByModulesOfPython(String output) throws Exception {
    String imports = output.lines().filter(line -> line.startsWith("import sys")).findFirst().get();
    Result run = run(PYTHON, "-I", "-S", "-c", imports + "\n" + MAPPED);
    assertThat(run.status).as(run.output).isZero();
    return run.output.lines().toList();
  }

  private Path wheelOfDebian(String name) throws Exception {
    assumeTool(PYTHON, "--version");
    assumeTool("dpkg-deb", "--version");
    assumeTool("dpkg", "-s", "python3-" + name);
    assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "the wheels of Debian are for x86_64 here");
    Result fetched = runIn(directory, "apt-get", "-q", "download", "python3-" + name);
    skipUnless(fetched.status == 0, "apt-get cannot download python3-" + name);
    String tag =
        run(PYTHON, "-c", "import sys; print('cp%d%d' % sys.version_info[:2])").output.strip();
    Result made =
        run(
            PYTHON,
            "src/test/tools/deb-wheel.py",
            "--name",
            name,
            "--version",
            "1.0",
            "--tag",
            tag + "-" + tag + "-linux_x86_64",
            "--out",
            directory.toString(),
            only(directory, ".deb").toString());
    assertThat(made.status).as(made.output).isZero();
    return only(directory, ".whl");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKilledRepairLeavesNoWheel(boolean forcibly) throws Exception {
    Path wheel = slowWheel();
    Path out = Files.createDirectories(directory.resolve("out"));
    Files.writeString(out.resolve("other.whl"), "not ours");
    long begin = System.nanoTime();
    assertThat(jwheel(arguments(out, wheel)).status).isZero();
    long duration = System.nanoTime() - begin;
    Map<String, Long> complete = listing(out);
    assertThat(complete).hasSize(2);
    String name =
        complete.keySet().stream().filter(file -> file.startsWith("demo")).findFirst().get();

    for (int point = 1; point <= POINTS; point++) {
      Files.deleteIfExists(out.resolve(name));
      Process process = start(arguments(out, wheel));
      boolean finished = process.waitFor(duration * point / POINTS, TimeUnit.NANOSECONDS);
      if (forcibly) {
        process.destroyForcibly();
      } else {
        process.destroy();
      }
      process.waitFor();
      Map<String, Long> left = listing(out);
      if (forcibly) {
        left.keySet().removeIf(file -> file.startsWith(".jwheel-") && file.endsWith(".tmp"));
      }
      assertThat(complete).as("after %d of %d", point, POINTS).containsAllEntriesOf(left);
      assertThat(left).containsKey("other.whl");
      assertThat(!finished || left.containsKey(name)).isTrue();
    }

    assertThat(jwheel(arguments(out, wheel)).status).isZero();
    assertThat(listing(out)).isEqualTo(complete);
  }

  /** The limit stands for a full disk: the same command without it succeeds. */
  @Test
  void aRepairThatRunsOutOfSpaceLeavesNothing() throws Exception {
    Path wheel = slowWheel();
    Path out = Files.createDirectories(directory.resolve("out"));
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f 4096; exec \"$@\"", "sh"));
    command.addAll(java(arguments(out, wheel)));
    Result limited = run(command.toArray(String[]::new));
    assertThat(limited.status).as(limited.output).isEqualTo(2);
    assertThat(listing(out)).isEmpty();
    assertThat(jwheel(arguments(out, wheel)).status).isZero();
    assertThat(listing(out)).hasSize(1);
  }

  @Test
  void anOutputBelowAFileIsRefusedAndLeavesNothing() throws Exception {
    Path wheel = Workshop.wheel(directory).member("demo/m.so", "m-plain.so").make();
    Path file = Files.writeString(directory.resolve("file"), "");
    Result repair =
        jwheel("repair", "--plat", "auto", "-w", file.resolve("out").toString(), wheel.toString());
    assertThat(repair.status).isEqualTo(2);
    assertThat(repair.output).contains(file.toString()).doesNotContain("at dev.jwheel");
    assertThat(listing(wheel.getParent())).hasSize(1);
    assertThat(Files.size(file)).isZero();
  }

  @Test
  void theWheelIsTheSameUnderAnyUmaskZoneAndLocale() throws Exception {
    Path wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .library("libver.so.1", "libver.so.1")
            .make();
    List<byte[]> results = new ArrayList<>();
    for (String setting :
        List.of(
            "umask 022; TZ=UTC LC_ALL=C",
            "umask 077; TZ=Asia/Kathmandu LC_ALL=tr_TR.UTF-8 JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=7",
            "umask 022; TZ=America/St_Johns JDK_JAVA_OPTIONS='-Duser.language=ar -XX:ActiveProcessorCount=1'")) {
      Path out = directory.resolve("out" + results.size());
      List<String> command = new ArrayList<>(List.of("sh", "-c", setting + " exec \"$@\"", "sh"));
      command.addAll(java(arguments(out, wheel)));
      Result repair = run(command.toArray(String[]::new));
      assertThat(repair.status).as(repair.output).isZero();
      results.add(Files.readAllBytes(only(out)));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  /** A wheel whose grafted library has a tail that takes a while to deflate. */
  private Path slowWheel() throws IOException {
    Path wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .library("libver.so.1", "libver.so.1")
            .make();
    byte[] tail = new byte[LARGE];
    new Random(1).nextBytes(tail);
    Files.write(directory.resolve("system/lib/libver.so.1"), tail, StandardOpenOption.APPEND);
    return wheel;
  }

  private String[] arguments(Path out, Path wheel) {
    return new String[] {
      "repair",
      "--plat",
      Workshop.TARGET,
      "--ldpaths",
      directory.resolve("system/lib").toString(),
      "-w",
      out.toString(),
      wheel.toString()
    };
  }

  private static Map<String, Long> listing(Path directory) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        sizes.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return sizes;
  }

  private static Path only(Path directory) throws IOException {
    return only(directory, ".whl");
  }

  private static Path only(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private static List<String> unpack(Path wheel, Path target) throws IOException {
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

  private record Result(int status, String output) {}

  private static Result jwheel(String... arguments) throws Exception {
    return run(java(arguments).toArray(String[]::new));
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static Process start(String... arguments) throws IOException {
    return new ProcessBuilder(java(arguments))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Result run(String... command) throws Exception {
    return runIn(Path.of(""), command);
  }

  private static Result runIn(Path from, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(from.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static void assumeTool(String... command) throws Exception {
    boolean there = true;
    try {
      there = run(command).status == 0;
    } catch (IOException e) {
      there = false;
    }
    skipUnless(there, String.join(" ", command) + " fails");
  }

  private static void skipUnless(boolean condition, String reason) {
    if (!condition) {
      System.out.println("skipped: " + reason);
    }
    assumeTrue(condition, reason);
  }
}
