// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.platform.Libc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random families of libraries, loaded by the model and by the loaders of this machine, where it
 * has them, which list what they loaded, in order.
 */
final class RealLoaderTest {
  private static final Path GLIBC = Path.of("/lib64/ld-linux-x86-64.so.2");
  private static final Path MUSL = Path.of("/lib/ld-musl-x86_64.so.1");
  private static final int FAMILIES = 60;

  @TempDir Path temp;

  @Test
  void glibcLoadsWhatTheModelSays() throws Exception {
    compare(Libc.GLIBC, GLIBC);
  }

  @Test
  void muslLoadsWhatTheModelSays() throws Exception {
    compare(Libc.MUSL, MUSL);
  }

  private void compare(Libc libc, Path loader) throws Exception {
    assumeTrue(Files.isExecutable(loader), loader + " is not on this machine");
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "not an x86_64 machine");
    for (int seed = 0; seed < FAMILIES; seed++) {
      Family family = new Family(temp.toRealPath().resolve(libc + "-" + seed), seed, libc);
      family.write();
      List<String> modelled = modelled(family, libc);
      if (libc == Libc.GLIBC && family.auxiliary) {
        // glibc lists what DT_AUXILIARY names before the object that names it
        assertThat(modelled)
            .as("family %s of %s", family.root, libc)
            .containsExactlyInAnyOrderElementsOf(family.loaded(loader));
      } else {
        assertThat(modelled)
            .as("family %s of %s", family.root, libc)
            .isEqualTo(family.loaded(loader));
      }
    }
  }

  private static List<String> modelled(Family family, Libc libc) {
    SystemTree host = SystemTree.host();
    List<SearchDirectory> environment = new ArrayList<>();
    for (String directory : family.environment) {
      environment.add(
          new SearchDirectory(host, directory, SearchSource.ENVIRONMENT, "LD_LIBRARY_PATH"));
    }
    LoaderOptions options = new LoaderOptions(host, environment, Optional.empty(), List.of(), 1);
    LibraryFile.Library top = (LibraryFile.Library) host.find(family.top());
    DependencyTree tree = new DependencyResolver(options).resolve(host, top, libc);
    return FakeLoader.paths(tree).subList(1, tree.objects().size());
  }

  /** Six names in four directories, with every kind of path between them. */
  private static final class Family {
    private static final int DIRECTORIES = 4;
    private static final int NAMES = 6;

    private final Path root;
    private final Random random;
    private final Libc libc;
    private final List<String> environment = new ArrayList<>();
    private final boolean odd;
    private boolean auxiliary;

    Family(Path root, long seed, Libc libc) {
      this.root = root;
      this.random = new Random(seed);
      this.odd = seed % 2 == 1;
      this.libc = libc;
    }

    String top() {
      return root + "/top/top.so";
    }

    void write() throws IOException {
      Files.createDirectories(root.resolve("top"));
      Files.write(Path.of(top()), elf(true).bytes());
      for (int directory = 0; directory < DIRECTORIES; directory++) {
        Files.createDirectories(root.resolve("d" + directory));
        for (int name = 0; name < NAMES; name++) {
          write(directory, root.resolve("d" + directory).resolve("lib" + name + ".so"));
        }
        if (chance(4)) {
          environment.add(root + "/d" + directory);
        }
      }
    }

    /** No link leads back, as a loop ends the search of the real loaders with an error. */
    private void write(int directory, Path file) throws IOException {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> Files.write(file, elf(false).bytes());
        case 3 ->
            Files.createSymbolicLink(file, root.resolve("d" + (directory + 1)).resolve(name()));
        case 4 -> {
          if (libc == Libc.GLIBC) {
            Files.write(file, elf(false).i686().bytes());
          }
        }
        default -> {}
      }
    }

    private TinyElf elf(boolean top) {
      TinyElf elf = chance(2) ? TinyElf.library() : TinyElf.library(name());
      for (int i = random.nextInt(top ? 5 : 4); i >= (top ? -1 : 1); i--) {
        elf.needs(chance(8) ? place() + "/" + name() : name());
      }
      if (odd && !top && chance(4)) {
        elf.auxiliary(name());
        auxiliary = true;
      }
      if (chance(2)) {
        elf.rpath(path());
      }
      if (chance(3)) {
        elf.runpath(path());
      }
      return chance(10) ? elf.noDefaultLibraries() : elf;
    }

    private String path() {
      List<String> entries = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        entries.add(place());
      }
      return String.join(":", entries);
    }

    /** musl takes a token in a path to a file literally, and so does the model. */
    private String place() {
      return switch (random.nextInt(4)) {
        case 0 -> "$ORIGIN";
        case 1 -> "${ORIGIN}/../" + directory();
        case 2 -> "$ORIGIN/../" + directory();
        default -> root + "/" + directory();
      };
    }

    private String directory() {
      return "d" + random.nextInt(DIRECTORIES);
    }

    private String name() {
      return "lib" + random.nextInt(NAMES) + ".so";
    }

    private boolean chance(int oneIn) {
      return random.nextInt(oneIn) == 0;
    }

    /** The paths that the loader lists, but for itself and the kernel's page. */
    List<String> loaded(Path loader) throws Exception {
      List<String> command = new ArrayList<>(List.of(loader.toString()));
      if (libc == Libc.GLIBC) {
        command.add("--inhibit-cache");
      }
      if (!environment.isEmpty()) {
        command.addAll(List.of("--library-path", String.join(":", environment)));
      }
      if (libc == Libc.MUSL) {
        command.add("--list");
      }
      command.add(top());
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
      if (libc == Libc.GLIBC) {
        builder.environment().put("LD_TRACE_LOADED_OBJECTS", "1");
      }
      Process process = builder.directory(root.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      List<String> paths = new ArrayList<>();
      for (String line : output.split("\n")) {
        String path =
            line.replaceFirst(" \\(0x[0-9a-f]+\\)$", "").replaceFirst(".* => ", "").strip();
        if (path.startsWith(root.toString())) {
          paths.add(path);
        }
      }
      return paths;
    }
  }
}
