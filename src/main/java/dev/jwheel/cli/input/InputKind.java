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

  /** Whether a file of this name is meant. */
  boolean includes(String fileName) {
    return switch (this) {
      case LINUX_WHEELS -> fileName.endsWith(WHEEL) && !isForeign(fileName);
      case WHEELS -> fileName.endsWith(WHEEL);
      case DISTRIBUTIONS -> fileName.endsWith(WHEEL) || fileName.endsWith(SDIST);
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
