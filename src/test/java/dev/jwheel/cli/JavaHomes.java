// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The Java installations of this machine that are new enough. */
public final class JavaHomes {
  private JavaHomes() {}

  /** The one that runs the tests, then those beside it. */
  public static Set<Path> all() throws IOException {
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    Set<Path> homes = new LinkedHashSet<>();
    homes.add(own);
    try (Stream<Path> siblings = Files.list(own.getParent())) {
      for (Path sibling : (Iterable<Path>) siblings.sorted()::iterator) {
        if (isModernJava(sibling)) {
          homes.add(sibling.toRealPath());
        }
      }
    }
    return homes;
  }

  private static boolean isModernJava(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      return false;
    }
    return Files.readString(release).lines().anyMatch(JavaHomes::isModernVersion);
  }

  private static boolean isModernVersion(String line) {
    String key = "JAVA_VERSION=\"";
    return line.startsWith(key)
        && Runtime.Version.parse(line.substring(key.length(), line.length() - 1)).feature() >= 17;
  }
}
