package dev.jwheel.cli;

import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.SearchDirectory;
import dev.jwheel.link.SearchSource;
import dev.jwheel.link.ShellPattern;
import dev.jwheel.link.SystemTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options and environment variables that say where libraries are looked for. */
final class LoaderArguments {
  @Option(
      names = "--ldpaths",
      paramLabel = "DIRS",
      description =
          "Directories to search instead of LD_LIBRARY_PATH and the system's, separated as in PATH.")
  String ldpaths = "";

  @Option(
      names = "--sysroot",
      paramLabel = "DIR|ARCHIVE",
      description =
          "Search this directory tree, or this .tar, .tar.gz, .tar.xz, .tar.zst or .deb file,"
              + " instead of the host's.")
  String sysroot = "";

  /** What the loader model takes, from these options and the environment. */
  LoaderOptions options(Console console, List<String> excludes) throws IOException {
    SystemTree host = SystemTree.host();
    SystemTree system = sysroot.isEmpty() ? host : SystemTree.directory(Path.of(sysroot));
    List<SearchDirectory> environment = new ArrayList<>();
    for (String variable : variables()) {
      environment.addAll(
          directories(
              host, console, console.variable(variable), SearchSource.ENVIRONMENT, variable));
    }
    return new LoaderOptions(
        system,
        environment,
        ldpaths.isEmpty()
            ? Optional.empty()
            : Optional.of(directories(host, console, ldpaths, SearchSource.LDPATHS, "--ldpaths")),
        excludes.stream().map(ShellPattern::of).toList(),
        1);
  }

  private List<String> variables() {
    List<String> variables =
        new ArrayList<>(List.of("JWHEEL_LD_LIBRARY_PATH", "AUDITWHEEL_LD_LIBRARY_PATH"));
    if (ldpaths.isEmpty()) {
      variables.add("LD_LIBRARY_PATH");
    }
    return variables;
  }

  private static List<SearchDirectory> directories(
      SystemTree host, Console console, String list, SearchSource source, String name) {
    List<SearchDirectory> directories = new ArrayList<>();
    for (String entry : list.split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        Path directory = console.directory().resolve(entry).toAbsolutePath().normalize();
        host.pathOf(directory)
            .ifPresent(path -> directories.add(new SearchDirectory(host, path, source, name)));
      }
    }
    return directories;
  }
}
