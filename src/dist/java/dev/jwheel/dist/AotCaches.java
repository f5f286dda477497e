// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The AOT caches of the runtime, from which its JVM maps classes ready for use. One holds what the
 * short commands use and one what a repair uses, because all classes of a cache are loaded at the
 * start, used or not. Their bytes differ from build to build.
 */
final class AotCaches {
  private static final List<String> KINDS = List.of("short", "repair");

  private AotCaches() {}

  /** Makes both beside the jars. */
  static void make(Path home, Tool java) throws IOException {
    List<Path> wheels;
    try (Stream<Path> files = Files.list(home)) {
      wheels = files.filter(file -> file.toString().endsWith(".whl")).sorted().toList();
    }
    for (String kind : KINDS) {
      Path training = home.resolve(kind + ".training");
      Tool configured =
          java.with("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")
              .with("-Xlog:disable", "-XX:AOTConfiguration=" + training)
              .with("-cp", home.resolve("jwheel.jar"));
      List<Object> rehearsal = new ArrayList<>(List.of("dev.jwheel.cli.Rehearsal", kind));
      rehearsal.addAll(wheels);
      configured.with("-XX:AOTMode=record").run(rehearsal.toArray());
      // In one step the JVM would start another with options in a variable, split at blanks.
      configured.run("-XX:AOTMode=create", "-XX:AOTCache=" + home.resolve(kind + ".aot"));
      Files.delete(training);
    }
  }
}
