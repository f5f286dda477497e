// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the file name of a wheel and accepts what {@code packaging.utils.parse_wheel_filename}
 * accepts, which is what installers use, and names with a variant label (PEP 825).
 */
final class WheelNameReader {
  private static final int LONGEST_LABEL = 16;
  private static final int MANDATORY = 5;

  private final String name;

  WheelNameReader(String name) {
    this.name = name;
  }

  WheelFileName read() throws WheelFormatException {
    if (!name.endsWith(WheelFileName.SUFFIX)) {
      throw bad("expected *.whl");
    }
    List<String> parts =
        WheelFileName.split(name.substring(0, name.length() - WheelFileName.SUFFIX.length()), '-');
    int count = parts.size();
    if (count < MANDATORY || count > MANDATORY + 2) {
      throw bad("expected NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl");
    }
    boolean built = count > MANDATORY && beginsWithDigit(parts.get(2));
    boolean labelled = count > (built ? MANDATORY + 1 : MANDATORY);
    if (count == MANDATORY + 2 && !built || labelled && !isPlatform(parts.get(count - 2))) {
      throw bad("expected a build number that begins with a digit, found " + parts.get(2));
    }
    int tags = built ? 3 : 2;
    WheelFileName result =
        new WheelFileName(
            parts.get(0),
            parts.get(1),
            built ? Optional.of(parts.get(2)) : Optional.empty(),
            tagSet(parts.get(tags)),
            tagSet(parts.get(tags + 1)),
            tagSet(parts.get(tags + 2)),
            labelled ? Optional.of(parts.get(count - 1)) : Optional.empty());
    check(result);
    return result;
  }

  private void check(WheelFileName result) throws WheelFormatException {
    if (!isProject(result.distribution())) {
      throw bad(
          "expected a project name of letters, digits, single _ and ., found "
              + result.distribution());
    }
    if (PythonVersion.parse(result.version()).isEmpty()) {
      throw bad("expected a version of PEP 440, found " + result.version());
    }
    for (String tag : result.pythonTags()) {
      if (!isIdentifier(tag)) {
        throw bad("expected a Python tag such as py3 or cp313, found " + tag);
      }
    }
    if (result.variant().isPresent() && !isLabel(result.variant().get())) {
      throw bad(
          "expected a variant label of at most 16 characters a-z, 0-9, _ and ., found "
              + result.variant().get());
    }
  }

  private List<String> tagSet(String part) throws WheelFormatException {
    List<String> tags = WheelFileName.split(part, '.');
    if (tags.contains("")) {
      throw bad("the tag set " + part + " holds an empty tag");
    }
    return tags;
  }

  private static boolean beginsWithDigit(String text) {
    return !text.isEmpty() && Digits.isDigit(text.charAt(0));
  }

  /**
   * Whether a part can only be platform tags: in a name of six parts the last may be a variant
   * label, or the third a build number that is not one.
   */
  private static boolean isPlatform(String part) {
    for (String tag : WheelFileName.split(part, '.')) {
      boolean known =
          PlatformTag.parse(tag).family() != PlatformTag.Family.OTHER
              || tag.startsWith("win")
              || tag.startsWith("macosx_")
              || tag.startsWith("ios_")
              || tag.startsWith("pyodide_")
              || tag.startsWith("pyemscripten_");
      if (!known) {
        return false;
      }
    }
    return true;
  }

  /** The pattern {@code ^[\w._]+\Z} of {@code packaging}, without two underscores in a row. */
  private static boolean isProject(String text) {
    return !text.isEmpty()
        && !text.contains("__")
        && text.codePoints().allMatch(c -> c == '_' || c == '.' || isAlphanumeric(c));
  }

  /** {@code str.isalnum} of Python. */
  private static boolean isAlphanumeric(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  /** {@code str.isidentifier} of Python. */
  private static boolean isIdentifier(String text) {
    int first = text.codePointAt(0);
    return (first == '_' || Character.isUnicodeIdentifierStart(first))
        && text.codePoints()
            .allMatch(
                c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  private static boolean isLabel(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_LABEL
        && text.chars().allMatch(WheelNameReader::isLabelCharacter);
  }

  private static boolean isLabelCharacter(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '.';
  }

  private WheelFormatException bad(String expected) {
    return new WheelFormatException(name, "", "is not named like a wheel: " + expected);
  }
}
