// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds absolute paths of source files, which compilers put among the constants for assertions and
 * panics: they name the directories, and at times the user, of the machine that built a file.
 */
final class SourcePaths {
  private static final int MAX_LENGTH = 300;
  private static final int SHORTEST = 8;
  private static final String[] SUFFIXES = {
    ".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".pyx", ".go", ".f", ".f90", ".cu"
  };

  /** Rust's constants do not end where a path does. */
  private static final String RUST = ".rs";

  /** Directories of every system, and that which rustc puts for its own. */
  private static final String[] SYSTEM = {
    "/usr/include/", "/usr/lib/", "/usr/src/", "/usr/local/include/", "/opt/rh/", "/rustc/"
  };

  private SourcePaths() {}

  /** Returns the first path; the time is linear in the bytes. */
  static Optional<String> first(ByteBuffer bytes) {
    int position = 0;
    while (position < bytes.limit()) {
      if (bytes.get(position) != '/') {
        position++;
        continue;
      }
      int end = position;
      while (end < bytes.limit() && isPathByte(bytes.get(end))) {
        end++;
      }
      boolean begins = position == 0 || !isPathByte(bytes.get(position - 1));
      if (begins && end - position >= SHORTEST) {
        Optional<String> path = sourceFile(text(bytes, position, end));
        if (path.isPresent()) {
          return path;
        }
      }
      position = end;
    }
    return Optional.empty();
  }

  private static String text(ByteBuffer bytes, int start, int end) {
    byte[] text = new byte[Math.min(end - start, MAX_LENGTH)];
    bytes.get(start, text);
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static Optional<String> sourceFile(String run) {
    if (run.indexOf('/', 1) < 0) {
      return Optional.empty();
    }
    for (String system : SYSTEM) {
      if (run.startsWith(system)) {
        return Optional.empty();
      }
    }
    int rust = run.indexOf(RUST);
    if (rust > 0) {
      return Optional.of(run.substring(0, rust + RUST.length()));
    }
    for (String suffix : SUFFIXES) {
      if (run.endsWith(suffix)) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  private static boolean isPathByte(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b == '/'
        || b == '.'
        || b == '_'
        || b == '-'
        || b == '+';
  }
}
