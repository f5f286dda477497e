// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes what statements come to. There are no loops and no calls in them, so the work is limited
 * by their length, and by {@link Comparisons}.
 */
final class Evaluation {
  private final Map<String, PythonValue> globals;
  private final Map<String, PythonValue> locals;
  private final Set<String> localNames;
  private final Comparisons comparisons = new Comparisons();

  private Evaluation(
      Map<String, PythonValue> globals, Map<String, PythonValue> locals, Set<String> localNames) {
    this.globals = globals;
    this.locals = locals;
    this.localNames = localNames;
  }

  /**
   * Returns the names that a module has after its import.
   *
   * @throws NotUnderstoodException if a statement is not understood: it could change any of them
   */
  static Map<String, PythonValue> module(List<Statement> statements) throws NotUnderstoodException {
    Map<String, PythonValue> names = new HashMap<>();
    new Evaluation(names, names, Set.of()).run(statements);
    return names;
  }

  /** Calls a function of a module with positional arguments. */
  static PythonValue call(
      Map<String, PythonValue> globals, PythonValue.Function function, List<PythonValue> arguments)
      throws NotUnderstoodException {
    Map<String, PythonValue> locals = new HashMap<>(function.defaults());
    List<String> parameters = function.parameters();
    for (int i = 0; i < Math.min(arguments.size(), parameters.size()); i++) {
      locals.put(parameters.get(i), arguments.get(i));
    }
    if (parameters.size() < arguments.size() || !locals.keySet().containsAll(parameters)) {
      throw new NotUnderstoodException(
          function.line(), "the function does not take " + arguments.size() + " arguments");
    }
    Set<String> localNames = new HashSet<>(parameters);
    addAssigned(function.body(), localNames);
    return new Evaluation(globals, locals, localNames)
        .run(function.body())
        .orElse(new PythonValue.None());
  }

  /** A name that is assigned anywhere in a function is local in all of it. */
  private static void addAssigned(List<Statement> statements, Set<String> names) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Assignment assignment) {
        names.addAll(assignment.names());
      } else if (statement instanceof Statement.Import imported) {
        names.addAll(imported.names());
      } else if (statement instanceof Statement.Definition definition) {
        names.add(definition.name());
      } else if (statement instanceof Statement.If condition) {
        addAssigned(condition.body(), names);
        addAssigned(condition.otherwise(), names);
      }
    }
  }

  /** Returns the value of the first {@code return} that is reached. */
  private Optional<PythonValue> run(List<Statement> statements) throws NotUnderstoodException {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Return end) {
        return Optional.of(
            end.value().isPresent() ? value(end.value().get()) : new PythonValue.None());
      }
      if (statement instanceof Statement.If condition) {
        Optional<PythonValue> result =
            run(isTrue(condition.test()) ? condition.body() : condition.otherwise());
        if (result.isPresent()) {
          return result;
        }
      } else {
        execute(statement);
      }
    }
    return Optional.empty();
  }

  private void execute(Statement statement) throws NotUnderstoodException {
    if (statement instanceof Statement.Unread unread) {
      throw unread.reason();
    }
    if (statement instanceof Statement.Assignment assignment) {
      PythonValue value = assigned(assignment);
      assignment.names().forEach(name -> locals.put(name, value));
    } else if (statement instanceof Statement.Definition definition) {
      locals.put(definition.name(), function(definition));
    } else if (statement instanceof Statement.Import imported) {
      for (String name : imported.names()) {
        locals.put(
            name,
            new PythonValue.Opaque(
                new NotUnderstoodException(
                    imported.line(), "the module " + name + " is not understood as a value")));
      }
    }
  }

  /** A value that nobody asks for may be anything, as long as nothing happens to get it. */
  private PythonValue assigned(Statement.Assignment assignment) throws NotUnderstoodException {
    try {
      return value(assignment.value());
    } catch (NotUnderstoodException e) {
      if (assignment.acts()) {
        throw e;
      }
      return new PythonValue.Opaque(e);
    }
  }

  private PythonValue function(Statement.Definition definition) throws NotUnderstoodException {
    Map<String, PythonValue> defaults = new HashMap<>();
    for (Map.Entry<String, Expression> parameter : definition.defaults().entrySet()) {
      defaults.put(parameter.getKey(), value(parameter.getValue()));
    }
    return new PythonValue.Function(
        definition.line(), definition.parameters(), defaults, definition.body());
  }

  private boolean isTrue(Expression expression) throws NotUnderstoodException {
    return Comparisons.truth(value(expression));
  }

  private PythonValue value(Expression expression) throws NotUnderstoodException {
    if (expression instanceof Expression.Constant constant) {
      return constant.value();
    }
    if (expression instanceof Expression.Name name) {
      return lookup(name);
    }
    if (expression instanceof Expression.Comparison comparison) {
      return new PythonValue.Bool(compare(comparison));
    }
    if (expression instanceof Expression.Connection connection) {
      return connect(connection);
    }
    if (expression instanceof Expression.Not not) {
      return new PythonValue.Bool(!isTrue(not.operand()));
    }
    if (expression instanceof Expression.Conditional conditional) {
      return value(isTrue(conditional.test()) ? conditional.yes() : conditional.no());
    }
    if (expression instanceof Expression.Arithmetic arithmetic) {
      return Comparisons.compute(arithmetic, value(arithmetic.left()), value(arithmetic.right()));
    }
    if (expression instanceof Expression.Display display) {
      List<PythonValue> items = new ArrayList<>();
      for (Expression item : display.items()) {
        items.add(value(item));
      }
      return new PythonValue.Sequence(display.kind(), items);
    }
    if (expression instanceof Expression.AffixTest test) {
      return affix(test);
    }
    if (expression instanceof Expression.Lambda lambda) {
      return function(lambda.definition());
    }
    throw ((Expression.Other) expression).reason();
  }

  private PythonValue lookup(Expression.Name name) throws NotUnderstoodException {
    PythonValue found =
        localNames.contains(name.id()) ? locals.get(name.id()) : globals.get(name.id());
    if (found == null) {
      throw new NotUnderstoodException(
          name.line(), "'" + name.id() + "' is not defined before it is used");
    }
    if (found instanceof PythonValue.Opaque opaque) {
      throw opaque.reason();
    }
    return found;
  }

  private boolean compare(Expression.Comparison comparison) throws NotUnderstoodException {
    PythonValue left = value(comparison.first());
    for (int i = 0; i < comparison.operators().size(); i++) {
      PythonValue right = value(comparison.others().get(i));
      if (!comparisons.holds(left, comparison.operators().get(i), right, comparison.line())) {
        return false;
      }
      left = right;
    }
    return true;
  }

  /** The value of {@code and} and {@code or} is that of the operand that decides. */
  private PythonValue connect(Expression.Connection connection) throws NotUnderstoodException {
    PythonValue last = new PythonValue.None();
    for (Expression operand : connection.operands()) {
      last = value(operand);
      if (Comparisons.truth(last) != connection.and()) {
        return last;
      }
    }
    return last;
  }

  private PythonValue affix(Expression.AffixTest test) throws NotUnderstoodException {
    if (value(test.text()) instanceof PythonValue.Str text
        && value(test.affix()) instanceof PythonValue.Str affix) {
      return new PythonValue.Bool(
          test.start()
              ? text.value().startsWith(affix.value())
              : text.value().endsWith(affix.value()));
    }
    throw new NotUnderstoodException(test.line(), "only a text begins or ends with a text");
  }
}
