// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.cli.config.Environment;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.policy.PolicyCatalog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The options of every command that audits wheels. */
final class AuditArguments {
  private final PlatformArgument platform;
  private final PolicyArguments policies;
  private final Argument<List<String>> excludes;
  private final Argument<Boolean> disableIsaCheck;
  private final SearchArguments search;

  /**
   * Adds them to the arguments of a command.
   *
   * @param platform the tag to judge against
   * @param policies the policies to judge by
   * @param exclude what is done, before "libraries whose DT_NEEDED name or real path matches"
   */
  AuditArguments(
      Arguments arguments, PlatformArgument platform, PolicyArguments policies, String exclude) {
    this.platform = platform;
    this.policies = policies;
    this.excludes =
        arguments.texts(
            "PATTERN",
            exclude
                + " libraries whose DT_NEEDED name or real path matches; * ? [..] are wildcards;"
                + " repeatable.",
            "--exclude");
    this.disableIsaCheck =
        arguments.flag(
            "Ignore requirements for x86-64-v2, v3, v4 and the like.", "--disable-isa-ext-check");
    this.search = new SearchArguments(arguments);
  }

  /** Returns the environment variable that the platform comes from; empty where it was typed. */
  Optional<String> platformVariable(Console console) {
    return platform.variable(new Environment(console));
  }

  /**
   * Returns what these options and the environment say.
   *
   * @throws IOException if a policy or the sysroot cannot be read
   */
  AuditOptions options(Console console) throws IOException {
    PolicyCatalog catalog = policies.catalog();
    return new AuditOptions(
        catalog,
        search.buildOptions(console, excludes.value()),
        !disableIsaCheck.value(),
        platform.tags(new Environment(console), catalog));
  }
}
