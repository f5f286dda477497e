// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.LddtreeView;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.link.Dependency;
import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.IgnoredEntry;
import dev.jwheel.link.LoadedObject;
import dev.jwheel.link.Resolution;
import dev.jwheel.link.SearchPlace;
import dev.jwheel.link.SkippedCandidate;
import dev.jwheel.platform.Architecture;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A dependency tree drawn for a person: each object below the one for whose sake it was loaded. */
public final class LddtreeText implements Renderer<LddtreeView> {
  private final Console console;
  private final Page page;
  private final boolean verbose;
  private final String branch;
  private final String lastBranch;
  private final String trunk;
  private final Set<Resolution> explained = new HashSet<>();

  public LddtreeText(Console console, boolean verbose) {
    this.console = console;
    this.page = new Page(console, 0);
    this.verbose = verbose;
    boolean lines = console.unicode();
    this.branch = lines ? "├─ " : "|- ";
    this.lastBranch = lines ? "└─ " : "`- ";
    this.trunk = lines ? "│  " : "|  ";
  }

  @Override
  public void render(LddtreeView view) {
    if (view instanceof LddtreeView.OfFile file) {
      print(file.tree());
    } else if (view instanceof LddtreeView.OfWheel wheel) {
      print(wheel.wheel(), wheel.trees());
    }
  }

  private void print(String wheel, List<DependencyTree> trees) {
    if (trees.isEmpty()) {
      console.message(wheel + ": no ELF file that a loader loads");
    }
    for (int i = 0; i < trees.size(); i++) {
      if (i > 0) {
        page.line();
      }
      print(trees.get(i));
    }
  }

  private void print(DependencyTree tree) {
    LoadedObject root = tree.root();
    page.line(root.path() + " (" + kind(tree) + ")");
    printDependencies(tree, root, "", loadedFirst(tree));
    explained.clear();
    for (IgnoredEntry entry : tree.ignored()) {
      String place = new SearchPlace(entry.source(), entry.declaredBy(), "").toString();
      page.line("not searched: '" + entry.entry() + "' in " + place + ": " + entry.reason());
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
      printLine(indent + (last ? lastBranch : branch), tree, dependency, shown);
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

  private void printLine(String start, DependencyTree tree, Dependency dependency, boolean shown) {
    String arrow = start + dependency.name() + " => ";
    Resolution resolution = dependency.resolution();
    if (resolution instanceof Resolution.Missing) {
      page.bad(arrow, "not found");
    } else if (resolution instanceof Resolution.Excluded excluded) {
      page.line(arrow + "excluded by " + excluded.pattern());
    } else if (resolution instanceof Resolution.LoaderItself itself) {
      page.line(arrow + "the C library itself" + itself.path().map(p -> ", " + p).orElse(""));
    } else {
      String path = path(tree.target(dependency).orElseThrow());
      page.line(arrow + path + " (" + why(resolution, shown) + ")");
    }
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
        page.line(indent + "searched " + place.directory() + " (" + place + ")");
      }
    }
  }

  private void printSkipped(String indent, List<SkippedCandidate> skipped) {
    for (SkippedCandidate candidate : skipped) {
      page.line(indent + "passed over " + candidate.path() + ": " + candidate.reason());
    }
  }
}
