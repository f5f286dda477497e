// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.cli.terminal.PolicyMove;
import dev.jwheel.cli.terminal.PolicyView;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The tables and sentences of {@code docs/which-policy.md} are those of the data. With {@code
 * -Djwheel.update=true} they are written instead.
 */
class WhichPolicyTest {
  private static final Path DOCUMENT = Path.of("docs", "which-policy.md");
  private static final PolicyCatalog CATALOG = PolicyCatalog.builtIn();

  private final PolicyMeanings meanings = CATALOG.meanings();

  WhichPolicyTest() throws IOException {}

  @Test
  void theTagsAreThoseOfThePolicies() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| tag | image and compiler | support | first pip | first CPython | first systems |\n"
                + "|---|---|---|---|---|---|\n");
    for (Policy policy : CATALOG.policies()) {
      PolicyMeaning meaning = meanings.of(policy);
      if (policy.libc() != Libc.BIONIC && meaning.image().isPresent()) {
        PolicyMeaning.BuildImage image = meaning.image().get();
        Optional<PolicyMeaning.Installers> installers = meaning.installers();
        row(
            table,
            name(policy),
            image.base() + ", " + image.compiler() + ": " + names(image.architectures()),
            PolicyMove.ends(image),
            policy.origin().firstPip().values().iterator().next(),
            installers.map(known -> String.join(", ", known.cpython())).orElse(""),
            String.join(", ", image.firstSystems()));
      }
    }
    requireBlock("tags", table.toString());
  }

  @Test
  void theArchitecturesAreThoseOfTheIndex() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| tag | architectures | not taken by the public index |\n|---|---|---|\n");
    for (Policy policy : CATALOG.policies()) {
      List<Architecture> taken = meanings.of(policy).index().orElseThrow().architectures();
      List<Architecture> refused =
          policy.architectures().stream().filter(one -> !taken.contains(one)).toList();
      row(table, name(policy), names(taken), names(refused));
    }
    requireBlock("architectures", table.toString());
  }

  @Test
  void theSystemsAreThoseOfThePolicies() throws IOException {
    Map<Release, String> rows = new TreeMap<>();
    for (Policy policy : CATALOG.policies()) {
      if (policy.libc() != Libc.BIONIC) {
        for (Map.Entry<String, String> system : policy.origin().systems().entrySet()) {
          StringBuilder row = new StringBuilder();
          String version = policy.libc().displayName() + " " + system.getValue();
          row(row, system.getKey(), version, name(policy) + " and all above it");
          rows.put(new Release(system.getKey(), system.getValue()), row.toString());
        }
      }
    }
    requireBlock(
        "systems",
        "| system | C library | tags it installs |\n|---|---|---|\n"
            + String.join("", rows.values()));
  }

  /** A release of a distribution: in the order of the distributions' names, the oldest first. */
  private record Release(String system, String libc) implements Comparable<Release> {

    private String distribution() {
      return system.replaceFirst(" [0-9].*", "");
    }

    @Override
    public int compareTo(Release other) {
      return Comparator.comparing(Release::distribution)
          .thenComparing(Release::libc, DottedNumber.ASCENDING)
          .thenComparing(Release::system)
          .compare(this, other);
    }
  }

  @Test
  void theMovesAreThoseOfTheCommand() throws IOException {
    requireBlock("move-2010", move("manylinux1", "manylinux2010"));
    requireBlock("move-2_28", move("manylinux2014", "manylinux_2_28"));
    requireBlock("move-2_34", move("manylinux_2_28", "manylinux_2_34"));
  }

  private String move(String before, String after) {
    Policy from = CATALOG.find(before).orElseThrow();
    Policy to = CATALOG.find(after).orElseThrow();
    PolicyMove move =
        PolicyMove.of(
            new PolicyView.Change(
                CATALOG.difference(from, to),
                meanings.of(from),
                meanings.of(to),
                meanings.packages(),
                Optional.empty()));
    return sentences("Gains", move.gains())
        + sentences("Costs", move.costs())
        + sentences("Loses", move.loses());
  }

  private static String sentences(String title, List<String> sentences) {
    return sentences.isEmpty() ? "" : title + ":\n\n* " + String.join("\n* ", sentences) + "\n\n";
  }

  private static String name(Policy policy) {
    return policy.aliases().isEmpty()
        ? "`" + policy.name() + "`"
        : "`" + policy.aliases().get(0) + "` = `" + policy.name() + "`";
  }

  private static String names(List<Architecture> architectures) {
    return String.join(", ", architectures.stream().map(Architecture::tagName).toList());
  }

  private static void row(StringBuilder table, String... cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static void requireBlock(String name, String expected) throws IOException {
    String start = "<!-- " + name + ", made from policies/ by WhichPolicyTest -->\n\n";
    String end = "\n<!-- end of " + name + " -->";
    String text = Files.readString(DOCUMENT).replace("\r\n", "\n");
    int from = text.indexOf(start) + start.length();
    int to = text.indexOf(end);
    assertThat(text).contains(start, end);
    if (Boolean.getBoolean("jwheel.update")) {
      Files.writeString(
          DOCUMENT, text.substring(0, from) + expected.stripTrailing() + "\n" + text.substring(to));
    } else {
      assertThat(text.substring(from, Math.max(from, to)))
          .isEqualTo(expected.stripTrailing() + "\n");
    }
  }
}
