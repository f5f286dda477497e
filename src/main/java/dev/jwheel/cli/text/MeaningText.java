// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.PolicyMove;
import dev.jwheel.cli.terminal.PolicyView;
import dev.jwheel.cli.terminal.Table;
import dev.jwheel.platform.Architecture;
import dev.jwheel.policy.PolicyMeaning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a policy means, for a person. */
final class MeaningText {
  private static final String INDENT = "  ";

  private final Page page;

  MeaningText(Page page) {
    this.page = page;
  }

  /** The rows about a policy as a whole, which go into its table. */
  static void addRows(PolicyView.Single single, Table table) {
    PolicyMeaning meaning = single.meaning();
    meaning
        .installers()
        .ifPresent(
            known ->
                table.row(
                    "first CPython",
                    String.join(", ", known.cpython()) + " (with pip " + known.pip() + ")"));
    meaning.image().ifPresent(image -> addImage(single, image, table));
    meaning
        .index()
        .ifPresent(
            index -> table.row("public index takes", names(index.architectures(), single.only())));
  }

  private static void addImage(
      PolicyView.Single single, PolicyMeaning.BuildImage image, Table table) {
    String architectures = names(image.architectures(), single.only());
    table.row(
        "image",
        image.base()
            + ", "
            + image.compiler()
            + (architectures.isEmpty() ? ", not for this architecture" : ", for " + architectures));
    String ends = PolicyMove.ends(image);
    if (!ends.isEmpty()) {
      table.row("support", ends);
    }
    if (!image.firstSystems().isEmpty()) {
      table.row("first systems", String.join(", ", image.firstSystems()));
    }
  }

  private static String names(List<Architecture> architectures, Optional<Architecture> only) {
    return String.join(
        ", ",
        architectures.stream()
            .filter(one -> only.isEmpty() || only.get() == one)
            .map(Architecture::tagName)
            .toList());
  }

  /** The packages that have the policy's libraries. */
  void printPackages(PolicyView.Single single) {
    Map<String, List<String>> libraries = new LinkedHashMap<>();
    for (String library : single.policy().libraries().all()) {
      single
          .packages()
          .describe(library)
          .ifPresent(
              packages ->
                  libraries.computeIfAbsent(packages, any -> new ArrayList<>()).add(library));
    }
    Table table = new Table(INDENT);
    libraries.forEach((packages, names) -> table.row(packages, String.join(", ", names)));
    page.section("Packages that have the libraries", table);
  }

  /** Where all this is from. */
  void printSources(PolicyView.Single single) {
    PolicyMeaning meaning = single.meaning();
    Map<String, Collection<String>> sources = new LinkedHashMap<>();
    add("systems", meaning.systemsSource(), sources);
    meaning.installers().ifPresent(known -> add("first CPython", known.source(), sources));
    meaning.image().ifPresent(known -> add("image, first systems", known.source(), sources));
    meaning.index().ifPresent(known -> add("public index", known.source(), sources));
    meaning.notes().forEach(note -> add("notes", note.source(), sources));
    Table table = new Table(INDENT);
    sources.forEach((source, facts) -> table.row(String.join(", ", facts), source));
    page.section("Sources", table);
  }

  private static void add(String fact, String source, Map<String, Collection<String>> sources) {
    if (!source.isEmpty()) {
      sources.computeIfAbsent(source, any -> new ArrayList<>()).add(fact);
    }
  }

  /** The sentences about a move. */
  void printMove(PolicyMove move) {
    print("The move gains", move.gains());
    print("It costs", move.costs());
    print("It loses", move.loses());
  }

  private void print(String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      page.heading(title);
      sentences.forEach(page::item);
    }
  }
}
