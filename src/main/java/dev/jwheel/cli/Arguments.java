// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.config.ChoiceConverter;
import dev.jwheel.cli.config.Fallback;
import dev.jwheel.cli.input.PathConverter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * What a command takes. It declares here each option and parameter once, for the parser, the help
 * and the completion, and gets the place where the value will be.
 *
 * <p>picocli's annotations say the same, but the JVM makes a class for each kind of annotation when
 * it reads the first: a third of the whole time that auditing a small wheel takes.
 */
final class Arguments {
  private final CommandSpec spec;

  /**
   * @param command what to run when the arguments are parsed
   * @param name what the user types
   * @param description one sentence for the help
   */
  Arguments(Command command, String name, String description) {
    this.spec = CommandSpec.wrapWithoutInspection(command).name(name);
    spec.usageMessage().description(description).abbreviateSynopsis(true);
    spec.parser().abbreviatedOptionsAllowed(true);
  }

  /** What picocli parses by. */
  CommandSpec spec() {
    return spec;
  }

  /** Adds paragraphs below the help. */
  void footer(String... paragraphs) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : paragraphs) {
      lines.add("");
      lines.add(paragraph);
    }
    spec.usageMessage().footer(lines.toArray(new String[0]));
  }

  /** An option given several times has its last value, where others are refused. */
  void lastOneCounts() {
    spec.parser().overwrittenOptionsAllowed(true);
  }

  /** A long option is only known by its whole name, where others can be cut to a unique prefix. */
  void wholeNames() {
    spec.parser().abbreviatedOptionsAllowed(false);
  }

  /** An option without a value. */
  Argument<Boolean> flag(String description, String... names) {
    return option(OptionSpec.builder(names).type(boolean.class), description, false);
  }

  /** An option without a value that can be given again and again. */
  void repeatableFlag(String description, String... names) {
    option(OptionSpec.builder(names).type(boolean[].class).arity("0"), description, new boolean[0]);
  }

  /** The option {@code --json}, which every command with results has. */
  Argument<Boolean> json(String description) {
    return flag(description, "--json");
  }

  /** An option with a value; the text is empty where it is not given. */
  Argument<String> text(String label, String description, String... names) {
    return textOr("", label, description, names);
  }

  /** An option with a value that has a default. */
  Argument<String> textOr(String absent, String label, String description, String... names) {
    return option(
        OptionSpec.builder(names).type(String.class).paramLabel(label), description, absent);
  }

  /**
   * An option with a value that has a default.
   *
   * @param variable the environment variable that stands in for it, as {@link Environment} names it
   */
  Argument<String> textOrVariable(
      String absent, String variable, String label, String description, String... names) {
    return option(
        OptionSpec.builder(names).type(String.class).paramLabel(label),
        description,
        absent,
        new Fallback(variable, absent));
  }

  /** An option with one of a few values; the text is empty where it is not given. */
  Argument<String> choice(List<String> values, String label, String description, String... names) {
    return option(
        OptionSpec.builder(names)
            .type(String.class)
            .converters(new ChoiceConverter(values))
            .paramLabel(label),
        description,
        "");
  }

  /** An option with a value that can be given several times. */
  Argument<List<String>> texts(String label, String description, String... names) {
    return textsOrVariable("", label, description, names);
  }

  /**
   * An option with a value that can be given several times.
   *
   * @param variable the environment variable that stands in for it; empty if there is none
   */
  Argument<List<String>> textsOrVariable(
      String variable, String label, String description, String... names) {
    return option(
        OptionSpec.builder(names).type(List.class).auxiliaryTypes(String.class).paramLabel(label),
        description,
        List.of(),
        new Fallback(variable, ""));
  }

  /** An option that can be given several times; its values are passed on in their order. */
  Argument<List<String>> recorded(
      String label, String description, Consumer<String> recorder, String... names) {
    ITypeConverter<String> converter =
        value -> {
          recorder.accept(value);
          return value;
        };
    return option(
        OptionSpec.builder(names)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .converters(converter)
            .paramLabel(label),
        description,
        List.of());
  }

  /** An option with two values that can be given several times; the texts follow each other. */
  Argument<List<String>> pairs(String label, String description, String... names) {
    return option(
        OptionSpec.builder(names)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("2")
            .paramLabel(label),
        description,
        List.of());
  }

  /** An option with a whole number. */
  Argument<Integer> number(String label, String description, String... names) {
    return option(OptionSpec.builder(names).type(Integer.class).paramLabel(label), description, 0);
  }

  /** An option without a value that the help does not show. */
  Argument<Boolean> hiddenFlag(String name) {
    return option(OptionSpec.builder(name).type(boolean.class).hidden(true), "", false);
  }

  /** An option naming a file that can be given several times. */
  Argument<List<Path>> paths(String label, String description, String... names) {
    return option(
        OptionSpec.builder(names)
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .converters(new PathConverter())
            .paramLabel(label),
        description,
        List.of());
  }

  private <T> Argument<T> option(OptionSpec.Builder builder, String description, T absent) {
    boolean usual = absent instanceof String || absent instanceof Boolean;
    return option(builder, description, absent, new Fallback("", usual ? absent.toString() : ""));
  }

  private <T> Argument<T> option(
      OptionSpec.Builder builder, String description, T absent, Fallback fallback) {
    OptionSpec option =
        builder.description(fallback.addedTo(description)).userObject(fallback).build();
    spec.addOption(option);
    return new Argument<>(option, absent);
  }

  /** Adds an example below the help, before what is there. */
  void example(String... lines) {
    List<String> all = new ArrayList<>(List.of("", lines.length > 1 ? "Examples:" : "Example:"));
    for (String line : lines) {
      all.add("  " + line);
    }
    all.addAll(List.of(spec.usageMessage().footer()));
    spec.usageMessage().footer(all.toArray(new String[0]));
  }

  /** The option that shows the help. */
  void help(String description, String... names) {
    option(OptionSpec.builder(names).type(boolean.class).usageHelp(true), description, false);
  }

  /** The option that shows a text of one line, the version. */
  void version(String text, String description, String... names) {
    spec.version(text);
    option(OptionSpec.builder(names).type(boolean.class).versionHelp(true), description, false);
  }

  /** One parameter or more, naming files. */
  Argument<List<Path>> files(String label, String description) {
    return positional(
        several(true, label).auxiliaryTypes(Path.class).converters(new PathConverter()),
        description,
        List.of());
  }

  /** Parameters naming files, addresses of files, or releases on an index. */
  Argument<List<String>> inputs(String label, String description, boolean required) {
    return positional(
        several(required, label)
            .auxiliaryTypes(String.class)
            .converters(new PathConverter.OrAddress()),
        description,
        List.of());
  }

  private static PositionalParamSpec.Builder several(boolean required, String label) {
    return PositionalParamSpec.builder()
        .type(List.class)
        .arity(required ? "1..*" : "0..*")
        .required(required)
        .paramLabel(label);
  }

  /**
   * A parameter that can be left out; the text is empty then. Parameters are declared in their
   * order.
   */
  Argument<String> optional(String label, String description) {
    return positional(
        PositionalParamSpec.builder()
            .type(String.class)
            .index(String.valueOf(spec.positionalParameters().size()))
            .arity("0..1")
            .paramLabel(label),
        description,
        "");
  }

  /** A parameter that must be given. */
  Argument<String> required(String label, String description) {
    return positional(
        PositionalParamSpec.builder()
            .type(String.class)
            .index(String.valueOf(spec.positionalParameters().size()))
            .arity("1")
            .required(true)
            .paramLabel(label),
        description,
        "");
  }

  private <T> Argument<T> positional(
      PositionalParamSpec.Builder builder, String description, T absent) {
    PositionalParamSpec parameter = builder.description(description).build();
    spec.addPositional(parameter);
    return new Argument<>(parameter, absent);
  }

  /** That the command cannot be used as it was: a message for the user, with a hint at the help. */
  ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
