// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/** What the tests with real loaders edit. */
public enum Samples {
  /** The libraries of testdata that the loader of their machine accepts unedited. */
  FIXTURES {
    @Override
    List<Path> of(Machine machine) {
      List<Path> fixtures = new ArrayList<>(list(machine.fixtures(), "*.so"));
      fixtures.removeIf(fixture -> UNLOADABLE.contains(fixture.getFileName().toString()));
      return fixtures;
    }
  },

  /** Those of them that GNU strip can lay out anew, before the edit and after it. */
  STRIPPABLE_FIXTURES {
    @Override
    List<Path> of(Machine machine) {
      List<Path> fixtures = new ArrayList<>(FIXTURES.of(machine));
      fixtures.removeIf(fixture -> cannotBeStripped(fixture.getFileName().toString()));
      return fixtures;
    }

    private boolean cannotBeStripped(String name) {
      return name.startsWith("no-sections") || UNSTRIPPABLE.contains(name);
    }
  },

  /** Libraries that every Debian has, as far as this machine has them. */
  SYSTEM_LIBRARIES {
    @Override
    List<Path> of(Machine machine) {
      return SYSTEM_NAMES.stream().flatMap(n -> machine.systemLibraries(n).stream()).toList();
    }
  },

  /** The programs of testdata that need libraries. */
  PROGRAMS {
    @Override
    List<Path> of(Machine machine) {
      return list(machine.fixtures(), "{program,program-lld,exec,exec-lld}");
    }
  };

  private static final Set<String> UNLOADABLE =
      Set.of(
          "android.so", // its relocations are packed in bionic's way
          "filter.so", // its filtees do not exist
          "musl.so", // needs another C library
          "no-dt-null.so", // accepted by loaders that read on, refused by the editor
          "stale-version-need.so"); // glibc aborts on it

  private static final Set<String> UNSTRIPPABLE =
      Set.of(
          "moved-table.so", // strip finds no room for its program headers
          "plain-lld.so"); // without .dynamic a segment starts with NOBITS: BFD cannot lay it out

  private static final List<String> SYSTEM_NAMES =
      List.of(
          "libbz2.so.1",
          "libcrypto.so.3",
          "libffi.so.8",
          "libgcc_s.so.1",
          "liblzma.so.5",
          "libpng16.so.16",
          "libsqlite3.so.0",
          "libssl.so.3",
          "libstdc++.so.6",
          "libz.so.1",
          "libzstd.so.1");

  /** The samples of a machine, sorted. */
  abstract List<Path> of(Machine machine);

  @FunctionalInterface
  public interface Check {
    void of(Graft graft) throws Exception;
  }

  /**
   * One test for each sample of each machine, or one that is skipped where a machine's programs
   * cannot run.
   *
   * @param wanted what the edit shall do
   * @param directory where the edited files go
   */
  public Stream<DynamicContainer> onEveryMachine(Wanted wanted, Path directory, Check check) {
    return Arrays.stream(Machine.values())
        .map(machine -> dynamicContainer(machine.name(), tests(machine, wanted, directory, check)));
  }

  private List<DynamicTest> tests(Machine machine, Wanted wanted, Path directory, Check check) {
    if (machine.missing().isPresent()) {
      return List.of(dynamicTest("is missing", () -> Tool.skip(machine.missing().get())));
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Path sample : of(machine)) {
      tests.add(
          dynamicTest(
              sample.getFileName().toString(),
              () -> {
                Path own = Files.createTempDirectory(directory, machine.name());
                try (Graft graft = Graft.of(machine, sample, wanted, own)) {
                  check.of(graft);
                }
              }));
    }
    return tests;
  }

  private static List<Path> list(Path directory, String glob) {
    TreeSet<Path> found = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
      entries.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(found);
  }
}
