package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import dev.jwheel.io.EditedFile;
import dev.jwheel.link.RpathShrinker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
      edit(file, bytes, edits(facts));
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

  // ---- printing: what the file holds before it is edited, in patchelf's order

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
      printLine(searchPath(facts).orElse(""));
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
    byte[] line = RawText.bytes(text + "\n");
    console.out().write(line, 0, line.length);
  }

  private static String executableStack(ElfBinary facts) {
    return switch (facts.stack()) {
      case REQUIRED -> "X";
      case NOT_REQUIRED -> "-";
      case UNSPECIFIED -> "?";
    };
  }

  private static Optional<String> searchPath(ElfBinary facts) {
    return facts.runpath().or(facts::rpath);
  }

  // ---- editing

  private ElfEdits edits(ElfBinary facts) throws IOException {
    try {
      ElfEdits.Builder edits = ElfEdits.builder().rpath(rpathEdit(facts)).stack(stackEdit());
      if (arguments.soname.given().isPresent()) {
        edits.soname(RawText.ofArgument(arguments.soname.value()));
      }
      if (!arguments.interpreter.value().isEmpty()) {
        edits.interpreter(RawText.ofArgument(arguments.interpreter.value()));
      }
      for (String name : arguments.removedNeeded.value()) {
        edits.removeNeeded(RawText.ofArgument(name));
      }
      List<String> pairs = arguments.replacedNeeded.value();
      for (int i = 0; i < pairs.size(); i += 2) {
        edits.replaceNeeded(RawText.ofArgument(pairs.get(i)), RawText.ofArgument(pairs.get(i + 1)));
      }
      for (String name : arguments.addedNeeded.value()) {
        edits.addNeeded(RawText.ofArgument(name));
      }
      if (arguments.noDefaultLib.value()) {
        edits.noDefaultLibraries();
      }
      return edits.build();
    } catch (IllegalArgumentException e) {
      throw arguments.wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  private StackEdit stackEdit() {
    if (arguments.printExecstack.value()) {
      return StackEdit.KEEP;
    }
    if (arguments.clearExecstack.value()) {
      return StackEdit.CLEAR;
    }
    return arguments.setExecstack.value() ? StackEdit.SET : StackEdit.KEEP;
  }

  private RpathEdit rpathEdit(ElfBinary facts) throws IOException {
    RpathKind kind = arguments.forceRpath.value() ? RpathKind.RPATH : RpathKind.RUNPATH;
    if (arguments.shrinkRpath.value()) {
      Optional<String> path = searchPath(facts);
      return path.isEmpty()
          ? new RpathEdit.Keep()
          : new RpathEdit.SetTo(shrinker(facts).shrink(path.get()), kind);
    }
    if (arguments.removeRpath.value()) {
      return new RpathEdit.Remove();
    }
    if (arguments.setRpath.given().isPresent()) {
      return new RpathEdit.SetTo(RawText.ofArgument(arguments.setRpath.value()), kind);
    }
    String added = arguments.addRpath.value();
    return added.isEmpty()
        ? new RpathEdit.Keep()
        : new RpathEdit.Append(RawText.ofArgument(added), kind);
  }

  private RpathShrinker shrinker(ElfBinary facts) throws IOException {
    List<String> prefixes =
        arguments.allowedPrefixes.given().isPresent()
            ? List.of(RawText.ofArgument(arguments.allowedPrefixes.value()).split(":"))
            : List.of();
    return new RpathShrinker(facts, prefixes);
  }

  private void edit(Path file, ElfBytes bytes, ElfEdits edits)
      throws IOException, ElfFormatException, UnsupportedLayoutException {
    ElfPatch patch = ElfEditor.edit(bytes, edits);
    if (arguments.debug.value()) {
      console.message(file + ": " + summary(patch));
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
