// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.wheel.ProjectName;
import dev.jwheel.wheel.PythonVersion;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.util.Optional;

/**
 * A release of a project, written {@code NAME==VERSION}.
 *
 * @param project the project's name, normalized
 * @param version the version; one without local label means those with any (PEP 440, "Version
 *     matching")
 */
record PinnedRelease(String project, PythonVersion version) {
  private static final String SDIST = ".tar.gz";

  /** Reads a release; empty where the text is something else. */
  static Optional<PinnedRelease> parse(String text) {
    int equals = text.indexOf("==");
    if (equals < 0) {
      return Optional.empty();
    }
    String name = text.substring(0, equals).strip();
    return PythonVersion.parse(text.substring(equals + 2).strip())
        .filter(version -> ProjectName.isValid(name))
        .map(version -> new PinnedRelease(ProjectName.normalize(name), version));
  }

  /** Whether a file belongs to the release, by its name. */
  boolean has(String fileName) {
    return versionOf(fileName).filter(this::matches).isPresent();
  }

  private boolean matches(PythonVersion other) {
    return other.equals(version) || !version.hasLocal() && other.withoutLocal().equals(version);
  }

  /** The version of a file of the project; empty where its name is not that of a distribution. */
  Optional<PythonVersion> versionOf(String fileName) {
    if (fileName.endsWith(SDIST)) {
      int hyphen = fileName.lastIndexOf('-');
      return hyphen < 0
          ? Optional.empty()
          : PythonVersion.parse(fileName.substring(hyphen + 1, fileName.length() - SDIST.length()));
    }
    try {
      return PythonVersion.parse(WheelFileName.parse(fileName).version());
    } catch (WheelFormatException e) {
      return Optional.empty();
    }
  }
}
