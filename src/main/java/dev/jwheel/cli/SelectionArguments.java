// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.check.RuleCatalog;
import dev.jwheel.check.Selection;
import dev.jwheel.check.UnknownRuleException;
import dev.jwheel.metadata.FindingLevel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The options that say which rules count, and at which level; later ones win. */
final class SelectionArguments {
  private final Arguments arguments;
  private final List<Choice> choices = new ArrayList<>();
  private final Map<Kind, Argument<List<String>>> options = new EnumMap<>(Kind.class);
  private final Argument<String> index;
  private final Argument<List<String>> perFile;

  /** One option as it was given. */
  private record Choice(Kind kind, String rules) {}

  private enum Kind {
    SELECT,
    IGNORE,
    ERROR,
    WARNING,
    NOTE
  }

  /** Adds them to the arguments of a command. */
  SelectionArguments(Arguments arguments) {
    this.arguments = arguments;
    add(Kind.SELECT, "Check only these rules: names, patterns such as 'abi3-*', area:NAME.");
    add(Kind.IGNORE, "Leave out these rules; later options win over earlier ones.");
    add(Kind.ERROR, "Take these rules for errors.");
    add(Kind.WARNING, "Take these rules for warnings.");
    add(Kind.NOTE, "Take these rules for notes.");
    perFile =
        arguments.texts(
            "PATTERN=RULES", "Leave out rules for members whose names match.", "--per-file");
    index =
        arguments.textOr(
            "",
            "INDEX",
            "The index that the files are for: pypi makes errors of what it refuses, none leaves"
                + " its rules out; without the option they are warnings.",
            "--index");
  }

  private void add(Kind kind, String description) {
    options.put(
        kind,
        arguments.recorded(
            "RULES",
            description,
            rules -> choices.add(new Choice(kind, rules)),
            "--" + kind.name().toLowerCase(Locale.ROOT)));
  }

  /** Returns what was chosen. */
  Selection selection(RuleCatalog catalog) {
    String target = index.value();
    if (!target.isEmpty() && !target.equals("pypi") && !target.equals("none")) {
      throw arguments.wrongUsage("--index " + target + " is not an index: expected pypi or none");
    }
    Selection selection = new Selection(catalog, target.equals("pypi"));
    try {
      for (Choice choice : configured()) {
        apply(choice, selection);
      }
      for (Choice choice : choices) {
        apply(choice, selection);
      }
      if (target.equals("none")) {
        selection.ignore("area:index");
      }
      for (String pair : perFile.value()) {
        int equals = pair.lastIndexOf('=');
        if (equals < 1) {
          throw arguments.wrongUsage("--per-file " + pair + ": expected PATTERN=RULES");
        }
        selection.except(pair.substring(0, equals), pair.substring(equals + 1));
      }
    } catch (UnknownRuleException e) {
      throw arguments.wrongUsage(String.valueOf(e.getMessage()));
    }
    return selection;
  }

  /** The values of options that were not typed, whose order in a file means nothing. */
  private List<Choice> configured() {
    List<Choice> configured = new ArrayList<>();
    options.forEach(
        (kind, option) -> {
          if (choices.stream().noneMatch(choice -> choice.kind == kind)) {
            option.value().forEach(rules -> configured.add(new Choice(kind, rules)));
          }
        });
    return configured;
  }

  private static void apply(Choice choice, Selection selection) throws UnknownRuleException {
    switch (choice.kind) {
      case SELECT -> selection.select(choice.rules);
      case IGNORE -> selection.ignore(choice.rules);
      case ERROR -> selection.level(choice.rules, FindingLevel.ERROR);
      case WARNING -> selection.level(choice.rules, FindingLevel.WARNING);
      case NOTE -> selection.level(choice.rules, FindingLevel.NOTE);
    }
  }
}
