package dev.jwheel.cli;

import dev.jwheel.elf.ByteSource;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfBytes;
import dev.jwheel.elf.ElfFormatException;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.edit.ElfEdits;
import dev.jwheel.elf.edit.ElfPatch;
import dev.jwheel.elf.edit.RpathEdit;
import dev.jwheel.elf.edit.RpathKind;
import dev.jwheel.elf.edit.StackEdit;
import dev.jwheel.elf.edit.UnsupportedLayoutException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jwheel patchelf}: edits ELF files as the program patchelf does, by its own options. */
@Command(
    name = "patchelf",
    description = {
      "Edit ELF files, in place unless --output is given.",
      "The options are those of patchelf 0.18; a text that starts with @ names a file that holds it."
    },
    versionProvider = PatchelfVersion.class,
    footer = {
      "",
      "Not supported, and refused: --print-os-abi --set-os-abi --no-sort --clear-symbol-version",
      "--add-debug-tag --build-resolution-cache --rename-dynamic-symbols --no-clobber-old-sections.",
      "",
      "Exit status: 0 done; 1 the file cannot be changed as asked, or lacks what was asked for;",
      "2 wrong usage, or a file that cannot be read."
    })
final class PatchelfCommand implements Callable<Integer> {
  private final Console console;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin RefusedPatchelfOptions refused = new RefusedPatchelfOptions();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The ELF files.")
  List<Path> files = List.of();

  @Option(
      names = "--set-interpreter",
      paramLabel = "PATH",
      description = "Set the dynamic loader (PT_INTERP).")
  String interpreter = "";

  @Option(names = "--print-interpreter", description = "Print the dynamic loader.")
  boolean printInterpreter;

  @Option(names = "--set-soname", paramLabel = "NAME", description = "Set DT_SONAME of a library.")
  Optional<String> soname = Optional.empty();

  @Option(names = "--print-soname", description = "Print DT_SONAME.")
  boolean printSoname;

  @Option(names = "--set-rpath", paramLabel = "PATH", description = "Set DT_RUNPATH.")
  Optional<String> setRpath = Optional.empty();

  @Option(names = "--add-rpath", paramLabel = "PATH", description = "Append to DT_RUNPATH.")
  Optional<String> addRpath = Optional.empty();

  @Option(names = "--remove-rpath", description = "Remove DT_RPATH and DT_RUNPATH.")
  boolean removeRpath;

  @Option(
      names = "--shrink-rpath",
      description = "Keep only those absolute directories in which a needed library is found.")
  boolean shrinkRpath;

  @Option(
      names = "--allowed-rpath-prefixes",
      paramLabel = "PREFIXES",
      description = "With --shrink-rpath, keep only directories that start with one of these.")
  Optional<String> allowedPrefixes = Optional.empty();

  @Option(names = "--force-rpath", description = "Use DT_RPATH instead of DT_RUNPATH.")
  boolean forceRpath;

  @Option(names = "--print-rpath", description = "Print DT_RUNPATH, else DT_RPATH.")
  boolean printRpath;

  @Option(
      names = "--add-needed",
      paramLabel = "LIBRARY",
      description = "Add a DT_NEEDED before the others; repeatable.")
  List<String> addedNeeded = List.of();

  @Option(
      names = "--remove-needed",
      paramLabel = "LIBRARY",
      description = "Remove a DT_NEEDED; repeatable.")
  List<String> removedNeeded = List.of();

  @Option(
      names = "--replace-needed",
      paramLabel = "LIBRARY",
      arity = "2",
      description = "Replace a DT_NEEDED by another; repeatable.")
  List<String> replacedNeeded = List.of();

  @Option(names = "--print-needed", description = "Print every DT_NEEDED.")
  boolean printNeeded;

  @Option(names = "--no-default-lib", description = "Have no default directory searched.")
  boolean noDefaultLib;

  @Option(names = "--print-execstack", description = "Print whether the stack must be executable.")
  boolean printExecstack;

  @Option(names = "--clear-execstack", description = "The stack need not be executable.")
  boolean clearExecstack;

  @Option(names = "--set-execstack", description = "The stack must be executable.")
  boolean setExecstack;

  @Option(
      names = "--page-size",
      paramLabel = "SIZE",
      description = "Accepted for compatibility: pages follow from the file and its machine.")
  int pageSize;

  @Option(names = "--output", paramLabel = "FILE", description = "Write here, not in place.")
  Optional<Path> output = Optional.empty();

  @Option(names = "--debug", description = "Tell what is done, and show the trace of an error.")
  boolean debug;

