package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.io.Printable;
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

/** The options and environment variables that say where libraries are looked for. */
final class SearchArguments {
  private final Argument<String> ldpaths;
  private final Argument<String> sysroot;

  /** Adds them to what a command takes. */
  SearchArguments(Arguments arguments) {
    ldpaths =
        arguments.text(
            "DIRS",
            "Directories to search instead of LD_LIBRARY_PATH and the system's, separated as in"
                + " PATH. With --sysroot absolute ones are directories of that system.",
            "--ldpaths");
    sysroot =
        arguments.text(
            "DIR|ARCHIVE",
            "Search this directory tree, or this .tar, .tar.gz, .tar.xz, .tar.zst or .deb file,"
                + " instead of the host's.",
            "--sysroot");
  }

  /** What the loader model takes, from these options and the environment. */
  LoaderOptions options(Console console, List<String> excludes) throws IOException {
    return options(console, ldpaths.value(), sysroot.value(), excludes);
  }

  static LoaderOptions options(
      Console console, String ldpaths, String sysroot, List<String> excludes) throws IOException {
    SystemTree system =
        sysroot.isEmpty() ? SystemTree.host() : SystemTree.of(console.directory().resolve(sysroot));
    List<SearchDirectory> environment = new ArrayList<>();
    for (String variable : variables(ldpaths)) {
      environment.addAll(
          directories(
              system, console, console.variable(variable), SearchSource.ENVIRONMENT, variable));
    }
    return new LoaderOptions(
        system,
        environment,
        ldpaths.isEmpty() ? Optional.empty() : Optional.of(asked(system, console, ldpaths)),
        excludes.stream().map(ShellPattern::of).toList(),
        1);
  }

  /** The directories of {@code --ldpaths}; one that is not there is told, for it is a mistake. */
  private static List<SearchDirectory> asked(SystemTree system, Console console, String ldpaths) {
    List<SearchDirectory> directories =
        directories(system, console, ldpaths, SearchSource.LDPATHS, "--ldpaths");
    for (SearchDirectory directory : directories) {
      if (!directory.tree().hasDirectory(directory.path())) {
        String path = Printable.of(directory.path());
        console.err().println("jwheel: --ldpaths: there is no directory " + path);
      }
    }
    return directories;
  }

  private static List<String> variables(String ldpaths) {
    List<String> variables =
        new ArrayList<>(List.of("JWHEEL_LD_LIBRARY_PATH", "AUDITWHEEL_LD_LIBRARY_PATH"));
    if (ldpaths.isEmpty()) {
      variables.add("LD_LIBRARY_PATH");
    }
    return variables;
  }

  /** Relative directories lie below the one the command was started in, so they are the host's. */
  private static List<SearchDirectory> directories(
      SystemTree system, Console console, String list, SearchSource source, String name) {
    List<SearchDirectory> directories = new ArrayList<>();
    SystemTree host = SystemTree.host();
    for (String entry : list.split(File.pathSeparator)) {
      if (entry.startsWith("/")) {
        directories.add(new SearchDirectory(system, entry, source, name));
      } else if (!entry.isEmpty()) {
        Path directory = console.directory().resolve(entry);
        host.pathOf(directory)
            .ifPresent(path -> directories.add(new SearchDirectory(host, path, source, name)));
      }
    }
    return directories;
  }
}
