// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.List;

/**
 * One thing the audit found, with its culprit.
 *
 * @param code the kind
 * @param severity whether it rules out tags
 * @param file the member at fault; empty where the wheel as a whole is
 * @param subject what the file has or needs: a symbol version, a library, a symbol, a tag
 * @param library the library through which {@code subject} is needed; empty where none is involved
 * @param symbols the symbols that need it, in table order
 * @param message the finding for a person, in one sentence without the file
 * @param rulesOut the policies that the wheel cannot have because of this, most portable first;
 *     empty for dangers and warnings
 */
public record Finding(
    FindingCode code,
    Severity severity,
    String file,
    String subject,
    String library,
    List<String> symbols,
    String message,
    List<String> rulesOut) {

  public Finding {
    symbols = List.copyOf(symbols);
    rulesOut = List.copyOf(rulesOut);
    if (severity != Severity.EXCLUDES && !rulesOut.isEmpty()) {
      throw new IllegalArgumentException("a warning or danger rules out nothing");
    }
  }

  /** A finding that rules out policies. */
  public static Finding excludes(
      FindingCode code, String file, String subject, String message, List<String> rulesOut) {
    return new Finding(code, Severity.EXCLUDES, file, subject, "", List.of(), message, rulesOut);
  }

  /** A finding that changes no tag. */
  public static Finding warning(FindingCode code, String file, String subject, String message) {
    return new Finding(code, Severity.WARNING, file, subject, "", List.of(), message, List.of());
  }

  /** A finding that changes no tag, and lets others get code loaded. */
  static Finding danger(FindingCode code, String file, String subject, String message) {
    return new Finding(code, Severity.DANGER, file, subject, "", List.of(), message, List.of());
  }

  /** The same finding with the library and the symbols it is about. */
  public Finding through(String library, List<String> symbols) {
    return new Finding(code, severity, file, subject, library, symbols, message, rulesOut);
  }

  /** Whether a policy is among those ruled out. */
  public boolean rulesOut(String policy) {
    return rulesOut.contains(policy);
  }
}
