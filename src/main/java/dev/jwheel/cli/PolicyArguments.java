// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.policy.PolicyCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The options that say which policies there are: {@code --policy}, and {@code --strict}. */
final class PolicyArguments {
  private final Argument<List<Path>> files;
  private final Optional<Argument<Boolean>> strict;

  private PolicyArguments(Argument<List<Path>> files, Optional<Argument<Boolean>> strict) {
    this.files = files;
    this.strict = strict;
  }

  /**
   * Adds {@code --policy}.
   *
   * @param use what the command does, before "the policy in this file too"
   */
  static PolicyArguments of(Arguments arguments, String use) {
    return new PolicyArguments(files(arguments, use), Optional.empty());
  }

  /**
   * Adds {@code --policy} and {@code --strict}.
   *
   * @param use what the command does, before "the policy in this file too"
   * @param strictUse what the command does, before "what the PEP's own text allows as well"
   */
  static PolicyArguments withStrict(Arguments arguments, String use, String strictUse) {
    return new PolicyArguments(
        files(arguments, use),
        Optional.of(
            arguments.flag(
                strictUse + " what the text of the PEP itself allows, too.", "--strict")));
  }

  private static Argument<List<Path>> files(Arguments arguments, String use) {
    return arguments.paths("FILE", use + " the policy in this file too; repeatable.", "--policy");
  }

  /**
   * Returns the policies.
   *
   * @throws IOException if a file is not a policy
   */
  PolicyCatalog catalog() throws IOException {
    PolicyCatalog catalog = PolicyCatalog.builtIn().with(files.value());
    return strict.isPresent() && strict.get().value() ? catalog.strict() : catalog;
  }
}
