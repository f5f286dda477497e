package dev.jwheel.cli;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jwheel policies}: what platform tags promise, and what changes between two of them. */
@Command(
    name = "policies",
    description = "List the policies, show one in full, or what changes from one to another.",
    footer = {"", "A name is a tag in any spelling; with an architecture only that one is shown."})
final class PoliciesCommand implements Callable<Integer> {
  private final Console console;

  @Mixin CommonOptions common = new CommonOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The policy to show.")
  String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OTHER",
      description = "The policy to compare it with.")
  String other = "";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Option(names = "--strict", description = "Only what the PEP's own text allows as well.")
  boolean strict;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "With the policy in this file too; repeatable.")
  List<Path> files = List.of();

  PoliciesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    PolicyCatalog all = PolicyCatalog.builtIn().with(files);
    PolicyCatalog catalog = strict ? all.strict() : all;
    if (name.isEmpty()) {
      printList(catalog.policies());
    } else if (other.isEmpty()) {
      printOne(policy(catalog, name), architecture(name));
    } else {
      printDifference(catalog);
    }
    return ExitCode.OK.status();
  }

  private void printList(List<Policy> policies) throws IOException {
    if (json) {
      console.out().println(new PolicyJson().ofList(policies));
    } else {
      new PolicyText(console).printList(policies);
    }
  }

  private void printOne(Policy policy, Optional<Architecture> architecture) throws IOException {
    if (json) {
      console.out().println(new PolicyJson().of(policy, architecture));
    } else {
      new PolicyText(console).print(policy, architecture, common.verbose);
    }
  }

  private void printDifference(PolicyCatalog catalog) throws IOException {
    Policy from = policy(catalog, name);
    Policy to = policy(catalog, other);
    if (from.libc() != to.libc()) {
      throw wrongUsage(
          name
              + " and "
              + other
              + " are for different C libraries: no wheel can move between them");
    }
    Optional<Architecture> architecture = architecture(name).or(() -> architecture(other));
    if (architecture.isPresent()
        && !(from.isFor(architecture.get()) && to.isFor(architecture.get()))) {
      throw wrongUsage(name + " and " + other + " have no architecture in common");
    }
    PolicyDifference difference = catalog.difference(from, to);
    if (json) {
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
                () -> wrongUsage("no policy for " + tag + "; 'jwheel policies' lists them"));
    String wanted = PlatformTag.parse(tag).policyName();
    if (!policy.name().equals(wanted) && !common.quiet) {
      console.say(wanted + " has no policy of its own; its wheels are judged by " + policy.name());
    }
    return policy;
  }

  private static Optional<Architecture> architecture(String tag) {
    return PlatformTag.parse(tag).architecture().map(Architecture::baseline);
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
