package dev.jwheel.repair;

import dev.jwheel.elf.ByteSource;
import dev.jwheel.link.LibraryFile;
import dev.jwheel.link.SystemTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text files of a system. */
final class SystemText {
  private static final int LIMIT = 256 << 20;

  private SystemText() {}

  /** The lines of a file; none if there is no such file. */
  static List<String> lines(SystemTree system, String path) throws IOException {
    if (system.find(path) instanceof LibraryFile.Absent) {
      return List.of();
    }
    ByteSource content = system.content(path);
    if (content.size() > LIMIT) {
      return List.of();
    }
    String text = StandardCharsets.UTF_8.decode(content.slice(0, (int) content.size())).toString();
    return text.lines().toList();
  }
}
