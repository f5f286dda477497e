// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.audit.WheelLibraries;
import dev.jwheel.cli.auditwheel.AuditwheelLddtreeLog;
import dev.jwheel.cli.json.LddtreeJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.LddtreeView;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.text.LddtreeText;
import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.RootTrees;
import dev.jwheel.link.SystemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel lddtree}: what the dynamic loader would load. */
final class LddtreeCommand implements Command {
  private static final String WHEEL = ".whl";
  private static final String ASSUMED = "nothing in it tells the C library; shown as for ";

  private final Console console;
  private final Dialect dialect;
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
  private final Argument<Boolean> json = arguments.json("Print JSON.");
  private final SearchArguments search = new SearchArguments(arguments);
  private final CommonArguments common = new CommonArguments(arguments);

  LddtreeCommand(Console console, Dialect dialect) {
    this.console = console;
    this.dialect = dialect;
    arguments.footer(
        "Of a wheel every file is shown that no other one loads. Exit status: 0 done, even if"
            + " libraries are missing; 2 wrong usage or unreadable input.");
    arguments.example("jwheel lddtree foo.whl:foo/_native.abi3.so");
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() throws IOException {
    renderer().render(view(search.options(console, List.of())));
    return ExitCode.OK;
  }

  private Renderer<LddtreeView> renderer() {
    if (dialect == Dialect.AUDITWHEEL) {
      return new AuditwheelLddtreeLog(console);
    }
    return json.value() ? new LddtreeJson(console) : new LddtreeText(console, common.verbose());
  }

  private LddtreeView view(LoaderOptions options) throws IOException {
    String file = name.value();
    int colon = file.lastIndexOf(WHEEL + ":") + WHEEL.length();
    if (colon >= WHEEL.length()) {
      Path wheel = console.directory().resolve(file.substring(0, colon));
      return new LddtreeView.OfFile(libraries(wheel, options).tree(file.substring(colon + 1)));
    }
    Path path = console.directory().resolve(file);
    if (file.endsWith(WHEEL) && Files.isRegularFile(path)) {
      List<DependencyTree> trees = RootTrees.of(libraries(path, options).trees());
      return new LddtreeView.OfWheel(String.valueOf(path.getFileName()), trees);
    }
    SystemFile found = SystemFile.find(file, path, options);
    found.assumedLibc().ifPresent(libc -> warn(file, ASSUMED + libc.displayName()));
    return new LddtreeView.OfFile(found.tree());
  }

  private WheelLibraries libraries(Path wheel, LoaderOptions options) throws IOException {
    WheelLibraries libraries = WheelLibraries.read(wheel, options);
    libraries.damages().forEach(damage -> warn(wheel.toString(), damage));
    return libraries;
  }

  private void warn(String file, String message) {
    if (!common.quiet()) {
      console.message(file + ": " + message);
    }
  }
}
