package dev.jwheel.wheel;

import java.util.Locale;
import java.util.Optional;

/** Reads a version of PEP 440 from left to right. */
final class PythonVersion {
  private static final String[][] PRE_RELEASES = {
    {"alpha", "a"}, {"a", "a"}, {"beta", "b"}, {"b", "b"},
    {"preview", "rc"}, {"pre", "rc"}, {"rc", "rc"}, {"c", "rc"}
  };
  private static final String[][] POST_RELEASES = {
    {"post", ".post"}, {"rev", ".post"}, {"r", ".post"}
  };
  private static final String[][] DEVELOPMENT = {{"dev", ".dev"}};

  private final String text;
  private final StringBuilder canonical = new StringBuilder();
  private int position;

  private PythonVersion(String text) {
    this.text = text;
  }

  /**
   * The canonical form of a version, in which two spellings of one version are equal (PEP 440,
   * "Normalization"; zeros at the end of the release are dropped); empty if the text is no version.
   */
  static Optional<String> canonical(String text) {
    PythonVersion version = new PythonVersion(text.strip().toLowerCase(Locale.ROOT));
    return version.read() ? Optional.of(version.canonical.toString()) : Optional.empty();
  }

  /** Whether two texts are one version, or the same text. */
  static boolean areSame(String left, String right) {
    return left.equals(right)
        || canonical(left).isPresent() && canonical(left).equals(canonical(right));
  }

  private boolean read() {
    accept('v');
    if (!readEpochAndRelease()) {
      return false;
    }
    readLabelled(PRE_RELEASES);
    if (!readImplicitPostRelease()) {
      readLabelled(POST_RELEASES);
    }
    readLabelled(DEVELOPMENT);
    return position == text.length() || readLocal();
  }

  private boolean readEpochAndRelease() {
    String first = number();
    if (first.isEmpty()) {
      return false;
    }
    if (accept('!')) {
      canonical.append(first.equals("0") ? "" : first + "!");
      first = number();
    }
    if (first.isEmpty()) {
      return false;
    }
    canonical.append(first);
    int significant = canonical.length();
    while (position + 1 < text.length() && text.charAt(position) == '.' && isDigit(position + 1)) {
      position++;
      String part = number();
      canonical.append('.').append(part);
      significant = part.equals("0") ? significant : canonical.length();
    }
    canonical.setLength(significant);
    return true;
  }

  private void readLabelled(String[][] labels) {
    int start = position;
    acceptSeparator();
    for (String[] label : labels) {
      if (text.startsWith(label[0], position)) {
        position += label[0].length();
        canonical.append(label[1]).append(optionalNumber());
        return;
      }
    }
    position = start;
  }

  private String optionalNumber() {
    int start = position;
    acceptSeparator();
    String number = number();
    if (number.isEmpty()) {
      position = start;
      return "0";
    }
    return number;
  }

  private boolean readImplicitPostRelease() {
    if (position + 1 < text.length() && text.charAt(position) == '-' && isDigit(position + 1)) {
      position++;
      canonical.append(".post").append(number());
      return true;
    }
    return false;
  }

  private boolean readLocal() {
    if (!accept('+')) {
      return false;
    }
    canonical.append('+');
    while (true) {
      int start = position;
      while (position < text.length() && isAlphanumeric(text.charAt(position))) {
        position++;
      }
      if (position == start) {
        return false;
      }
      canonical.append(text, start, position);
      if (position == text.length()) {
        return true;
      }
      if (!acceptSeparator()) {
        return false;
      }
      canonical.append('.');
    }
  }

  /** The digits at the position without leading zeros; empty if there are none. */
  private String number() {
    int start = position;
    while (isDigit(position)) {
      position++;
    }
    int significant = start;
    while (significant < position - 1 && text.charAt(significant) == '0') {
      significant++;
    }
    return text.substring(significant, position);
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private static boolean isAlphanumeric(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z';
  }

  private boolean acceptSeparator() {
    return accept('.') || accept('-') || accept('_');
  }

  private boolean accept(char c) {
    if (position < text.length() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }
}
