// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * musl's loader, unlike glibc's, finds the program headers of a library only if they lie inside a
 * PT_LOAD; where they do not, no exception can pass through the library.
 */
class MuslIT {
  private static final Path SOURCES = Path.of("src", "test", "tools", "musl").toAbsolutePath();
  private static final Path PLAIN_SOURCE =
      Path.of("testdata", "elf", "src", "plain.c").toAbsolutePath();
  private static final String NEEDED = "libplain.so.1";
  private static final String CAUGHT = "OK inside=7 out=9 through=11 unwound=1";

  @TempDir static Path compiled;
  private static Tool musl;
  private static Path thrower;
  private static Tool catcher;

  @TempDir Path directory;

  static List<Arguments> edits() {
    List<Arguments> edits = new ArrayList<>();
    for (String layout :
        List.of("separate-code", "noseparate-code", "norelro", "max-page-size=0x10000")) {
      for (Wanted wanted : Wanted.values()) {
        edits.add(Arguments.of(layout, wanted));
      }
    }
    return edits;
  }

  @BeforeAll
  static void compile() {
    musl = Tool.required("musl-gcc");
    Tool cxx = Tool.required("g++");
    thrower = compiled.resolve("thrower.o");
    cxx.mustRun("-c", "-fPIC", "-Os", SOURCES.resolve("thrower.cc"), "-o", thrower);
    Path main = compiled.resolve("catcher.o");
    cxx.mustRun("-c", "-fPIC", "-Os", SOURCES.resolve("catcher.cc"), "-o", main);
    Path program = compiled.resolve("catcher");
    musl.mustRun(
        "-rdynamic",
        "-Wl,--eh-frame-hdr",
        "-o",
        program,
        main,
        SOURCES.resolve("unwind.c"),
        cxx.mustRun("-print-file-name=libsupc++.a"),
        "-static-libgcc",
        "-lgcc_eh");
    catcher = Tool.of(program);
  }

  @ParameterizedTest
  @MethodSource("edits")
  void anExceptionPassesThroughAnEditedLibrary(String layout, Wanted wanted) throws Exception {
    Path original = link(layout);
    assertThat(caughtThrough(original)).isEqualTo(CAUGHT);

    Path edited = directory.resolve("edited.so");
    RepairEdit.of(original, wanted).write(original, edited);
    Files.move(directory.resolve(NEEDED), directory.resolve(RepairEdit.renamed(NEEDED)));
    assertThat(caughtThrough(edited)).isEqualTo(CAUGHT);
  }

  private String caughtThrough(Path library) {
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", directory.toString());
    return catcher.run(environment, List.of(library)).output();
  }

  /**
   * The library needs another one, but not the C library by name, which musl would load again under
   * a new name.
   */
  private Path link(String layout) {
    Path needed = directory.resolve(NEEDED);
    musl.mustRun(
        "-shared", "-nostdlib", "-fPIC", "-Wl,-soname," + NEEDED, "-o", needed, PLAIN_SOURCE);
    Path library = directory.resolve("libthrower.so.1");
    musl.mustRun(
        "-shared",
        "-nostdlib",
        "-Wl,--eh-frame-hdr,--no-as-needed,-soname,libthrower.so.1,-z," + layout,
        "-o",
        library,
        thrower,
        needed,
        "-lgcc_eh",
        "-lgcc");
    return library;
  }
}
