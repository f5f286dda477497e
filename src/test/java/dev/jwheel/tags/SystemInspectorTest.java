// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.jwheel.link.TinyElf;
import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemInspectorTest {
  private static final String PLAIN = "build_time_vars = {'Py_DEBUG': 0,\n 'WITH_PYMALLOC': 1}\n";
  private static final PythonChoice PYTHON311 = new PythonChoice.Version(3, 11, "");

  @TempDir Path root;

  @Test
  void glibcIsKnownByWhatItWouldPrint() throws IOException {
    SystemTags tags = TinySystem.glibc(root, "2.18").python("3.11", PLAIN).inspect();
    assertThat(tags.platforms().supported())
        .startsWith(
            "linux_x86_64",
            "manylinux_2_18_x86_64",
            "manylinux_2_17_x86_64",
            "manylinux2014_x86_64",
            "manylinux_2_16_x86_64")
        .endsWith("manylinux_2_6_x86_64", "manylinux_2_5_x86_64", "manylinux1_x86_64")
        .hasSize(18);
    assertThat(TinySystem.texts(tags))
        .startsWith("cp311-cp311-linux_x86_64", "cp311-cp311-manylinux_2_18_x86_64")
        .contains("cp311-abi3-linux_x86_64", "cp32-abi3-manylinux1_x86_64", "cp311-none-any")
        .endsWith("py31-none-any", "py30-none-any")
        .doesNotHaveDuplicates();
  }

  @Test
  void aDevelopmentVersionCountsByItsFirstTwoNumbers() throws IOException {
    TinySystem system = TinySystem.glibc(root, "2.17");
    system.library(
        "/lib64/libc.so.6",
        TinyElf.library("libc.so.6"),
        "GNU C Library (GNU libc) development release version 2.38.9000.\n");
    assertThat(system.inspect().libc().orElseThrow().number()).isEqualTo("2.38");
  }

  @Test
  void muslIsKnownByItsVersionString() throws IOException {
    SystemTags tags = TinySystem.musl(root, "1.2.5").inspect();
    assertThat(tags.platforms().supported())
        .containsExactly(
            "linux_x86_64", "musllinux_1_2_x86_64", "musllinux_1_1_x86_64", "musllinux_1_0_x86_64");
    assertThat(tags.interpreter()).isEmpty();
    assertThat(tags.tags()).isEmpty();
  }

  @Test
  void aVersionNeedsNoPython() throws IOException {
    SystemTags tags = TinySystem.musl(root, "1.2.5").inspect(PYTHON311, "", false);
    assertThat(tags.interpreter().orElseThrow().abiTags()).containsExactly("cp311", "abi3", "none");
    assertThat(tags.tags()).hasSize(4 * (3 + 9 + 13) + 1 + 13);
  }

  /** EF_ARM_EABI_VER5 with and without EF_ARM_ABI_FLOAT_HARD, and the kernels that run it. */
  @ParameterizedTest
  @CsvSource({
    "0x5000400, '', linux_armv7l manylinux_2_17_armv7l manylinux2014_armv7l",
    "0x5000200, '', linux_armv7l",
    "0x5000400, aarch64, linux_armv8l linux_armv7l manylinux_2_17_armv8l manylinux2014_armv8l"
        + " manylinux_2_17_armv7l manylinux2014_armv7l",
    "0x5000400, armv6l, linux_armv6l"
  })
  void armCountsByFloatAbiAndKernel(String flags, String kernel, String expected)
      throws IOException {
    TinySystem system = TinySystem.glibc(root, "2.17");
    int number = Integer.decode(flags);
    for (String path : List.of("/bin/sh", "/lib64/libc.so.6")) {
      TinyElf elf =
          path.equals("/bin/sh")
              ? TinyElf.program("/lib/ld-linux-armhf.so.3").needs("libc.so.6")
              : TinyElf.library("libc.so.6");
      system.library(
          path.replace("lib64", "lib"),
          elf.machine(40, false, ByteOrder.LITTLE_ENDIAN, number),
          "GNU C Library (x) stable release version 2.17.");
    }
    Files.delete(root.resolve("lib64/libc.so.6"));
    assertThat(system.inspect(PYTHON311, kernel, false).platforms().supported())
        .containsExactly(expected.split(" "));
  }

  @Test
  void programsOf32BitsOnA64BitKernelAreI686() throws IOException {
    TinySystem system = TinySystem.glibc(root, "2.6");
    system
        .program(
            "/bin/sh",
            TinyElf.program("/lib/ld-linux.so.2")
                .needs("libc.so.6")
                .machine(3, false, ByteOrder.LITTLE_ENDIAN, 0))
        .library(
            "/lib/libc.so.6",
            TinyElf.library("libc.so.6").machine(3, false, ByteOrder.LITTLE_ENDIAN, 0),
            "GNU C Library (x) stable release version 2.6.");
    assertThat(system.inspect(PYTHON311, "x86_64", false).platforms().supported())
        .containsExactly(
            "linux_i686", "manylinux_2_6_i686", "manylinux_2_5_i686", "manylinux1_i686");
  }

  @ParameterizedTest
  @CsvSource({
    "3.11, 'Py_DEBUG': 1, cp311d cp311 abi3 none",
    "3.13, 'Py_GIL_DISABLED': 1, cp313t abi3t none",
    "3.13, 'Py_GIL_DISABLED': 0, cp313 abi3 none",
    "3.7, 'WITH_PYMALLOC': 1, cp37m abi3 none",
    "3.7, 'WITH_PYMALLOC': 0, cp37 abi3 none",
    "2.7, 'Py_UNICODE_SIZE': 2, cp27m none",
    "2.7, 'Py_UNICODE_SIZE': 4, cp27mu none"
  })
  void theAbiComesFromTheBuildVariables(String version, String variable, String abis)
      throws IOException {
    TinySystem system = TinySystem.glibc(root, "2.17").python(version, "{" + variable + ",\n}\n");
    PythonChoice program = new PythonChoice.Program("/usr/bin/python" + version);
    assertThat(system.inspect(program, "", false).interpreter().orElseThrow().abiTags())
        .containsExactly(abis.split(" "));
  }

  @Test
  void anInstalledPythonOfTheVersionIsLookedAt() throws IOException {
    TinySystem system = TinySystem.glibc(root, "2.17").python("3.11", "{'Py_DEBUG': 1}");
    assertThat(system.inspect(PYTHON311, "", false).interpreter().orElseThrow().abis())
        .containsExactly("cp311d", "cp311");
  }

  @Test
  void aModuleOfTheSystemIsAsked() throws IOException {
    SystemTags tags =
        TinySystem.glibc(root, "2.17")
            .python("3.11", PLAIN)
            .module("def manylinux_compatible(a, b, c):\n    return b != 12 and c == 'x86_64'\n")
            .inspect();
    assertThat(tags.platforms().refused())
        .containsExactly("manylinux_2_12_x86_64", "manylinux2010_x86_64");
    assertThat(tags.module()).contains("/usr/lib/python3.11/site-packages/_manylinux.py");
  }

  @Test
  void anOldAttributeOnlySpeaksOfItsOwnTag() throws IOException {
    SystemTags tags =
        TinySystem.glibc(root, "2.17")
            .python("3.11", PLAIN)
            .module("manylinux1_compatible = False\nmanylinux2014_compatible = None\n")
            .inspect();
    assertThat(tags.platforms().refused())
        .containsExactly(
            "manylinux_2_17_x86_64",
            "manylinux2014_x86_64",
            "manylinux_2_5_x86_64",
            "manylinux1_x86_64");
  }

  @Test
  void aModuleThatIsNotUnderstoodLeavesManylinuxOpen() throws IOException {
    SystemTags tags =
        TinySystem.glibc(root, "2.17").python("3.11", PLAIN).module("import secret\n").inspect();
    assertThat(tags.platforms().supported()).containsExactly("linux_x86_64");
    assertThat(tags.platforms().unknown()).hasSize(16);
    assertThat(tags.platforms().unknown().get(0).reason())
        .isEqualTo("line 1: the import of secret is not understood");
  }

  @ParameterizedTest
  @CsvSource({
    // the truth table of PEP 571: the module wins in both directions
    "2.5, manylinux2010_compatible = True, manylinux2010_x86_64 manylinux1_x86_64",
    "2.17, manylinux2010_compatible = False, manylinux1_x86_64",
    "2.17, manylinux1_compatible = False, manylinux2010_x86_64 manylinux1_x86_64",
    "2.5, manylinux1_compatible = False, ''",
    "2.5, x = 1, manylinux1_x86_64",
    "2.4, x = 1, ''",
    "2.12, 'def manylinux_compatible(a, b, c): return False',"
        + " manylinux2010_x86_64 manylinux1_x86_64"
  })
  void byTheLetterOfPep571TheModuleWins(String glibc, String module, String expected)
      throws IOException {
    TinySystem system = TinySystem.glibc(root, glibc).python("3.11", PLAIN).module(module);
    assertThat(String.join(" ", system.inspect(PYTHON311, "", true).platforms().supported()))
        .isEqualTo((expected + " linux_x86_64").strip());
  }

  /** A second Python, as pyenv or a virtual environment starts it. */
  private static TinySystem withPyenv(Path root) throws IOException {
    TinySystem system = TinySystem.glibc(root, "2.17").python("3.11", PLAIN);
    TinyElf program = TinyElf.program("/lib64/ld-linux-x86-64.so.2").needs("libc.so.6");
    for (String version : List.of("3.9.2", "3.9.10")) {
      String directory = "/pyenv/versions/" + version;
      system
          .program(directory + "/bin/python3.9", program)
          .link(directory + "/bin/python3", "python3.9")
          .text(directory + "/lib/python3.9/os.py", "");
    }
    return system
        .text("/pyenv/shims/python3", "#!/usr/bin/env bash\n")
        .text("/pyenv/version", "system\n")
        .text("/home/me/project/.python-version", "# comment\n3.9\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'', /home/me/project/src, /pyenv/versions/3.9.10/bin/python3",
    "'', /home/me, /usr/bin/python3",
    "3.9.2, /home/me, /pyenv/versions/3.9.2/bin/python3",
    "4.0:3.9.2, /home/me, /pyenv/versions/3.9.2/bin/python3",
    "system, /home/me/project, /usr/bin/python3"
  })
  void aScriptOfPyenvStartsTheVersionThatIsChosen(
      String variable, String directory, String expected) throws IOException {
    withPyenv(root);
    TagQuestion question =
        new TagQuestion(
            new PythonChoice.Usual(),
            Optional.empty(),
            List.of("/pyenv/shims", "/usr/bin"),
            Optional.empty(),
            List.of(),
            Optional.of(variable).filter(text -> !text.isEmpty()),
            directory,
            false);
    assertThat(SystemInspector.inspect(SystemTree.directory(root), question).program())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"true, 2", "false, 17"})
  void anEnvironmentSeesTheModulesOfTheSystemOnlyIfItSaysSo(String included, int platforms)
      throws IOException {
    TinySystem.glibc(root, "2.17")
        .python("3.11", PLAIN)
        .module("def manylinux_compatible(a, b, c): return b == 6\n")
        .link("/env/bin/python", "/usr/bin/python3")
        .text("/env/pyvenv.cfg", "home = /usr/bin\ninclude-system-site-packages = " + included);
    TagQuestion question =
        new TagQuestion(
            new PythonChoice.Usual(),
            Optional.empty(),
            List.of("/usr/bin"),
            Optional.of("/env"),
            List.of(),
            Optional.empty(),
            "/",
            false);
    SystemTags tags = SystemInspector.inspect(SystemTree.directory(root), question);
    assertThat(tags.program()).isEqualTo("/env/bin/python");
    assertThat(tags.platforms().supported()).hasSize(platforms);
  }

  @Test
  void linksStayInsideTheRootAndLoopsEnd() throws IOException {
    TinySystem system =
        TinySystem.glibc(root, "2.17")
            .link("/usr/bin/python3", "/../../../../usr/local/bin/python3.11")
            .link("/usr/local/bin/python3.11", "../bin/loop")
            .link("/usr/local/bin/loop", "loop");
    assertThat(system.inspect().interpreter()).isEmpty();
    PythonChoice named = new PythonChoice.Program("/usr/bin/python3");
    assertThatIOException()
        .isThrownBy(() -> system.inspect(named, "", false))
        .withMessageContaining("/usr/bin/python3: a loop of symbolic links");
  }

  @Test
  void aScriptIsNoPython() throws IOException {
    TinySystem system = TinySystem.glibc(root, "2.17").text("/usr/bin/python3", "#!/bin/sh\n");
    assertThatIOException()
        .isThrownBy(system::inspect)
        .withMessage(
            "/usr/bin/python3: not an ELF file, expected the program of a Python; --python names"
                + " one by its path or version");
  }

  @Test
  void aSystemWithoutAnyProgramTellsNothing() throws IOException {
    TinySystem system = new TinySystem(root).text("/etc/os-release", "");
    assertThatIOException()
        .isThrownBy(system::inspect)
        .withMessageStartingWith("nothing tells what machine the system is for");
  }

  @Test
  void androidCountsByItsApiLevel() throws IOException {
    TinySystem system =
        new TinySystem(root)
            .program("/system/bin/sh", TinyElf.program("/system/bin/linker64").needs("libc.so"))
            .text("/system/build.prop", "a=b\nro.build.version.sdk=18\n");
    assertThat(system.inspect(new PythonChoice.Version(3, 13, ""), "", false).platforms())
        .extracting(Platforms::supported)
        .isEqualTo(List.of("android_18_x86_64", "android_17_x86_64", "android_16_x86_64"));
  }

  @Test
  void everyStepNamesTheFileItCameFrom() throws IOException {
    SystemTags tags = TinySystem.glibc(root, "2.17").python("3.11", PLAIN).inspect();
    assertThat(tags.steps())
        .contains(
            new Step("Python", "python3.11", "/usr/bin/python3"),
            new Step("program", "/usr/bin/python3.11", "symbolic links"),
            new Step(
                "ABI", "cp311", "/usr/lib/python3.11/_sysconfigdata__linux_x86_64-linux-gnu.py"),
            new Step("machine", "x86_64", "the header of /usr/bin/python3.11"),
            new Step("C library", "glibc 2.17", "/lib64/libc.so.6"));
  }
}
