package dev.jwheel.cli;

import dev.jwheel.cli.json.LddtreeJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.text.LddtreeText;
import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.RootTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel lddtree}: what the dynamic loader would load. */
final class LddtreeCommand implements Callable<Integer> {
  private static final String WHEEL = ".whl";

  private final Console console;
  private final Arguments arguments =
      new Arguments(
          this,
          "lddtree",
          "Show what the dynamic loader loads with a file, and why it finds it there.");
  private final Argument<String> name =
      arguments.required(
          "FILE|WHEEL[:MEMBER]",
          "A program or shared library, here or in the sysroot; a wheel, as it will be installed;"
              + " or one member of a wheel.");
  private final Argument<Boolean> json = arguments.flag("Print JSON.", "--json");
  private final SearchArguments search = new SearchArguments(arguments);
  private final CommonArguments common = new CommonArguments(arguments);

  LddtreeCommand(Console console) {
    this.console = console;
    arguments.footer(
        "Of a wheel every file is shown that no other one loads. Exit status: 0 done, even if"
            + " libraries are missing; 2 wrong usage or unreadable input.");
  }

  CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public Integer call() throws IOException {
    LoaderOptions options = search.options(console, List.of());
    String file = name.value();
    int colon = file.lastIndexOf(WHEEL + ":") + WHEEL.length();
    if (colon >= WHEEL.length()) {
      Path wheel = console.directory().resolve(file.substring(0, colon));
      show(wheelFiles(wheel, options).tree(file.substring(colon + 1)));
      return ExitCode.OK.status();
    }
    Path path = console.directory().resolve(file);
    if (file.endsWith(WHEEL) && Files.isRegularFile(path)) {
      showWheel(path, options);
    } else {
      show(new SystemFile(file, path, options, talk()).tree());
    }
    return ExitCode.OK.status();
  }

  private WheelLibraries wheelFiles(Path wheel, LoaderOptions options) throws IOException {
    return WheelLibraries.read(wheel, options, talk());
  }

  private Optional<Console> talk() {
    return common.quiet() ? Optional.empty() : Optional.of(console);
  }

  private void showWheel(Path wheel, LoaderOptions options) throws IOException {
    List<DependencyTree> trees = RootTrees.of(wheelFiles(wheel, options).trees());
    String fileName = String.valueOf(wheel.getFileName());
    if (json.value()) {
      console.out().println(new LddtreeJson().of(fileName, trees));
      return;
    }
    if (trees.isEmpty()) {
      console.message(fileName + ": no ELF file that a loader loads");
    }
    LddtreeText text = new LddtreeText(console, common.verbose());
    for (int i = 0; i < trees.size(); i++) {
      if (i > 0) {
        console.out().println();
      }
      text.print(trees.get(i));
    }
  }

  private void show(DependencyTree tree) throws IOException {
    if (json.value()) {
      console.out().println(new LddtreeJson().of(tree));
    } else {
      new LddtreeText(console, common.verbose()).print(tree);
    }
  }
}
