// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyDifference;
import dev.jwheel.policy.PolicyMeaning;
import dev.jwheel.policy.VersionChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What it means to move wheels from one policy to another, in sentences.
 *
 * @param gains what becomes possible
 * @param costs what has to be done or borne for it
 * @param loses who cannot install the wheels any more
 */
public record PolicyMove(List<String> gains, List<String> costs, List<String> loses) {

  public PolicyMove {
    gains = List.copyOf(gains);
    costs = List.copyOf(costs);
    loses = List.copyOf(loses);
  }

  /** Writes the sentences. */
  public static PolicyMove of(PolicyView.Change change) {
    Sentences sentences = new Sentences(change);
    return new PolicyMove(sentences.gains(), sentences.costs(), sentences.loses());
  }

  /** When the support of an image, and of its distribution, ended; empty if that is not known. */
  public static String ends(PolicyMeaning.BuildImage image) {
    List<String> ends = new ArrayList<>();
    if (!image.supportEnded().isEmpty()) {
      ends.add("given up on " + image.supportEnded());
    }
    if (!image.distributionEnd().isEmpty()) {
      ends.add("support of " + image.base() + " ended on " + image.distributionEnd());
    }
    return String.join(", ", ends);
  }

  /** The sentences of one move. */
  private static final class Sentences {
    private final PolicyView.Change change;
    private final PolicyDifference difference;
    private final Policy from;
    private final Policy to;

    Sentences(PolicyView.Change change) {
      this.change = change;
      this.difference = change.difference();
      this.from = difference.from();
      this.to = difference.to();
    }

    private List<String> gains() {
      List<String> gains = new ArrayList<>();
      addVersions("may use", true, gains);
      if (!difference.librariesGained().isEmpty()) {
        gains.add(
            "A wheel may expect more libraries of the system: "
                + libraries(difference.librariesGained())
                + ".");
      }
      count(difference.symbolsPermitted(), "are no longer forbidden", gains);
      addArchitectures("It can be built for", difference.architecturesGained(), gains);
      addCompiler(gains);
      end(change.before())
          .ifPresent(ends -> gains.add("It leaves the image of " + name(from) + ": " + ends + "."));
      installers(true).ifPresent(gains::add);
      if (!difference.systemsGained().isEmpty()) {
        gains.add("It also runs on " + systems(difference.systemsGained()) + ".");
      }
      return gains;
    }

    private List<String> costs() {
      List<String> costs = new ArrayList<>();
      installers(false).ifPresent(costs::add);
      addVersions("may not use", false, costs);
      if (!difference.librariesLost().isEmpty()) {
        costs.add(
            "A wheel has to bring along what it could expect of the system before: "
                + libraries(difference.librariesLost())
                + ".");
      }
      count(difference.symbolsForbidden(), "are forbidden", costs);
      addArchitectures("It can no longer be built for", difference.architecturesLost(), costs);
      addWithdrawn(costs);
      end(change.after())
          .ifPresent(ends -> costs.add("The image of " + name(to) + ": " + ends + "."));
      for (PolicyMeaning.Note note : change.after().notes()) {
        if (!change.before().notes().contains(note)) {
          costs.add(note.text());
        }
      }
      return costs;
    }

    private List<String> loses() {
      List<String> loses = new ArrayList<>();
      if (!difference.systemsLost().isEmpty()) {
        loses.add(
            "Users of these systems can no longer install the wheel: "
                + systems(difference.systemsLost())
                + ".");
      }
      Optional<PolicyMeaning.BuildImage> image = change.after().image();
      if (image.isPresent() && !image.get().firstSystems().isEmpty()) {
        loses.add(
            "The first releases that install "
                + name(to)
                + " are "
                + String.join(", ", image.get().firstSystems())
                + ".");
      }
      return loses;
    }

    /** For the first architectures that are alike; the tables have the others. */
    private void addVersions(String what, boolean gained, List<String> sentences) {
      Map<String, List<String>> byText = new LinkedHashMap<>();
      difference
          .versions()
          .forEach(
              (architecture, changes) -> {
                String text = versions(changes, gained);
                if (!text.isEmpty() && isShown(architecture)) {
                  byText
                      .computeIfAbsent(text, any -> new ArrayList<>())
                      .add(architecture.tagName());
                }
              });
      for (Map.Entry<String, List<String>> entry : byText.entrySet()) {
        sentences.add(
            "On "
                + String.join(", ", entry.getValue())
                + " its files "
                + what
                + " "
                + entry.getKey()
                + (byText.size() > 1 ? "; other architectures differ a little." : "."));
        return;
      }
    }

