package dev.jwheel.cli;

import dev.jwheel.link.Dependency;
import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.IgnoredEntry;
import dev.jwheel.link.LoadedObject;
import dev.jwheel.link.Resolution;
import dev.jwheel.link.SearchPlace;
import dev.jwheel.link.SkippedCandidate;
import dev.jwheel.platform.Architecture;
import dev.jwheel.wheel.zip.Printable;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A dependency tree drawn for a person: each object below the one for whose sake it was loaded. */
final class LddtreeText {
  private final PrintStream out;
  private final Style style;
  private final boolean verbose;
  private final String branch;
  private final String lastBranch;
  private final String trunk;
  private final Set<Resolution> explained = new HashSet<>();

  LddtreeText(Console console, boolean verbose) {
    this.out = console.out();
    this.style = new Style(console.colour());
    this.verbose = verbose;
    boolean lines = console.unicode();
    this.branch = lines ? "├─ " : "|- ";
    this.lastBranch = lines ? "└─ " : "`- ";
    this.trunk = lines ? "│  " : "|  ";
  }

  void print(DependencyTree tree) {
    LoadedObject root = tree.root();
    print(style.bold(Printable.of(root.path())) + " (" + kind(tree) + ")");
    printDependencies(tree, root, "", loadedFirst(tree));
    explained.clear();
    for (IgnoredEntry entry : tree.ignored()) {
      String place = new SearchPlace(entry.source(), entry.declaredBy(), "").toString();
      print(
          Printable.of(
              "not searched: '" + entry.entry() + "' in " + place + ": " + entry.reason()));
    }
  }

  private static String kind(DependencyTree tree) {
    LoadedObject root = tree.root();
    String machine =
        root.elf()
            .identity()
            .architecture()
            .map(Architecture::tagName)
            .orElse("machine " + root.elf().identity().machine());
    return root.elf().dynamic()
        ? machine + ", " + tree.libc().displayName()
        : machine + ", statically linked";
  }

  /** By object, the dependency for whose sake it was loaded. */
  private static Map<Integer, Dependency> loadedFirst(DependencyTree tree) {
    Map<Integer, Dependency> first = new HashMap<>();
    first.put(0, new Dependency("", new Resolution.AlreadyLoaded(0)));
    for (LoadedObject object : tree.objects()) {
      for (Dependency dependency : object.dependencies()) {
        if (dependency.resolution() instanceof Resolution.Found found) {
          first.putIfAbsent(found.object(), dependency);
        }
      }
    }
    return first;
  }

  private void printDependencies(
      DependencyTree tree, LoadedObject object, String indent, Map<Integer, Dependency> first) {
    List<Dependency> dependencies = object.dependencies();
    for (int i = 0; i < dependencies.size(); i++) {
      Dependency dependency = dependencies.get(i);
      boolean last = i == dependencies.size() - 1;
      String below = indent + (last ? "   " : trunk);
      boolean shown = !isFirst(dependency, first);
      print(indent + (last ? lastBranch : branch) + line(tree, dependency, shown));
      printNotes(below, dependency.resolution());
      if (!shown) {
        LoadedObject loaded = tree.target(dependency).orElseThrow();
        printDependencies(tree, loaded, below, first);
      }
    }
  }

  /** One name may stand twice in an object, so the dependency itself is meant, not an equal one. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isFirst(Dependency dependency, Map<Integer, Dependency> first) {
    return dependency.resolution() instanceof Resolution.Found found
        && first.get(found.object()) == dependency;
  }

  private String line(DependencyTree tree, Dependency dependency, boolean shown) {
    String name = Printable.of(dependency.name());
    Resolution resolution = dependency.resolution();
    if (resolution instanceof Resolution.Missing) {
      return name + " => " + style.bad("not found");
    }
    if (resolution instanceof Resolution.Excluded excluded) {
      return name + " => excluded by " + Printable.of(excluded.pattern().toString());
    }
    if (resolution instanceof Resolution.LoaderItself itself) {
      return name + " => the C library itself" + itself.path().map(p -> ", " + p).orElse("");
    }
    String path = Printable.of(path(tree.target(dependency).orElseThrow()));
    return name + " => " + path + " (" + Printable.of(why(resolution, shown)) + ")";
  }

  private String path(LoadedObject object) {
    boolean moved = verbose && !object.path().equals(object.realPath());
    return moved ? object.path() + " = " + object.realPath() : object.path();
  }

  private static String why(Resolution resolution, boolean shown) {
    if (resolution instanceof Resolution.Found found) {
      return found.place() + (shown ? ", loaded already" : "");
    }
    return "loaded already";
  }

  private void printNotes(String indent, Resolution resolution) {
    if (resolution instanceof Resolution.Found found) {
      printSkipped(indent, found.skipped());
    } else if (resolution instanceof Resolution.Missing missing && explained.add(missing)) {
      printSkipped(indent, missing.skipped());
      for (SearchPlace place : verbose ? missing.searched() : List.<SearchPlace>of()) {
        print(indent + Printable.of("searched " + place.directory() + " (" + place + ")"));
      }
    }
  }

  private void printSkipped(String indent, List<SkippedCandidate> skipped) {
    for (SkippedCandidate candidate : skipped) {
      print(indent + Printable.of("passed over " + candidate.path() + ": " + candidate.reason()));
    }
  }

  private void print(String line) {
    out.println(line);
  }
}