  @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
  boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  PatchelfCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkUsage();
    for (Path file : files) {
      ExitCode code = process(file);
      if (code != ExitCode.OK) {
        return code.status();
      }
    }
    return ExitCode.OK.status();
  }

  private void checkUsage() {
    if (setRpath.isPresent() && addRpath.isPresent()) {
      throw wrongUsage("--set-rpath and --add-rpath exclude each other");
    }
    if (output.isPresent() && files.size() > 1) {
      throw wrongUsage("--output is for a single file");
    }
  }

  private ParameterException wrongUsage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private ExitCode process(Path file) {
    try {
      ByteSource source = ByteSource.of(file);
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
    console.out().flush();
    console.say(spec.qualifiedName() + ": " + Failure.message(problem));
    if (debug) {
      problem.printStackTrace(console.err());
    }
    return code;
  }

  // ---- printing: what the file holds before it is edited, in patchelf's order

  private void print(Path file, ElfBinary facts) throws UnsupportedLayoutException {
    if (printInterpreter) {
      printLine(
          facts
              .interpreter()
              .orElseThrow(() -> lacks(file, "the file has no interpreter (PT_INTERP)")));
    }
    if ((printSoname || printRpath || printNeeded) && !facts.dynamic()) {
      throw lacks(file, "the file has no dynamic section");
    }
    if (printSoname) {
      facts.soname().ifPresent(this::printLine);
    }
    if (printRpath) {
      printLine(searchPath(facts).orElse(""));
    }
    if (printExecstack) {
      printLine("execstack: " + executableStack(facts));
    }
    if (printNeeded) {
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
    ElfEdits.Builder edits = ElfEdits.builder().rpath(rpathEdit(facts)).stack(stackEdit());
    try {
      if (soname.isPresent()) {
        edits.soname(RawText.ofArgument(soname.get()));
      }
      if (!interpreter.isEmpty()) {
        edits.interpreter(RawText.ofArgument(interpreter));
      }
      for (String name : removedNeeded) {
        edits.removeNeeded(RawText.ofArgument(name));
      }
      for (int i = 0; i < replacedNeeded.size(); i += 2) {
        edits.replaceNeeded(
            RawText.ofArgument(replacedNeeded.get(i)),
            RawText.ofArgument(replacedNeeded.get(i + 1)));
      }
      for (String name : addedNeeded) {
        edits.addNeeded(RawText.ofArgument(name));
      }
      if (noDefaultLib) {
        edits.noDefaultLibraries();
      }
      return edits.build();
    } catch (IllegalArgumentException e) {
      throw wrongUsage(e.getMessage());
    }
  }

  private StackEdit stackEdit() {
    if (printExecstack) {
      return StackEdit.KEEP;
    }
    if (clearExecstack) {
      return StackEdit.CLEAR;
    }
    return setExecstack ? StackEdit.SET : StackEdit.KEEP;
  }

  private RpathEdit rpathEdit(ElfBinary facts) throws IOException {
    RpathKind kind = forceRpath ? RpathKind.RPATH : RpathKind.RUNPATH;
    if (shrinkRpath) {
      Optional<String> path = searchPath(facts);
      return path.isEmpty()
          ? new RpathEdit.Keep()
          : new RpathEdit.SetTo(shrinker(facts).shrink(path.get()), kind);
    }
    if (removeRpath) {
      return new RpathEdit.Remove();
    }
    if (setRpath.isPresent()) {
      return new RpathEdit.SetTo(RawText.ofArgument(setRpath.get()), kind);
    }
    return addRpath.isPresent() && !addRpath.get().isEmpty()
        ? new RpathEdit.Append(RawText.ofArgument(addRpath.get()), kind)
        : new RpathEdit.Keep();
  }

  private RpathShrinker shrinker(ElfBinary facts) throws IOException {
    List<String> prefixes =
        allowedPrefixes.isPresent()
            ? List.of(RawText.ofArgument(allowedPrefixes.get()).split(":"))
            : List.of();
    return new RpathShrinker(facts, prefixes);
  }

  private void edit(Path file, ElfBytes bytes, ElfEdits edits)
      throws IOException, ElfFormatException, UnsupportedLayoutException {
    ElfPatch patch = ElfEditor.edit(bytes, edits);
    if (debug) {
      console.say(file + ": " + summary(patch));
    }
    if (output.isPresent()) {
      EditedFile.write(file, output.get(), channel -> patch.applyTo(bytes.source(), channel));
    } else if (!patch.isEmpty()) {
      EditedFile.write(file, file, channel -> patch.applyTo(bytes.source(), channel));
    }
  }

  private static String summary(ElfPatch patch) {
    return patch.isEmpty()
        ? "nothing to change"
        : "edited " + patch.rung().title() + ", " + patch.growth() + " bytes grown";
  }
}
