// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import dev.jwheel.io.ByteSource;
import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text files of a system. */
final class SystemText {
  private static final int LIMIT = 256 << 20;

  private SystemText() {}

  /** The lines of a file; none if there is no such file. */
  static List<String> lines(SystemTree system, String path) throws IOException {
    return lines(system, path, StandardCharsets.UTF_8);
  }

  /** The lines of a file in some encoding; none if there is no such file. */
  static List<String> lines(SystemTree system, String path, Charset charset) throws IOException {
    if (!system.hasFile(path)) {
      return List.of();
    }
    ByteSource content = system.content(path);
    if (content.size() > LIMIT) {
      return List.of();
    }
    byte[] bytes = new byte[(int) content.size()];
    content.slice(0, bytes.length).get(bytes);
    return lines(new String(bytes, charset));
  }

  /** Without streams, which start slowly: a package database has a hundred thousand lines. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      lines.add(text.substring(start, end));
      start = end + 1;
    }
    return lines;
  }
}