    private boolean isShown(Architecture architecture) {
      return change.only().isEmpty() || change.only().get() == architecture;
    }

    /** Where the highest version rises, or falls; other names are in the tables. */
    private static String versions(List<VersionChange> changes, boolean gained) {
      List<String> parts = new ArrayList<>();
      for (VersionChange one : changes) {
        boolean concerned = gained ? !one.gained().isEmpty() : !one.lost().isEmpty();
        String before = one.from().orElse("none");
        String after = one.to().orElse("none");
        if (concerned && !before.equals(after)) {
          parts.add(
              gained
                  ? one.namespace() + " up to " + after + " (before: " + before + ")"
                  : one.namespace() + " above " + after + " (before: up to " + before + ")");
        }
      }
      return String.join(", ", parts);
    }

    private String libraries(Collection<String> names) {
      List<String> described = new ArrayList<>();
      for (String name : names) {
        described.add(
            name + change.packages().describe(name).map(text -> " (" + text + ")").orElse(""));
      }
      return String.join(", ", described);
    }

    private static void count(
        Map<String, ? extends Collection<String>> symbols, String what, List<String> sentences) {
      int count = 0;
      for (Collection<String> names : symbols.values()) {
        count += names.size();
      }
      if (count > 0) {
        sentences.add(
            count
                + (count == 1 ? " symbol of " : " symbols of ")
                + String.join(", ", symbols.keySet())
                + " "
                + (count == 1 ? what.replace("are ", "is ") : what)
                + ".");
      }
    }

    private void addArchitectures(
        String what, Collection<Architecture> architectures, List<String> sentences) {
      if (!architectures.isEmpty() && change.only().isEmpty()) {
        sentences.add(
            what
                + " "
                + String.join(", ", architectures.stream().map(Architecture::tagName).toList())
                + ".");
      }
    }

    private void addCompiler(List<String> sentences) {
      Optional<String> before = change.before().image().map(PolicyMeaning.BuildImage::compiler);
      Optional<String> after = change.after().image().map(PolicyMeaning.BuildImage::compiler);
      if (before.isPresent() && after.isPresent() && !before.equals(after)) {
        sentences.add(
            "Its image has the compiler " + after.get() + " instead of " + before.get() + ".");
      }
    }

    /** What users need who had the wheel before. */
    private Optional<String> installers(boolean gained) {
      Optional<PolicyMeaning.Installers> before = change.before().installers();
      Optional<PolicyMeaning.Installers> after = change.after().installers();
      boolean same =
          before.isEmpty() || after.isEmpty() || before.get().pip().equals(after.get().pip());
      boolean older = Policy.MOST_PORTABLE_FIRST.compare(to, from) < 0;
      if (same || gained != older) {
        return Optional.empty();
      }
      String brought =
          "pip "
              + after.get().pip()
              + ", which CPython "
              + String.join(", ", after.get().cpython())
              + " brought first";
      String instead = "; for " + name(from) + " it is pip " + before.get().pip() + ".";
      return Optional.of(
          gained
              ? "Its users can do with " + brought + instead
              : "Its users need "
                  + brought
                  + instead
                  + " Others do not see the wheel: they get an older release, or compile the"
                  + " source.");
    }

    /** Libraries that a reader of the PEPs would expect. */
    private void addWithdrawn(List<String> sentences) {
      Map<String, String> withdrawn = new LinkedHashMap<>(from.libraries().withdrawn());
      withdrawn.putAll(to.libraries().withdrawn());
      withdrawn.forEach(
          (library, reason) ->
              sentences.add(library + " is no longer allowed, by either: " + reason + "."));
    }

    private static Optional<String> end(PolicyMeaning meaning) {
      return meaning.image().map(PolicyMove::ends).filter(ends -> !ends.isEmpty());
    }

    private static String name(Policy policy) {
      return policy.aliases().isEmpty() ? policy.name() : policy.aliases().get(0);
    }

    private String systems(Map<String, String> systems) {
      String libc = to.libc() == Libc.BIONIC ? "API level" : to.libc().displayName();
      List<String> named = new ArrayList<>();
      systems.forEach((name, version) -> named.add(name + " (" + libc + " " + version + ")"));
      return String.join(", ", named);
    }
  }
}
