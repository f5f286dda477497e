// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import dev.jwheel.tags.module.PythonToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads statements: assignments, functions, conditions, and what has no effect. */
final class StatementParser {
  /** Modules whose import cannot fail and changes nothing. */
  private static final Set<String> HARMLESS = Set.of("os", "platform", "re", "sys", "typing");

  private final TokenStream tokens;
  private final PythonExpressionParser expressions;

  private StatementParser(TokenStream tokens) {
    this.tokens = tokens;
    this.expressions = new PythonExpressionParser(tokens);
  }

  /**
   * Returns the statements of a module.
   *
   * @throws NotUnderstoodException if its lines cannot be told apart
   */
  static List<Statement> statements(String text) throws NotUnderstoodException {
    TokenStream tokens = new TokenStream(PythonTokenizer.tokens(text));
    List<Statement> statements = new ArrayList<>();
    StatementParser parser = new StatementParser(tokens);
    while (!tokens.is(Kind.END)) {
      parser.addStatement(statements);
    }
    return statements;
  }

  /** Adds the statements of one logical line; one that is not understood is passed over. */
  private void addStatement(List<Statement> statements) {
    int depth = tokens.depth();
    try {
      tokens.enter();
      statements.add(statement(statements));
      tokens.leave();
    } catch (NotUnderstoodException e) {
      statements.add(new Statement.Unread(e));
      tokens.skipStatement(depth);
    }
  }

  private Statement statement(List<Statement> before) throws NotUnderstoodException {
    if (tokens.is("if")) {
      return condition();
    }
    if (tokens.is("def")) {
      return definition();
    }
    Statement statement = simple();
    while (tokens.takeIf(";") && !tokens.is(Kind.NEWLINE)) {
      before.add(statement);
      statement = simple();
    }
    if (!tokens.takeIf(Kind.NEWLINE)) {
      throw tokens.odd();
    }
    return statement;
  }

  /** Reads {@code if} or {@code elif} with everything up to the end of the last {@code else}. */
  private Statement condition() throws NotUnderstoodException {
    tokens.take();
    Expression test = expressions.expression();
    List<Statement> body = block();
    List<Statement> otherwise = List.of();
    if (tokens.is("elif")) {
      tokens.enter();
      otherwise = List.of(condition());
      tokens.leave();
    } else if (tokens.takeIf("else")) {
      otherwise = block();
    }
    return new Statement.If(test, body, otherwise);
  }

  private Statement definition() throws NotUnderstoodException {
    int line = tokens.take().line();
    String name = tokens.name();
    tokens.expect("(");
    Map<String, Optional<Expression>> parameters = expressions.parameters(")", true);
    tokens.expect(")");
    if (tokens.takeIf("->")) {
      expressions.expression();
    }
    return Statement.Definition.of(line, name, parameters, block());
  }

  private List<Statement> block() throws NotUnderstoodException {
    tokens.expect(":");
    List<Statement> statements = new ArrayList<>();
    if (!tokens.takeIf(Kind.NEWLINE)) {
      addStatement(statements);
      return statements;
    }
    if (!tokens.takeIf(Kind.INDENT)) {
      throw tokens.odd();
    }
    while (!tokens.takeIf(Kind.DEDENT) && !tokens.is(Kind.END)) {
      addStatement(statements);
    }
    return statements;
  }

  private Statement simple() throws NotUnderstoodException {
    if (tokens.takeIf("pass")) {
      return new Statement.Nothing();
    }
    if (tokens.is("import") || tokens.is("from")) {
      return anImport();
    }
    if (tokens.takeIf("return")) {
      boolean bare = tokens.is(Kind.NEWLINE) || tokens.is(";");
      return new Statement.Return(bare ? Optional.empty() : Optional.of(expressions.expressions()));
    }
    boolean assignment =
        tokens.is(Kind.NAME) && (tokens.second().is("=") || tokens.second().is(":"));
    return assignment ? assignment() : expression();
  }

  /** An expression that stands for itself does nothing as long as it is a constant. */
  private Statement expression() throws NotUnderstoodException {
    NotUnderstoodException problem =
        new NotUnderstoodException(
            tokens.line(), "'" + tokens.peek().text() + "' begins no statement that is understood");
    if (expressions.expressions() instanceof Expression.Constant) {
      return new Statement.Nothing();
    }
    throw problem;
  }

  private Statement assignment() throws NotUnderstoodException {
    int calls = expressions.calls();
    List<String> names = new ArrayList<>();
    names.add(tokens.name());
    if (tokens.takeIf(":")) {
      expressions.expression();
      if (!tokens.is("=")) {
        return new Statement.Nothing();
      }
    }
    tokens.expect("=");
    while (tokens.is(Kind.NAME) && tokens.second().is("=")) {
      names.add(tokens.name());
      tokens.take();
    }
    Expression value = expressions.expressions();
    return new Statement.Assignment(names, value, expressions.calls() > calls);
  }

  private Statement anImport() throws NotUnderstoodException {
    int line = tokens.line();
    boolean from = tokens.take().text().equals("from");
    List<String> names = new ArrayList<>();
    do {
      String module = tokens.name();
      boolean future = from && module.equals("__future__");
      if (!future && (from || !HARMLESS.contains(module))) {
        throw new NotUnderstoodException(line, "the import of " + module + " is not understood");
      }
      if (future) {
        tokens.expect("import");
        tokens.name();
      } else {
        names.add(tokens.takeIf("as") ? tokens.name() : module);
      }
    } while (tokens.takeIf(","));
    return new Statement.Import(names, line);
  }
}
