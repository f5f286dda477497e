// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.edit.SideEffects;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.OsAbi;
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
      requireLoadable(bytes);
      ElfBinary facts = ElfReader.read(bytes);
      print(bytes, facts);
      ElfEdits edits = PatchelfEdits.of(arguments, facts);
      edit(file, bytes, edits);
      if (!facts.dynamic()
          && edits.interpreter().isEmpty()
          && (!edits.isHeaderOnly() || arguments.shrinkRpath.value())) {
        console.message(file + ": the file has no dynamic section, so there was nothing to change");
      }
      return ExitCode.OK;
    } catch (UnsupportedLayoutException e) {
      return failed(ExitCode.REFUSED, e);
    } catch (IOException | ElfFormatException e) {
      return failed(ExitCode.UNUSABLE, e);
    }
  }

  private ExitCode failed(ExitCode code, Exception problem) {
    new ErrorMessages(console, spec().qualifiedName(), debug()).print(problem);
    return code;
  }

  /** A file of another kind has none of what can be printed and edited. */
  private static void requireLoadable(ElfBytes file)
      throws ElfFormatException, UnsupportedLayoutException {
    int type = file.u16(FileHeader.E_TYPE);
    if (type != FileHeader.ET_EXEC && type != FileHeader.ET_DYN) {
      String kind =
          switch (type) {
            case FileHeader.ET_REL -> "an object file";
            case FileHeader.ET_CORE -> "a core file";
            default -> "a file of e_type " + type;
          };
      throw lacks(file, "it is " + kind + ", expected a program or a library");
    }
  }

  /** Prints what the file holds before it is edited, in patchelf's order. */
  private void print(ElfBytes file, ElfBinary facts)
      throws ElfFormatException, UnsupportedLayoutException {
    if (arguments.printInterpreter.value()) {
      printLine(
          facts
              .interpreter()
              .orElseThrow(() -> lacks(file, "the file has no interpreter (PT_INTERP)")));
    }
    if (arguments.printOsAbi.value()) {
      printLine(OsAbi.nameOf(facts.identity().osAbi()));
    }
    if (facts.dynamic()) {
      printDynamic(facts);
    } else if (arguments.printRpath.value() || arguments.printNeeded.value()) {
      requireDynamicElsewhere(file);
    }
    if (arguments.printExecstack.value()) {
      printLine("execstack: " + executableStack(facts));
    }
    if (arguments.printNeeded.value()) {
      facts.needed().forEach(this::printLine);
    }
  }

  private void printDynamic(ElfBinary facts) {
    if (arguments.printSoname.value()) {
      facts.soname().ifPresent(this::printLine);
    }
    if (arguments.printRpath.value()) {
      printLine(PatchelfEdits.searchPath(facts).orElse(""));
    }
  }

  /** In a file of debug information the section has a header, its content is in another file. */
  private static void requireDynamicElsewhere(ElfBytes file)
      throws ElfFormatException, UnsupportedLayoutException {
    ElfImage image = ElfImage.read(file);
    for (int i = 0; i < image.sections().size(); i++) {
      if (!image.sections().get(i).hasContent() && image.sectionName(i).equals(".dynamic")) {
        return;
      }
    }
    throw lacks(file, "the file has no dynamic section");
  }

  private static UnsupportedLayoutException lacks(ElfBytes file, String problem) {
    return new UnsupportedLayoutException(file.name(), problem);
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
    if (debug()) {
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

  private boolean debug() {
    return arguments.debug.value() || console.variables().containsKey("PATCHELF_DEBUG");
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
