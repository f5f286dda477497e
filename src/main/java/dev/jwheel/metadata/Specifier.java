// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.PythonText;
import dev.jwheel.wheel.PythonVersion;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One clause of a specifier set (PEP 440, "Version specifiers"): {@code >=1.2}. */
public final class Specifier {
  private static final String[] OPERATORS = {"===", "==", "~=", "!=", "<=", ">=", "<", ">"};
  private static final String IDENTITY = "===";
  private static final String WILDCARD = ".*";

  private final String operator;
  private final String text;
  private final Optional<PythonVersion> version;
  private final boolean wildcard;

  private Specifier(
      String operator, String text, Optional<PythonVersion> version, boolean wildcard) {
    this.operator = operator;
    this.text = text;
    this.version = version;
    this.wildcard = wildcard;
  }

  /**
   * Reads a clause.
   *
   * @throws MetadataSyntaxException if it is not one
   */
  public static Specifier parse(String text) throws MetadataSyntaxException {
    String clause = PythonText.strip(text);
    Specifier specifier = parseStripped(clause);
    if (specifier == null) {
      throw new MetadataSyntaxException(
          "expected an operator (~= == != <= >= < > ===) and a version of PEP 440");
    }
    return specifier;
  }

  /** Reads a clause; empty if it is not one. */
  static Optional<Specifier> find(String text) {
    return Optional.ofNullable(parseStripped(PythonText.strip(text)));
  }

  private static @Nullable Specifier parseStripped(String clause) {
    for (String operator : OPERATORS) {
      if (clause.startsWith(operator)) {
        return of(operator, PythonText.strip(clause.substring(operator.length())));
      }
    }
    return null;
  }

  private static @Nullable Specifier of(String operator, String text) {
    if (operator.equals(IDENTITY)) {
      return isIdentity(text) ? new Specifier(operator, text, parse440(text), false) : null;
    }
    boolean equality = operator.equals("==") || operator.equals("!=");
    boolean wildcard = equality && text.endsWith(WILDCARD);
    String base = wildcard ? text.substring(0, text.length() - WILDCARD.length()) : text;
    Optional<PythonVersion> version = parse440(base);
    if (version.isEmpty()
        || wildcard && !isRelease(version.get())
        || !equality && version.get().hasLocal()
        || operator.equals("~=") && version.get().release().size() < 2) {
      return null;
    }
    return new Specifier(operator, text, version, wildcard);
  }

  /** A version whose text begins and ends where it should: the operator's space is gone. */
  private static Optional<PythonVersion> parse440(String text) {
    return text.isEmpty() || !PythonText.strip(text).equals(text)
        ? Optional.empty()
        : PythonVersion.parse(text);
  }

  private static boolean isRelease(PythonVersion version) {
    return !version.isPrerelease() && !version.isPostRelease() && !version.hasLocal();
  }

  private static boolean isIdentity(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (PythonText.isSpace(c) || c == ';' || c == ')') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The operator. */
  public String operator() {
    return operator;
  }

  /** The version as it was written, with the {@code .*} of a prefix. */
  public String version() {
    return text;
  }

  /** Whether the version is one of pre-releases, so that the clause admits them. */
  boolean namesPrerelease() {
    return !operator.equals("!=")
        && !wildcard
        && version.map(PythonVersion::isPrerelease).orElse(false);
  }

  /**
   * Whether a version satisfies the clause; pre-releases count as every other version.
   *
   * @param candidate the version as it was written; one that is not of PEP 440 satisfies only an
   *     equal text after {@code ===}
   */
  public boolean contains(String candidate) {
    if (operator.equals(IDENTITY)) {
      return candidate.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
    }
    Optional<PythonVersion> parsed = PythonVersion.parse(candidate);
    return parsed.isPresent() && contains(parsed.get());
  }

  /** Whether a version satisfies the clause; pre-releases count as every other version. */
  public boolean contains(PythonVersion candidate) {
    if (version.isEmpty() || operator.equals(IDENTITY)) {
      return candidate.toString().equals(PythonText.lowerCase(text));
    }
    PythonVersion limit = version.get();
    return switch (operator) {
      case "==" -> matches(limit, candidate);
      case "!=" -> !matches(limit, candidate);
      case "<=" -> candidate.withoutLocal().compareTo(limit) <= 0;
      case ">=" -> candidate.compareTo(limit) >= 0;
      case "<" -> candidate.compareTo(lowest(limit)) < 0;
      case ">" -> isAfter(limit, candidate);
      default ->
          candidate.compareTo(limit) >= 0 && candidate.hasPrefix(limit, limit.release().size() - 1);
    };
  }

  private boolean matches(PythonVersion limit, PythonVersion candidate) {
    if (wildcard) {
      return candidate.hasPrefix(limit, limit.release().size());
    }
    return limit.equals(limit.hasLocal() ? candidate : candidate.withoutLocal());
  }

  /** "Less than" leaves out the pre-releases of a version that is not one. */
  private static PythonVersion lowest(PythonVersion limit) {
    return limit.isPrerelease() ? limit : limit.firstDevelopmentRelease();
  }

  /** "Greater than" leaves out local versions of the limit, and post-releases if it is not one. */
  private static boolean isAfter(PythonVersion limit, PythonVersion candidate) {
    if (candidate.compareTo(limit) <= 0) {
      return false;
    }
    return limit.isDevelopmentRelease() || limit.isPostRelease()
        ? !candidate.withoutLocal().equals(limit)
        : !candidate.isSameStageAs(limit);
  }

  /**
   * The form in which equal clauses are equal. A compatible release keeps its zeros, which say how
   * much of it must match.
   */
  String canonical() {
    if (operator.equals(IDENTITY) || wildcard || version.isEmpty()) {
      return toString();
    }
    return operator
        + (operator.equals("~=") ? version.get().toString() : version.get().canonical());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Specifier specifier && canonical().equals(specifier.canonical());
  }

  @Override
  public int hashCode() {
    return canonical().hashCode();
  }

  /** The clause without space. */
  @Override
  public String toString() {
    return operator + text;
  }
}
