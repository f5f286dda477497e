// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One option or positional parameter of a command, and after parsing its value.
 *
 * @param <T> what kind of value it takes
 */
final class Argument<T> {
  private final ArgSpec spec;
  private final T absent;

  Argument(ArgSpec spec, T absent) {
    this.spec = spec;
    this.absent = absent;
  }

  /** Returns the first name that an option was declared with, or the label of a parameter. */
  String name() {
    return spec instanceof OptionSpec option ? option.names()[0] : spec.paramLabel();
  }

  /** What the user gave, or what stands for its absence. */
  T value() {
    @Nullable T given = spec.getValue();
    return given == null ? absent : given;
  }

  /** What the user gave; nothing where it is absent, which an empty text is not. */
  Optional<T> given() {
    @Nullable T given = spec.getValue();
    return Optional.ofNullable(given);
  }
}
