// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.ProjectName;
import dev.jwheel.wheel.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a requirement (PEP 508, "Grammar") as the {@code packaging} library does. */
final class RequirementParser {
  private final TextScanner scanner;

  RequirementParser(String text) {
    this.scanner = new TextScanner(text);
  }

  Requirement requirement() throws MetadataSyntaxException {
    scanner.skipSpace();
    String name = identifier("the name of a project");
    scanner.skipSpace();
    List<String> extras = extras();
    Optional<String> url = Optional.empty();
    SpecifierSet specifiers = SpecifierSet.ANY;
    boolean parenthesised = false;
    if (scanner.accept('@')) {
      url = Optional.of(url());
      boolean separated = scanner.skipSpace();
      if (!separated) {
        scanner.expectEnd("a space after the URL");
      }
    } else {
      parenthesised = scanner.accept('(');
      specifiers = parenthesised ? parenthesised() : specifiers();
    }
    return new Requirement(name, extras, specifiers, url, marker(), parenthesised);
  }

  private Optional<Marker> marker() throws MetadataSyntaxException {
    if (!scanner.accept(';')) {
      scanner.expectEnd("a comma, a semicolon or the end");
      return Optional.empty();
    }
    Marker marker = new MarkerParser(scanner).marker();
    scanner.expectEnd("the end, and, or or");
    return Optional.of(marker);
  }

  private String identifier(String expected) throws MetadataSyntaxException {
    int start = scanner.position();
    while (ProjectName.isAlphanumeric(scanner.current())
        || scanner.position() > start && ProjectName.isSeparator(scanner.current())) {
      scanner.moveTo(scanner.position() + 1);
    }
    int end = scanner.position();
    while (end > start && !scanner.isBoundary(end)) {
      end--;
    }
    scanner.moveTo(end);
    if (end == start) {
      throw scanner.failure(expected);
    }
    return scanner.from(start);
  }

  private List<String> extras() throws MetadataSyntaxException {
    List<String> extras = new ArrayList<>();
    if (!scanner.accept('[')) {
      return extras;
    }
    scanner.skipSpace();
    while (!scanner.accept(']')) {
      if (!extras.isEmpty()) {
        if (!scanner.accept(',')) {
          throw scanner.failure("a comma or a closing bracket after an extra");
        }
        scanner.skipSpace();
      }
      extras.add(identifier("the name of an extra"));
      scanner.skipSpace();
    }
    scanner.skipSpace();
    return extras;
  }

  private String url() throws MetadataSyntaxException {
    scanner.skipSpace();
    int start = scanner.position();
    while (!scanner.isAtEnd() && !PythonText.isSpace(scanner.current())) {
      scanner.moveTo(scanner.position() + 1);
    }
    if (scanner.position() == start) {
      throw scanner.failure("a URL after @");
    }
    return scanner.from(start);
  }

  private SpecifierSet parenthesised() throws MetadataSyntaxException {
    scanner.skipSpace();
    SpecifierSet specifiers = specifiers();
    if (!scanner.accept(')')) {
      throw scanner.failure("a closing parenthesis after the versions");
    }
    scanner.skipSpace();
    return specifiers;
  }

  /** Reads clauses separated by commas, of which the last may be followed by nothing. */
  private SpecifierSet specifiers() throws MetadataSyntaxException {
    int start = scanner.position();
    String[] clauses = scanner.upTo(';', ')').split(",", -1);
    if (clauses.length == 1 && trimmed(clauses[0]).isEmpty()) {
      return SpecifierSet.ANY;
    }
    List<Specifier> specifiers = new ArrayList<>();
    int column = start;
    for (int i = 0; i < clauses.length; i++) {
      String clause = trimmed(clauses[i]);
      boolean trailing = i > 0 && i == clauses.length - 1 && clause.isEmpty();
      if (!trailing) {
        specifiers.add(specifier(clause, column));
      }
      column += clauses[i].length() + 1;
    }
    return new SpecifierSet(specifiers);
  }

  private static Specifier specifier(String clause, int column) throws MetadataSyntaxException {
    boolean padded = !PythonText.strip(clause).equals(clause);
    Optional<Specifier> specifier = padded ? Optional.empty() : Specifier.find(clause);
    if (specifier.isEmpty()) {
      throw MetadataSyntaxException.at(
          column, "an operator (~= == != <= >= < > ===) and a version of PEP 440");
    }
    return specifier.get();
  }

  private static String trimmed(String clause) {
    int start = 0;
    int end = clause.length();
    while (start < end && TextScanner.isSpace(clause.charAt(start))) {
      start++;
    }
    while (end > start && TextScanner.isSpace(clause.charAt(end - 1))) {
      end--;
    }
    return clause.substring(start, end);
  }
}
