package dev.jwheel.cli;

import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.PolicyCatalog;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** The option {@code --plat}, and the environment variable that stands in for it. */
final class PlatformArgument {
  private static final String VARIABLE = "PLAT";

  private final Arguments arguments;
  private final Argument<String> platform;
  private final boolean variable;

  /**
   * Adds the option to the arguments of a command.
   *
   * @param variable whether the command also takes the environment variable
   */
  PlatformArgument(Arguments arguments, boolean variable, String description) {
    this.arguments = arguments;
    this.platform = arguments.text("TAG", description, "--plat");
    this.variable = variable;
  }

  /** Returns the environment variable that the tag comes from; empty where it was typed. */
  Optional<String> variable(Environment environment) {
    boolean typed = !variable || !platform.value().isEmpty();
    Setting setting = environment.variable(VARIABLE);
    return typed || setting.isEmpty() ? Optional.empty() : Optional.of(setting.name());
  }

  /**
   * Returns the tag that was set; empty for {@code auto} and for nothing.
   *
   * @throws ParameterException if there is no such tag
   */
  Optional<PlatformTag> tag(Environment environment, PolicyCatalog catalog) {
    Setting setting =
        variable
            ? environment.or(platform, VARIABLE)
            : new Setting(platform.name(), platform.value());
    String text = setting.value();
    if (text.isEmpty() || text.equals("auto")) {
      return Optional.empty();
    }
    PlatformTag tag = PlatformTag.parse(text);
    boolean known = tag.family() == PlatformTag.Family.LINUX || catalog.find(text).isPresent();
    boolean architectureKnown = tag.architectureName().isEmpty() || tag.architecture().isPresent();
    if (!known || !architectureKnown) {
      throw arguments.wrongUsage(
          setting.name() + " " + text + " is no known platform tag; 'jwheel policies' lists them");
    }
    return Optional.of(tag);
  }
}
