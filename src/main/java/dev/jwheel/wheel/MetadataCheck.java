// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.wheel.zip.Defect;
import java.util.List;
import java.util.Optional;

/** Holds {@code METADATA} against the file name of the wheel. */
final class MetadataCheck {
  private final WheelFileName fileName;
  private final String path;

  /**
   * @param path the path of {@code METADATA}
   */
  MetadataCheck(WheelFileName fileName, String path) {
    this.fileName = fileName;
    this.path = path;
  }

  /** What is odd about the file; its text is empty where the wheel has none. */
  void addDefects(Optional<String> text, List<Defect> defects) {
    if (text.isEmpty()) {
      defects.add(new Defect("metadata-missing", path, "is missing, expected in every wheel"));
      return;
    }
    HeaderBlock block = HeaderBlock.parse(text.get());
    if (!block.oddLines().isEmpty()) {
      String problem = "holds a line that is no header: expected NAME: VALUE";
      defects.add(new Defect("header", path, problem));
    }
    List<Header> headers = block.headers();
    String name = first(headers, "Name");
    if (!fileName.isFor(name)) {
      String problem = "names " + name + ", the file name " + fileName.distribution();
      defects.add(new Defect("metadata-name", path, problem));
    }
    String version = first(headers, "Version");
    if (!fileName.isForVersion(version)) {
      String problem = "states version " + version + ", the file name " + fileName.version();
      defects.add(new Defect("metadata-version", path, problem));
    }
  }

  /** The first value of a header that says something. */
  private static String first(List<Header> headers, String name) {
    for (Header header : headers) {
      if (header.isNamed(name) && !header.value().isBlank()) {
        return header.value().strip();
      }
    }
    return "";
  }
}
