// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.wheel.EntryPoints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Rules of the public index that are not about core metadata. */
final class UploadRules implements RuleGroup {
  private static final String ENTRY_POINTS = "entry_points.txt";

  @Override
  public void check(Subject subject, ResultList results) {
    for (String tag : subject.name().platformTags()) {
      if (!IndexPlatforms.accepts(tag)) {
        results.add("index-platform", "", tag, "the public index does not accept the tag " + tag);
      }
    }
    checkSize(subject.wheel().zip().size(), subject.options(), results);
    String path = subject.inDistInfo(ENTRY_POINTS);
    subject.contents().kept(path).ifPresent(bytes -> checkEntryPoints(path, bytes, results));
  }

  static void checkSize(Path file, CheckOptions options, ResultList results) throws IOException {
    checkSize(Files.size(file), options, results);
  }

  private static void checkSize(long size, CheckOptions options, ResultList results) {
    if (size > options.maxSize()) {
      results.add(
          "index-file-size",
          "",
          "",
          "has " + size + " bytes, more than the allowed " + options.maxSize());
    }
  }

  private static void checkEntryPoints(String path, byte[] bytes, ResultList results) {
    Optional<String> text = utf8(bytes);
    if (text.isEmpty()) {
      results.add("index-entry-points", path, "", "is not UTF-8");
      return;
    }
    Map<String, Map<String, String>> groups = EntryPoints.parse(text.get()).groups();
    for (String group : new String[] {"console_scripts", "gui_scripts"}) {
      for (String name : groups.getOrDefault(group, Map.of()).keySet()) {
        if (!isScriptName(name)) {
          results.add(
              "index-entry-points", path, name, "the script " + name + " is not a name of a file");
        }
      }
    }
  }

  /** Python's {@code [\w.-]+}. */
  private static boolean isScriptName(String name) {
    return name.codePoints()
        .allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
  }

  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
