// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.config.Environment;
import dev.jwheel.cli.config.Setting;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.PolicyCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** The option {@code --plat}, and the environment variable that stands in for it. */
final class PlatformArgument {
  private static final String VARIABLE = "PLAT";

  private final Arguments arguments;
  private final Argument<List<String>> platform;
  private final boolean variable;

  /**
   * Adds the option to the arguments of a command.
   *
   * @param variable whether the command also takes the environment variable
   */
  PlatformArgument(Arguments arguments, boolean variable, String description) {
    this.arguments = arguments;
    this.platform =
        arguments.textsOrVariable(variable ? VARIABLE : "", "TAG", description, "--plat");
    this.variable = variable;
  }

  /** Returns the environment variable that the tag comes from; empty where it was typed. */
  Optional<String> variable(Environment environment) {
    boolean typed = !variable || !platform.value().isEmpty();
    Setting setting = environment.variable(VARIABLE);
    return typed || setting.isEmpty() ? Optional.empty() : Optional.of(setting.name());
  }

  /**
   * Returns the tags that were set; none for {@code auto} and for nothing.
   *
   * @throws ParameterException if there is no such tag
   */
  List<PlatformTag> tags(Environment environment, PolicyCatalog catalog) {
    List<PlatformTag> tags = new ArrayList<>();
    for (Setting setting : settings(environment)) {
      if (!setting.isEmpty() && !setting.value().equals("auto")) {
        tags.addAll(tags(setting, catalog));
      }
    }
    return tags;
  }

  private List<Setting> settings(Environment environment) {
    if (variable && platform.value().isEmpty()) {
      return List.of(environment.variable(VARIABLE));
    }
    return platform.value().stream().map(text -> new Setting(platform.name(), text)).toList();
  }

  /** A compressed tag set, as it stands in file names, is several tags. */
  private List<PlatformTag> tags(Setting setting, PolicyCatalog catalog) {
    String text = setting.value();
    PlatformTag whole = PlatformTag.parse(text);
    if (isKnown(whole, catalog)) {
      return List.of(whole);
    }
    List<PlatformTag> tags = new ArrayList<>();
    for (String part : text.split("\\.", -1)) {
      PlatformTag tag = PlatformTag.parse(part);
      if (!isKnown(tag, catalog)) {
        throw arguments.wrongUsage(
            setting.name()
                + " "
                + text
                + " is no known platform tag; 'jwheel policies' lists them");
      }
      tags.add(tag);
    }
    return tags;
  }

  private static boolean isKnown(PlatformTag tag, PolicyCatalog catalog) {
    boolean known = tag.family() == PlatformTag.Family.LINUX || catalog.find(tag).isPresent();
    return known && (tag.architectureName().isEmpty() || tag.architecture().isPresent());
  }
}
