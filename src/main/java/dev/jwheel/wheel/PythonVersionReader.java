// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.wheel.PythonVersion.PreRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a version from left to right, as the regular expression of PEP 440, appendix B, does. A
 * separator after a label belongs to the label even where no number follows: {@code 1.0a-}.
 */
final class PythonVersionReader {
  private static final String[] PRE_LABELS = {
    "alpha", "a", "beta", "b", "preview", "pre", "rc", "c"
  };
  private static final PreRelease[] PRE_RELEASES = {
    PreRelease.ALPHA,
    PreRelease.ALPHA,
    PreRelease.BETA,
    PreRelease.BETA,
    PreRelease.CANDIDATE,
    PreRelease.CANDIDATE,
    PreRelease.CANDIDATE,
    PreRelease.CANDIDATE
  };
  private static final String[] POST_LABELS = {"post", "rev", "r"};
  private static final String[] DEV_LABELS = {"dev"};

  private final String text;
  private int position;
  private String number = "0";

  private PythonVersionReader(String text) {
    this.text = text;
  }

  static Optional<PythonVersion> read(String text) {
    return new PythonVersionReader(PythonText.lowerCase(text)).read();
  }

  private Optional<PythonVersion> read() {
    accept('v');
    String epoch = "0";
    if (!readNumber()) {
      return Optional.empty();
    }
    if (accept('!')) {
      epoch = number;
      if (!readNumber()) {
        return Optional.empty();
      }
    }
    List<String> release = release();
    int pre = label(PRE_LABELS);
    String preNumber = pre < 0 ? "0" : number;
    Optional<String> post =
        readImplicitPost() || label(POST_LABELS) >= 0 ? Optional.of(number) : Optional.empty();
    Optional<String> dev = label(DEV_LABELS) >= 0 ? Optional.of(number) : Optional.empty();
    List<String> local = local();
    if (position != text.length()) {
      return Optional.empty();
    }
    PreRelease stage = pre < 0 ? PreRelease.NONE : PRE_RELEASES[pre];
    return Optional.of(new PythonVersion(epoch, release, stage, preNumber, post, dev, local));
  }

  /** The release whose first number was just read. */
  private List<String> release() {
    List<String> release = new ArrayList<>();
    release.add(number);
    while (isAt(position, '.') && isDigitAt(position + 1)) {
      position++;
      readNumber();
      release.add(number);
    }
    return release;
  }

  /** The index of the label at the position, with its number read; -1 if there is none. */
  private int label(String[] labels) {
    int start = position;
    acceptSeparator();
    for (int i = 0; i < labels.length; i++) {
      if (text.startsWith(labels[i], position)) {
        position += labels[i].length();
        acceptSeparator();
        if (!readNumber()) {
          number = "0";
        }
        return i;
      }
    }
    position = start;
    return -1;
  }

  private boolean readImplicitPost() {
    if (isAt(position, '-') && isDigitAt(position + 1)) {
      position++;
      return readNumber();
    }
    return false;
  }

  /** The parts of the local label; empty, at the plus sign, if it is not one. */
  private List<String> local() {
    List<String> parts = new ArrayList<>();
    if (!isAt(position, '+')) {
      return parts;
    }
    int end = position;
    do {
      int start = end + 1;
      end = start;
      while (end < text.length() && isAlphanumeric(text.charAt(end))) {
        end++;
      }
      if (end == start) {
        return List.of();
      }
      String part = text.substring(start, end);
      parts.add(Digits.areDigits(part) ? Digits.significant(part, 0, part.length()) : part);
    } while (isSeparatorAt(end));
    position = end;
    return parts;
  }

  private boolean readNumber() {
    int start = position;
    while (isDigitAt(position)) {
      position++;
    }
    if (position == start) {
      return false;
    }
    number = Digits.significant(text, start, position);
    return true;
  }

  private void acceptSeparator() {
    if (isSeparatorAt(position)) {
      position++;
    }
  }

  private boolean accept(char c) {
    if (isAt(position, c)) {
      position++;
      return true;
    }
    return false;
  }

  private boolean isSeparatorAt(int index) {
    return isAt(index, '.') || isAt(index, '-') || isAt(index, '_');
  }

  private boolean isAt(int index, char c) {
    return index < text.length() && text.charAt(index) == c;
  }

  private boolean isDigitAt(int index) {
    return index < text.length() && Digits.isDigit(text.charAt(index));
  }

  private static boolean isAlphanumeric(char c) {
    return Digits.isDigit(c) || c >= 'a' && c <= 'z';
  }
}
