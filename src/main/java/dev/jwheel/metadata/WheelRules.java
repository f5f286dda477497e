// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Rules about metadata and the wheel that it lies in. */
final class WheelRules {
  /** No interpreter of a major version has had a higher minor one, with room for those to come. */
  private static final int MAX_MINOR = 30;

  private static final int MAX_PATCH = 40;

  private final CoreMetadata metadata;
  private final FindingList findings;

  WheelRules(CoreMetadata metadata, FindingList findings) {
    this.metadata = metadata;
    this.findings = findings;
  }

  void check(List<String> pythonTags, Predicate<String> isInDistInfo) {
    if (metadata.rules().isAtLeast(MetadataVersion.V2_4)) {
      for (String path : metadata.all("License-File")) {
        if (!isInDistInfo.test("licenses/" + path)) {
          findings.add(
              MetadataRule.LICENSE_FILE,
              "License-File",
              "is not in the wheel: licenses/" + Excerpt.of(path));
        }
      }
    }
    Optional<String> requires = metadata.first("Requires-Python");
    if (requires.isPresent()) {
      checkPython(requires.get(), pythonTags);
    }
  }

  private void checkPython(String requires, List<String> pythonTags) {
    SpecifierSet specifiers;
    try {
      specifiers = SpecifierSet.parse(requires);
    } catch (MetadataSyntaxException e) {
      // The rule metadata-value says so.
      return;
    }
    boolean judged = false;
    for (String tag : pythonTags) {
      Optional<String> numbers = numbers(tag);
      if (numbers.isEmpty() || admits(specifiers, numbers.get())) {
        return;
      }
      judged = true;
    }
    if (judged) {
      findings.add(
          MetadataRule.REQUIRES_PYTHON_TAG,
          "Requires-Python",
          "admits no interpreter of the tags "
              + Excerpt.of(String.join(".", pythonTags))
              + ": "
              + Excerpt.of(requires));
    }
  }

  /** The digits of a tag of CPython or of every Python: {@code 39} of {@code cp39}. */
  private static Optional<String> numbers(String tag) {
    boolean judged = tag.startsWith("py") || tag.startsWith("cp");
    String digits = judged ? tag.substring(2) : "";
    boolean numeric = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return numeric && digits.length() <= 3 ? Optional.of(digits) : Optional.empty();
  }

  private static boolean admits(SpecifierSet specifiers, String digits) {
    String major = digits.substring(0, 1);
    int first = digits.length() > 1 ? Integer.parseInt(digits.substring(1)) : 0;
    // A tag without ABI stands for every later minor version too.
    for (int minor = first; minor <= Math.max(first, MAX_MINOR); minor++) {
      for (int patch = 0; patch <= MAX_PATCH; patch++) {
        if (specifiers.contains(major + "." + minor + "." + patch)) {
          return true;
        }
      }
    }
    return false;
  }
}
