// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.check.ExpectedLayout;
import dev.jwheel.link.tree.ShellPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The options that say what a wheel should hold, named as check-wheel-contents has them. */
final class LayoutArguments {
  private static final int MAX_FILES = 1_000_000;
  private static final List<String> OMITTED =
      List.of(".*", "CVS", "RCS", "__pycache__", "*.pyc", "*.pyo");

  private final Arguments arguments;
  private final Argument<List<String>> toplevel;
  private final Argument<List<Path>> packages;
  private final Argument<List<Path>> sources;
  private final Argument<List<String>> omitted;
  private final Argument<String> maxSize;

  /** Adds them to the arguments of a command. */
  LayoutArguments(Arguments arguments) {
    this.arguments = arguments;
    toplevel =
        arguments.texts("NAMES", "The names at the root, with commas between.", "--toplevel");
    packages =
        arguments.paths("DIR", "A package directory whose files are in the wheel.", "--package");
    sources = arguments.paths("DIR", "A directory whose entries are in the wheel.", "--src-dir");
    omitted =
        arguments.texts(
            "PATTERNS", "Names in these directories that do not count.", "--package-omit");
    maxSize =
        arguments.textOr(
            "100M", "SIZE", "The size that the index allows a file, such as 100M.", "--max-size");
  }

  /**
   * Returns what the wheel should hold.
   *
   * @throws IOException if a directory cannot be read
   */
  ExpectedLayout expected() throws IOException {
    List<String> names = new ArrayList<>();
    toplevel.value().forEach(value -> names.addAll(List.of(value.split(","))));
    Set<String> trees = new HashSet<>();
    for (Path directory : packages.value()) {
      Path real = directory.toRealPath();
      walk(real, real.getParent() == null ? real : real.getParent(), trees);
    }
    for (Path directory : sources.value()) {
      walk(directory, directory, trees);
    }
    return new ExpectedLayout(names, trees);
  }

  private void walk(Path directory, Path root, Set<String> trees) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    List<String> patterns = new ArrayList<>();
    omitted.value().forEach(value -> patterns.addAll(List.of(value.split(","))));
    List<String> effective = patterns.isEmpty() ? OMITTED : patterns;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path path = root.relativize(file);
        if (Files.isRegularFile(file) && !isOmitted(path, effective)) {
          trees.add(path.toString().replace('\\', '/'));
        }
        if (trees.size() > MAX_FILES) {
          throw new IOException(directory + ": has more than " + MAX_FILES + " files");
        }
      }
    }
  }

  private static boolean isOmitted(Path path, List<String> patterns) {
    for (Path part : path) {
      for (String pattern : patterns) {
        if (ShellPattern.of(pattern).matches(part.toString())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the size that the index allows, in bytes. */
  long maxSize() {
    String text = maxSize.value();
    int shift = text.endsWith("K") ? 10 : text.endsWith("M") ? 20 : text.endsWith("G") ? 30 : 0;
    String number = shift == 0 ? text : text.substring(0, text.length() - 1);
    try {
      long size = Long.parseLong(number);
      if (size > 0 && size < Long.MAX_VALUE >> shift) {
        return size << shift;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw arguments.wrongUsage("--max-size " + text + " is not a size: expected 100M or bytes");
  }
}
