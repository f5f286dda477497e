// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.config.Environment;
import dev.jwheel.cli.config.Setting;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.SearchDirectory;
import dev.jwheel.link.SearchSource;
import dev.jwheel.link.tree.ShellPattern;
import dev.jwheel.link.tree.SystemTree;
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

  /** Adds them to the arguments of a command. */
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

  /**
   * Returns what the loader model takes, from these options and the environment.
   *
   * @throws IOException if the sysroot cannot be read
   */
  LoaderOptions options(Console console, List<String> excludes) throws IOException {
    String root = sysroot.value();
    SystemTree system =
        root.isEmpty() ? SystemTree.host() : SystemTree.of(console.directory().resolve(root));
    Setting asked = new Setting(ldpaths.name(), ldpaths.value());
    List<SearchDirectory> environment = new ArrayList<>();
    for (Setting variable : new Environment(console).libraryPaths(asked.isEmpty())) {
      environment.addAll(directories(system, console, variable, SearchSource.ENVIRONMENT));
    }
    return new LoaderOptions(
        system,
        environment,
        asked.isEmpty() ? Optional.empty() : Optional.of(asked(system, console, asked)),
        excludes.stream().map(ShellPattern::of).toList(),
        1);
  }

  /**
   * Returns the same for a command that copies libraries: what was linked by a path is looked for
   * in the directory that the command was started in, which is the host's.
   */
  LoaderOptions buildOptions(Console console, List<String> excludes) throws IOException {
    LoaderOptions options = options(console, excludes);
    SystemTree host = options.system().isHost() ? options.system() : SystemTree.host();
    return host.pathOf(console.directory())
        .map(path -> new SearchDirectory(host, path, SearchSource.BUILD, ""))
        .map(options::builtIn)
        .orElse(options);
  }

  /** The directories of an option; a missing one is reported, since it is probably a typo. */
  private static List<SearchDirectory> asked(SystemTree system, Console console, Setting option) {
    List<SearchDirectory> directories = directories(system, console, option, SearchSource.LDPATHS);
    for (SearchDirectory directory : directories) {
      if (!directory.tree().hasDirectory(directory.path())) {
        console.message("jwheel: " + option.name() + ": there is no directory " + directory.path());
      }
    }
    return directories;
  }

  /** Relative directories lie below the one the command was started in, so they are the host's. */
  private static List<SearchDirectory> directories(
      SystemTree system, Console console, Setting list, SearchSource source) {
    List<SearchDirectory> directories = new ArrayList<>();
    SystemTree host = SystemTree.host();
    for (String entry : list.value().split(File.pathSeparator)) {
      if (entry.startsWith("/")) {
        directories.add(new SearchDirectory(system, entry, source, list.name()));
      } else if (!entry.isEmpty()) {
        Path directory = console.directory().resolve(entry);
        host.pathOf(directory)
            .ifPresent(
                path -> directories.add(new SearchDirectory(host, path, source, list.name())));
      }
    }
    return directories;
  }
}
