// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.json.PolicyJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.PolicyView;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.text.PolicyText;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.policy.PolicyMeanings;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel policies}: what platform tags promise, and what changes between two of them. */
final class PoliciesCommand implements Command {
  private final Console console;
  private final Arguments arguments =
      new Arguments(
          this,
          "policies",
          "List the policies, show one in full, or what changes from one to another.");
  private final Argument<String> name = arguments.optional("NAME", "The policy to show.");
  private final Argument<String> other =
      arguments.optional("OTHER", "The policy to compare it with.");
  private final Argument<Boolean> json = arguments.json("Print JSON.");
  private final PolicyArguments policies = PolicyArguments.withStrict(arguments, "With", "Only");
  private final CommonArguments common = new CommonArguments(arguments);

  PoliciesCommand(Console console) {
    this.console = console;
    arguments.footer(
        "A name is a tag in any spelling; with an architecture only that one is shown.");
    arguments.example("jwheel policies manylinux2010 manylinux_2_28");
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() throws IOException {
    Renderer<PolicyView> renderer =
        json.value() ? new PolicyJson(console) : new PolicyText(console, common.verbose());
    renderer.render(view(policies.catalog()));
    return ExitCode.OK;
  }

  private PolicyView view(PolicyCatalog catalog) throws IOException {
    if (name.value().isEmpty()) {
      return new PolicyView.Overview(catalog.policies());
    }
    return other.value().isEmpty() ? single(catalog) : change(catalog);
  }

  private PolicyView single(PolicyCatalog catalog) throws IOException {
    Policy policy = policy(catalog, name.value());
    PolicyMeanings meanings = catalog.meanings();
    return new PolicyView.Single(
        policy, meanings.of(policy), meanings.packages(), architecture(name.value()));
  }

  private PolicyView change(PolicyCatalog catalog) throws IOException {
    Policy from = policy(catalog, name.value());
    Policy to = policy(catalog, other.value());
    if (from.libc() != to.libc()) {
      throw arguments.wrongUsage(
          name.value()
              + " and "
              + other.value()
              + " are for different C libraries: no wheel can move between them");
    }
    Optional<Architecture> architecture =
        architecture(name.value()).or(() -> architecture(other.value()));
    if (architecture.isPresent()
        && !(from.isFor(architecture.get()) && to.isFor(architecture.get()))) {
      throw arguments.wrongUsage(
          name.value() + " and " + other.value() + " have no architecture in common");
    }
    PolicyMeanings meanings = catalog.meanings();
    return new PolicyView.Change(
        catalog.difference(from, to),
        meanings.of(from),
        meanings.of(to),
        meanings.packages(),
        architecture);
  }

  private Policy policy(PolicyCatalog catalog, String tag) {
    Policy policy =
        catalog
            .nearest(PlatformTag.parse(tag))
            .orElseThrow(
                () ->
                    arguments.wrongUsage(
                        "no policy for " + tag + "; 'jwheel policies' lists them"));
    String wanted = PlatformTag.parse(tag).policyName();
    if (!policy.name().equals(wanted) && !common.quiet()) {
      console.message(
          wanted
              + " has no policy of its own; its wheels are judged by "
              + policy.name()
              + (policy.libc() == Libc.GLIBC ? ", but for GLIBC, which may go as far" : ""));
    }
    return policy;
  }

  private static Optional<Architecture> architecture(String tag) {
    return PlatformTag.parse(tag).architecture().map(Architecture::baseline);
  }
}
