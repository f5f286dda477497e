// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.zip.WheelFormatException;

/** Which files of a release, or of a directory, a command works on. */
public enum InputKind {
  /** Wheels that a Linux or an Android may install. */
  LINUX_WHEELS,
  /** All wheels. */
  WHEELS,
  /** Wheels and source distributions. */
  DISTRIBUTIONS;

  private static final String SDIST = ".tar.gz";
  private static final String WHEEL = ".whl";

  /** Returns what there is to find in a directory, for a message. */
  String description() {
    return this == DISTRIBUTIONS ? "wheels or source distributions" : "wheels";
  }

  /** Whether a file of this name in a directory is meant. */
  boolean isNamed(String fileName) {
    return fileName.endsWith(WHEEL) || this == DISTRIBUTIONS && fileName.endsWith(SDIST);
  }

  /** Whether a file of this name in a release is meant. */
  boolean includes(String fileName) {
    return switch (this) {
      case LINUX_WHEELS -> fileName.endsWith(WHEEL) && !isForeign(fileName);
      case WHEELS, DISTRIBUTIONS -> isNamed(fileName);
    };
  }

  /** Whether every tag of a wheel is that of a system with other binaries. */
  private static boolean isForeign(String fileName) {
    try {
      for (PlatformTag tag : WheelFileName.parse(fileName).platforms()) {
        String text = tag.toString();
        if (!text.startsWith("win")
            && !text.startsWith("macosx_")
            && !text.startsWith("ios_")
            && !text.contains("wasm")) {
          return false;
        }
      }
      return true;
    } catch (WheelFormatException e) {
      return false;
    }
  }
}
