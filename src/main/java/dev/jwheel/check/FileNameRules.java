// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.wheel.PythonVersion;
import dev.jwheel.wheel.WheelFileName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rules about the file name (PEP 427, PEP 425, PEP 625). */
final class FileNameRules implements RuleGroup {
  private static final int MAX_TAGS = 1000;

  @Override
  public void check(Subject subject, ResultList results) {
    WheelFileName name = subject.name();
    checkCharacters(name, results);
    String project = name.normalizedDistribution().replace('-', '_');
    if (!name.distribution().equals(project)) {
      results.add(
          "filename-name",
          "",
          name.distribution(),
          "the name part is " + name.distribution() + ", expected " + project);
    }
    checkVersion(name, subject.metadata(), results);
    checkTags("Python", name.pythonTags(), results);
    checkTags("ABI", name.abiTags(), results);
    checkTags("platform", name.platformTags(), results);
    long tags =
        (long) name.pythonTags().size() * name.abiTags().size() * name.platformTags().size();
    if (tags > MAX_TAGS) {
      results.add("tag-explosion", "", "", "the name stands for " + tags + " tags");
    }
  }

  /** Whether installers refuse to expand the tags; then the archive may not open either. */
  static boolean hasTooManyTags(WheelFileName name) {
    long tags =
        (long) name.pythonTags().size() * name.abiTags().size() * name.platformTags().size();
    return tags > MAX_TAGS;
  }

  private static void checkCharacters(WheelFileName name, ResultList results) {
    String text = name.toString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean alphanumeric = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!alphanumeric && "-._+!".indexOf(c) < 0) {
        String problem = "the name holds the character U+" + Integer.toHexString(0x10000 | c);
        results.add("filename", "", text, problem.replace("U+1", "U+"));
        return;
      }
    }
    for (String python : name.pythonTags()) {
      if (Character.isDigit(python.charAt(0))) {
        results.add("filename", "", python, "the Python tag " + python + " begins with a digit");
      }
    }
  }

  private static void checkVersion(
      WheelFileName name, Optional<CoreMetadata> metadata, ResultList results) {
    Optional<PythonVersion> version = PythonVersion.parse(name.version().replace('_', '-'));
    String canonical = version.map(PythonVersion::toString).orElse("");
    if (version.isEmpty()) {
      results.add(
          "filename-version", "", name.version(), name.version() + " is not a version of PEP 440");
    } else if (!name.version().replace('_', '.').equals(canonical.replace('-', '.'))) {
      results.add(
          "filename-version",
          "",
          name.version(),
          "the version part is " + name.version() + ", expected " + canonical.replace('-', '_'));
    }
    Optional<PythonVersion> stated =
        metadata.flatMap(found -> found.first("Version")).flatMap(PythonVersion::parse);
    if (version.isPresent() && stated.isPresent() && !stated.get().equals(version.get())) {
      results.add(
          "filename-version",
          "",
          name.version(),
          "the version part is " + name.version() + ", METADATA states " + stated.get());
    }
    Optional<String> project = metadata.flatMap(found -> found.first("Name"));
    if (project.isPresent() && !name.isFor(project.get().strip())) {
      results.add(
          "filename-name",
          "",
          name.distribution(),
          "the name part is " + name.distribution() + ", METADATA states " + project.get());
    }
  }

  private static void checkTags(String kind, List<String> tags, ResultList results) {
    Set<String> seen = new HashSet<>();
    for (String tag : tags) {
      if (!seen.add(tag.toLowerCase(Locale.ROOT))) {
        results.add("tag-repeated", "", tag, "the name holds the tag " + tag + " twice");
      }
    }
    List<String> sorted = new ArrayList<>(tags);
    sorted.sort(String::compareTo);
    if (!sorted.equals(tags)) {
      results.add(
          "tag-order",
          "",
          kind,
          "the " + kind + " tags are not sorted, expected " + String.join(".", sorted));
    }
  }

  /** Checks the name of a source distribution (PEP 625). */
  static void checkSdist(String file, String project, String version, ResultList results) {
    String expected = project.replace('-', '_');
    String stem = file.substring(0, file.length() - ".tar.gz".length());
    int dash = stem.lastIndexOf('-');
    String name = dash < 0 ? stem : stem.substring(0, dash);
    if (!name.equals(expected) && !expected.isEmpty()) {
      results.add("filename-name", "", name, "the name part is " + name + ", expected " + expected);
    }
    String written = dash < 0 ? "" : stem.substring(dash + 1);
    String canonical = PythonVersion.parse(version).map(PythonVersion::toString).orElse(version);
    if (!written.equals(canonical)) {
      results.add(
          "filename-version",
          "",
          written,
          "the version part is " + written + ", expected " + canonical);
    }
  }
}
