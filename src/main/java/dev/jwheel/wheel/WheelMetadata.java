// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.wheel.zip.Defect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file {@code WHEEL} of the dist-info directory (PEP 427), all headers in their order.
 *
 * @param headers the headers, unknown ones too
 */
public record WheelMetadata(List<Header> headers) {
  private static final String ROOT_IS_PURELIB = "Root-Is-Purelib";
  private static final String TAG = "Tag";

  private static final String VERSION = "Wheel-Version";

  public WheelMetadata {
    headers = List.copyOf(headers);
  }

  /**
   * Reads the file.
   *
   * @param place the file's name, for defects
   * @param defects takes what is missing or no header
   */
  public static WheelMetadata parse(String text, String place, List<Defect> defects) {
    WheelMetadata metadata = new WheelMetadata(Header.parse(text, place, defects));
    String version = metadata.first(VERSION).orElse("");
    if (!version.startsWith("1.")) {
      defects.add(
          new Defect(
              "wheel-version",
              place,
              version.isEmpty()
                  ? "has no Wheel-Version"
                  : "its Wheel-Version is " + version + ", expected 1.0"));
    }
    if (metadata.tags().isEmpty()) {
      defects.add(new Defect("wheel-tag", place, "has no Tag"));
    }
    if (metadata.first(ROOT_IS_PURELIB).isEmpty()) {
      defects.add(new Defect("wheel-purelib", place, "has no Root-Is-Purelib"));
    }
    return metadata;
  }

  /** The tags, in their order: {@code py3-none-any}. */
  public List<String> tags() {
    return all(TAG);
  }

  /** The values of all headers of a name, in their order; letter case does not matter. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (Header header : headers) {
      if (header.isNamed(name)) {
        values.add(header.value());
      }
    }
    return values;
  }

  /** Whether the root of the wheel is unpacked into purelib; platlib if the header is missing. */
  public boolean rootIsPurelib() {
    return first(ROOT_IS_PURELIB).orElse("").equalsIgnoreCase("true");
  }

  /** The value of the first header of a name; letter case does not matter. */
  public Optional<String> first(String name) {
    for (Header header : headers) {
      if (header.isNamed(name)) {
        return Optional.of(header.value());
      }
    }
    return Optional.empty();
  }

  /**
   * The file with other tags. They stand where the first tag stood, every other header stays in its
   * place. If it has these tags already, in whatever order, it stays as it is.
   *
   * @param tags the tags in their order, each expanded: {@code py3-none-any}
   */
  public WheelMetadata withTags(Collection<String> tags) {
    List<String> present = tags();
    if (present.size() == tags.size() && Set.copyOf(present).equals(Set.copyOf(tags))) {
      return this;
    }
    List<Header> replaced = new ArrayList<>();
    boolean placed = false;
    for (Header header : headers) {
      if (!header.isNamed(TAG)) {
        replaced.add(header);
      } else if (!placed) {
        addTags(tags, replaced);
        placed = true;
      }
    }
    if (!placed) {
      addTags(tags, replaced);
    }
    return new WheelMetadata(replaced);
  }

  private static void addTags(Collection<String> tags, List<Header> headers) {
    for (String tag : tags) {
      headers.add(new Header(TAG, tag));
    }
  }

  /** The file with another {@code Root-Is-Purelib}, in the place of the first. */
  public WheelMetadata withRootIsPurelib(boolean purelib) {
    Header header = new Header(ROOT_IS_PURELIB, String.valueOf(purelib));
    List<Header> replaced = new ArrayList<>();
    for (Header present : headers) {
      if (!present.isNamed(ROOT_IS_PURELIB)) {
        replaced.add(present);
      } else if (!replaced.contains(header)) {
        replaced.add(header);
      }
    }
    if (!replaced.contains(header)) {
      replaced.add(header);
    }
    return new WheelMetadata(replaced);
  }

  /** The file's text: a line a header, LF. */
  public String serialize() {
    StringBuilder text = new StringBuilder();
    for (Header header : headers) {
      text.append(header.name()).append(": ").append(header.value()).append('\n');
    }
    return text.toString();
  }
}
