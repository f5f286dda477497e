package dev.jwheel.cli;

import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.PolicyCatalog;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a user writes behind {@code --plat}, or into the variable that stands in for it. */
record PlatformArgument(CommandSpec spec, PolicyCatalog catalog) {

  /**
   * The tag; empty for {@code auto} and for nothing.
   *
   * @param source the option or variable, for the message
   * @throws ParameterException if there is no such tag
   */
  Optional<PlatformTag> tag(String source, String text) {
    if (text.isEmpty() || text.equals("auto")) {
      return Optional.empty();
    }
    PlatformTag tag = PlatformTag.parse(text);
    boolean known = tag.family() == PlatformTag.Family.LINUX || catalog.find(text).isPresent();
    boolean architectureKnown = tag.architectureName().isEmpty() || tag.architecture().isPresent();
    if (!known || !architectureKnown) {
      throw new ParameterException(
          spec.commandLine(),
          source + " " + text + " is no known platform tag; 'jwheel policies' lists them");
    }
    return Optional.of(tag);
  }
}
