// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The file name of a wheel (PEP 427, "File name convention"), every part as it was written.
 *
 * @param distribution the name of the distribution
 * @param version its version, in any spelling of PEP 440
 * @param build the build number, where there is one
 * @param pythonTags the Python tags of the compressed tag set, such as {@code py2} and {@code py3}
 * @param abiTags the ABI tags, such as {@code cp27mu}
 * @param platformTags the platform tags, such as {@code manylinux1_x86_64}
 * @param variant the label that follows the platform tags of a variant wheel (PEP 825)
 */
public record WheelFileName(
    String distribution,
    String version,
    Optional<String> build,
    List<String> pythonTags,
    List<String> abiTags,
    List<String> platformTags,
    Optional<String> variant) {

  static final String SUFFIX = ".whl";

  /** So many tags may a compressed tag set stand for, as in Python's {@code packaging}. */
  static final int MAX_TAGS = 1000;

  public WheelFileName {
    pythonTags = List.copyOf(pythonTags);
    abiTags = List.copyOf(abiTags);
    platformTags = List.copyOf(platformTags);
  }

  /**
   * Reads a file name, without directory.
   *
   * @throws WheelFormatException if installers refuse it: it does not have the parts of a wheel's
   *     name, or one of them cannot be what it is meant to be
   */
  public static WheelFileName parse(String name) throws WheelFormatException {
    return new WheelNameReader(name).read();
  }

  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      parts.add(text.substring(start, end));
      start = end + 1;
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** The platform tags, read. */
  public List<PlatformTag> platforms() {
    List<PlatformTag> platforms = new ArrayList<>(platformTags.size());
    for (String tag : platformTags) {
      platforms.add(PlatformTag.parse(tag));
    }
    return platforms;
  }

  /** How many tags the name stands for. */
  long size() {
    return (long) pythonTags.size() * abiTags.size() * platformTags.size();
  }

  /** Every tag that the name stands for, in lower case: {@code py3-none-any}. */
  public Set<String> tags() {
    return expand(pythonTags, abiTags, platformTags);
  }

  /** How many tags a compressed tag set stands for, without making them. */
  static long expandedSize(String compressed) {
    List<String> parts = split(compressed, '-');
    long size = 1;
    for (String part : parts) {
      size *= part.chars().filter(c -> c == '.').count() + 1;
    }
    return parts.size() == 3 ? size : 1;
  }

  /** The tags that a compressed tag set stands for (PEP 425, "Compressed Tag Sets"). */
  static Set<String> expand(String compressed) {
    List<String> parts = split(compressed, '-');
    return parts.size() == 3
        ? expand(split(parts.get(0), '.'), split(parts.get(1), '.'), split(parts.get(2), '.'))
        : Set.of(compressed);
  }

  private static Set<String> expand(
      List<String> pythons, List<String> abis, List<String> platforms) {
    Set<String> tags = new LinkedHashSet<>();
    for (String python : pythons) {
      for (String abi : abis) {
        for (String platform : platforms) {
          tags.add((python + "-" + abi + "-" + platform).toLowerCase(Locale.ROOT));
        }
      }
    }
    return tags;
  }

  /**
   * The name with other platform tags, sorted as text and each once, as the compressed tag sets of
   * repaired wheels are.
   */
  public WheelFileName withPlatformTags(Collection<String> tags) {
    return new WheelFileName(
        distribution,
        version,
        build,
        pythonTags,
        abiTags,
        List.copyOf(new TreeSet<>(tags)),
        variant);
  }

  /** The distribution's name in the form in which equal names are equal (PEP 503). */
  public String normalizedDistribution() {
    return ProjectName.normalize(distribution);
  }

  /** Whether a name is one of the spellings of the distribution's (PEP 503). */
  public boolean isFor(String name) {
    return ProjectName.normalize(name).equals(normalizedDistribution());
  }

  /** Whether a version is one of the spellings of this one (PEP 440). */
  boolean isForVersion(String other) {
    return PythonVersion.areSame(other, version);
  }

  /** What is odd about the name and leaves it readable. */
  public List<Defect> defects() {
    List<Defect> defects = new ArrayList<>();
    addRepeated(pythonTags, defects);
    addRepeated(abiTags, defects);
    addRepeated(platformTags, defects);
    return defects;
  }

  private static void addRepeated(List<String> tags, List<Defect> defects) {
    Set<String> seen = new LinkedHashSet<>();
    for (String tag : tags) {
      if (!seen.add(tag)) {
        defects.add(
            new Defect("name-tag-repeated", "", "the file name holds the tag " + tag + " twice"));
      }
    }
  }

  /** The file name, as it was read. */
  @Override
  public String toString() {
    String number = build.isPresent() ? "-" + build.get() : "";
    String label = variant.isPresent() ? "-" + variant.get() : "";
    return distribution
        + "-"
        + version
        + number
        + "-"
        + String.join(".", pythonTags)
        + "-"
        + String.join(".", abiTags)
        + "-"
        + String.join(".", platformTags)
        + label
        + SUFFIX;
  }
}
