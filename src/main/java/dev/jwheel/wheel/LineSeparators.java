// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.ZipMember;
import java.util.List;
import java.util.Locale;

/**
 * Finds the characters at which pip splits {@code RECORD} into lines and the CSV of RFC 4180 does
 * not. What stands behind one is the path of a file to pip, wherever that leads, which it removes
 * when the wheel is uninstalled.
 */
final class LineSeparators {
  private static final String CODE = "record-line-separator";
  private static final String HARM =
      ": pip splits RECORD there and, when the wheel is uninstalled, removes what stands behind it";

  private final List<Defect> defects;

  /**
   * @param defects takes what is found
   */
  LineSeparators(List<Defect> defects) {
    this.defects = defects;
  }

  /** Looks at the names of all members. */
  void checkNames(List<ZipMember> members) {
    for (ZipMember member : members) {
      String name = member.name();
      for (int i = 0; i < name.length(); i++) {
        if (PythonText.isLineEnd(name.charAt(i))) {
          defects.add(
              Defect.hazard(
                  CODE,
                  name,
                  "holds the line separator " + code(name.charAt(i)) + " in its name" + HARM));
          break;
        }
      }
    }
  }

  /**
   * Looks at the text of {@code RECORD}, whose lines end with LF, CR or both.
   *
   * @param path its path
   */
  void checkRecord(String text, String path) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (PythonText.isLineEnd(c) && c != '\n' && c != '\r') {
        defects.add(Defect.hazard(CODE, path, "holds the line separator " + code(c) + HARM));
        return;
      }
    }
  }

  private static String code(char c) {
    String digits = Integer.toHexString(c).toUpperCase(Locale.ROOT);
    return "U+" + "0".repeat(4 - digits.length()) + digits;
  }
}
