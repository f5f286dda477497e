package dev.jwheel.cli;

import dev.jwheel.cli.json.PolicyJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.text.PolicyText;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.policy.PolicyDifference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel policies}: what platform tags promise, and what changes between two of them. */
final class PoliciesCommand implements Callable<Integer> {
  private final Console console;
  private final Arguments arguments =
      new Arguments(
          this,
          "policies",
          "List the policies, show one in full, or what changes from one to another.");
  private final Argument<String> name = arguments.optional("NAME", "The policy to show.");
  private final Argument<String> other =
      arguments.optional("OTHER", "The policy to compare it with.");
  private final Argument<Boolean> json = arguments.flag("Print JSON.", "--json");
  private final Argument<Boolean> strict =
      arguments.flag("Only what the PEP's own text allows as well.", "--strict");
  private final Argument<List<Path>> files =
      arguments.paths("FILE", "With the policy in this file too; repeatable.", "--policy");
  private final CommonArguments common = new CommonArguments(arguments);

  PoliciesCommand(Console console) {
    this.console = console;
    arguments.footer(
        "A name is a tag in any spelling; with an architecture only that one is shown.");
  }

  CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public Integer call() throws IOException {
    PolicyCatalog all = PolicyCatalog.builtIn().with(files.value());
    PolicyCatalog catalog = strict.value() ? all.strict() : all;
    if (name.value().isEmpty()) {
      printList(catalog.policies());
    } else if (other.value().isEmpty()) {
      printOne(policy(catalog, name.value()), architecture(name.value()));
    } else {
      printDifference(catalog);
    }
    return ExitCode.OK.status();
  }

  private void printList(List<Policy> policies) throws IOException {
    if (json.value()) {
      console.out().println(new PolicyJson().ofList(policies));
    } else {
      new PolicyText(console).printList(policies);
    }
  }

  private void printOne(Policy policy, Optional<Architecture> architecture) throws IOException {
    if (json.value()) {
      console.out().println(new PolicyJson().of(policy, architecture));
    } else {
      new PolicyText(console).print(policy, architecture, common.verbose());
    }
  }

  private void printDifference(PolicyCatalog catalog) throws IOException {
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
    PolicyDifference difference = catalog.difference(from, to);
    if (json.value()) {
      console.out().println(new PolicyJson().of(difference, architecture));
    } else {
      new PolicyText(console).print(difference, architecture);
    }
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
          wanted + " has no policy of its own; its wheels are judged by " + policy.name());
    }
    return policy;
  }

  private static Optional<Architecture> architecture(String tag) {
    return PlatformTag.parse(tag).architecture().map(Architecture::baseline);
  }
}
