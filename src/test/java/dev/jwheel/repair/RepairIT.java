// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  private static final String MAPPED =
      "for line in sorted({l.split()[-1] for l in open('/proc/self/maps')}): print(line)\n";

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
    Built.Result repair =
        Built.jwheel("repair", "--json", "--plat", "auto", "-w", out.toString(), wheel.toString());
    assertThat(repair.status()).as(repair.output()).isZero();
    Path target = directory.resolve("target");
    List<String> members = Built.unpack(Built.only(out), target);
    List<String> grafts =
        members.stream()
            .filter(member -> member.startsWith(name + ".libs/"))
            .map(member -> member.substring(member.indexOf('/') + 1))
            .toList();
    assertThat(grafts).isNotEmpty();

    Built.Result use = Built.run(PYTHON, "-I", "-S", "-c", program(target, USES.get(name)));

    assertThat(use.status()).as(use.output()).isZero();
    List<String> mapped = use.output().lines().filter(line -> line.contains(".so")).toList();
    String own = target.toRealPath() + "/" + name + ".libs/";
    assertThat(mapped).anyMatch(file -> file.startsWith(own));
    List<String> ofPython = mappedByModulesOfPython(use.output());
    for (String graft : grafts) {
      String original = graft.replaceFirst("-[0-9a-f]{8}(?=\\.|$)", "");
      assertThat(mapped)
          .as("%s is loaded from the wheel alone", original)
          .filteredOn(file -> file.endsWith("/" + original))
          .isSubsetOf(ofPython);
    }
    List<String> originals = realPaths(repair.output());
    assertThat(originals).hasSameSizeAs(grafts);
    originals.removeAll(ofPython);
    assertRunsWithout(originals, program(target, USES.get(name)));
  }

  private static List<String> realPaths(String json) {
    return Pattern.compile("\"realpath\": \"([^\"]+)\"")
        .matcher(json)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** In a mount namespace where the system's copies of the grafted libraries are empty files. */
  private static void assertRunsWithout(List<String> libraries, String program) throws Exception {
    Built.assumeTool("unshare", "-rm", "mount", "--bind", "/dev/null", "/etc/hostname");
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "program=$1; shift; for file; do mount --bind /dev/null \"$file\" || exit; done;"
                    + " exec "
                    + PYTHON
                    + " -I -S -c \"$program\"",
                "sh",
                program));
    command.addAll(libraries);
    assertThat(libraries).isNotEmpty();
    Built.must(command.toArray(String[]::new));
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
    Built.Result run = Built.run(PYTHON, "-I", "-S", "-c", imports + "\n" + MAPPED);
    assertThat(run.status()).as(run.output()).isZero();
    return run.output().lines().toList();
  }

  private Path wheelOfDebian(String name) throws Exception {
    Built.assumeTool(PYTHON, "--version");
    Built.assumeTool("dpkg-deb", "--version");
    Built.assumeTool("dpkg", "-s", "python3-" + name);
    assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "the wheels of Debian are for x86_64 here");
    Built.Result fetched = Built.runIn(directory, "apt-get", "-q", "download", "python3-" + name);
    Built.skipUnless(fetched.status() == 0, "apt-get cannot download python3-" + name);
    String tag =
        Built.run(PYTHON, "-c", "import sys; print('cp%d%d' % sys.version_info[:2])")
            .output()
            .strip();
    Built.Result made =
        Built.run(
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
            Built.only(directory, ".deb").toString());
    assertThat(made.status()).as(made.output()).isZero();
    return Built.only(directory, ".whl");
  }

  /** The program prints ok only with the grafted library, which no system has. */
  @Test
  void aProgramAmongTheScriptsRunsHoweverPipInstalledIt() throws Exception {
    Built.assumeTool(PYTHON, "-c", "import ensurepip, venv");
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "the program is for x86_64");
    Path wheel =
        Workshop.wheel(directory, "demo-1.0-py3-none-linux_x86_64")
            .member("demo-1.0.data/scripts/speak", "x86_64/program")
            .library("libdep.so.1", "x86_64/libdep.so.1")
            .make();
    Path out = directory.resolve("out");
    assertThat(Built.jwheel(Workshop.arguments(directory, out, wheel)).status()).isZero();
    Path home = directory.resolve("environment");
    Built.must(PYTHON, "-m", "venv", "--copies", home.toString());
    Path target = directory.resolve("target");
    Path prefix = directory.resolve("prefix");
    Path user = directory.resolve("user");
    String install = " -m pip -q --disable-pip-version-check install --no-index " + Built.only(out);
    String pip = "PYTHONPATH=$(echo " + home + "/lib/python3.*/site-packages) ";

    Built.must("sh", "-c", home.resolve("bin/python") + install);
    Built.must("sh", "-c", home.resolve("bin/python") + install + " --target " + target);
    Built.must("sh", "-c", home.resolve("bin/python") + install + " -I --prefix " + prefix);
    Built.must("sh", "-c", home.resolve("bin/python") + " -m pip -q uninstall -y demo");
    assertThat(Built.must(prefix.resolve("bin/speak").toString())).isEqualTo("ok\n");
    Built.must("sh", "-c", home.resolve("bin/python") + install);
    String users = "PYTHONUSERBASE=" + user + " ";
    Built.must("sh", "-c", users + pip + PYTHON + install + " --user --break-system-packages");

    assertThat(Built.must(home.resolve("bin/speak").toString())).isEqualTo("ok\n");
    assertThat(Built.must(target.resolve("bin/speak").toString())).isEqualTo("ok\n");
    assertThat(Built.must("sh", "-c", users + user.resolve("bin/speak"))).isEqualTo("ok\n");
  }

  @Test
  void anOutputBelowAFileIsRefusedAndLeavesNothing() throws Exception {
    Path wheel = Workshop.wheel(directory).member("demo/m.so", "m-plain.so").make();
    Path file = Files.writeString(directory.resolve("file"), "");
    Built.Result repair =
        Built.jwheel(
            "repair", "--plat", "auto", "-w", file.resolve("out").toString(), wheel.toString());
    assertThat(repair.status()).isEqualTo(2);
    assertThat(repair.output()).contains(file.toString()).doesNotContain("at dev.jwheel");
    assertThat(Built.listing(wheel.getParent())).hasSize(1);
    assertThat(Files.size(file)).isZero();
  }
}
