// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.edit.SideEffects;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import dev.jwheel.io.EditedFile;
import dev.jwheel.io.ElfStrings;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel patchelf}: edits ELF files as the program patchelf does, by its own options. */
final class PatchelfCommand implements Command {
  private final Console console;
  private final PatchelfArguments arguments = new PatchelfArguments(this);

  PatchelfCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() {
    arguments.check();
    for (Path file : arguments.files.value()) {
      ExitCode code = process(file);
      if (code != ExitCode.OK) {
        return code;
      }
    }
    return ExitCode.OK;
  }

  private ExitCode process(Path file) {
    try {
      ByteSource source = ByteSource.of(located(file));
      ElfBytes bytes = ElfBytes.of(file.toString(), source);
      ElfBinary facts = ElfReader.read(bytes);
      print(file, facts);
      edit(file, bytes, PatchelfEdits.of(arguments, facts));
      return ExitCode.OK;
    } catch (UnsupportedLayoutException e) {
      return failed(ExitCode.REFUSED, e);
    } catch (IOException | ElfFormatException e) {
      return failed(ExitCode.UNUSABLE, e);
    }
  }

  private ExitCode failed(ExitCode code, Exception problem) {
    new ErrorMessages(console, spec().qualifiedName(), arguments.debug.value()).print(problem);
    return code;
  }

  /** Prints what the file holds before it is edited, in patchelf's order. */
  private void print(Path file, ElfBinary facts) throws UnsupportedLayoutException {
    if (arguments.printInterpreter.value()) {
      printLine(
          facts
              .interpreter()
              .orElseThrow(() -> lacks(file, "the file has no interpreter (PT_INTERP)")));
    }
    if ((arguments.printSoname.value()
            || arguments.printRpath.value()
            || arguments.printNeeded.value())
        && !facts.dynamic()) {
      throw lacks(file, "the file has no dynamic section");
    }
    if (arguments.printSoname.value()) {
      facts.soname().ifPresent(this::printLine);
    }
    if (arguments.printRpath.value()) {
      printLine(PatchelfEdits.searchPath(facts).orElse(""));
    }
    if (arguments.printExecstack.value()) {
      printLine("execstack: " + executableStack(facts));
    }
    if (arguments.printNeeded.value()) {
      facts.needed().forEach(this::printLine);
    }
  }

  private static UnsupportedLayoutException lacks(Path file, String problem) {
    return new UnsupportedLayoutException(file.toString(), problem);
  }

  private void printLine(String text) {
    byte[] line = ElfStrings.bytes(text + "\n");
    console.out().write(line, 0, line.length);
  }

  private static String executableStack(ElfBinary facts) {
    return switch (facts.stack()) {
      case REQUIRED -> "X";
      case NOT_REQUIRED -> "-";
      case UNSPECIFIED -> "?";
    };
  }

  private void edit(Path file, ElfBytes bytes, ElfEdits edits)
      throws IOException, ElfFormatException, UnsupportedLayoutException {
    ElfPatch patch = ElfEditor.edit(bytes, edits);
    if (arguments.debug.value()) {
      console.message(file + ": " + summary(patch));
    }
    for (String effect : SideEffects.of(bytes, patch)) {
      console.message(file + ": " + effect);
    }
    Path target = arguments.output.given().map(Path::of).orElse(file);
    if (!patch.isEmpty() || !target.equals(file)) {
      EditedFile.write(
          located(file), located(target), channel -> patch.applyTo(bytes.source(), channel));
    }
  }

  private Path located(Path file) {
    return console.directory().resolve(file);
  }

  private static String summary(ElfPatch patch) {
    return patch.isEmpty()
        ? "nothing to change"
        : "edited " + patch.layout().title() + ", " + patch.growth() + " bytes grown";
  }
}
