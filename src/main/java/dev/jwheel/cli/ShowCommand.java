package dev.jwheel.cli;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jwheel show}: audits wheels. */
@Command(name = "show", description = "Audit wheels: the platform tag each deserves, and why.")
final class ShowCommand implements Callable<Integer> {
  private final Console console;

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "WHEEL", arity = "1..*", description = "The wheels to audit.")
  List<Path> wheels = List.of();

  ShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    for (Path wheel : wheels) {
      if (!Files.exists(wheel)) {
        throw new NoSuchFileException(wheel.toString());
      }
      console.out().println(wheel);
    }
    return ExitCode.OK.status();
  }
}
