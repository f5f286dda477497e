// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.input.SymbolMap;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.format.OsAbi;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.elf.patch.SymbolEdits;
import dev.jwheel.link.RpathShrinker;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ParameterException;

/** The edits that {@code jwheel patchelf} is asked for. */
final class PatchelfEdits {
  private final PatchelfArguments arguments;

  private PatchelfEdits(PatchelfArguments arguments) {
    this.arguments = arguments;
  }

  /**
   * Returns the edits that the arguments ask for.
   *
   * @throws IOException if a file that an argument names cannot be read
   * @throws ParameterException if an argument cannot be a value
   */
  static ElfEdits of(PatchelfArguments arguments, ElfBinary facts) throws IOException {
    return new PatchelfEdits(arguments).edits(facts);
  }

  /** Returns DT_RUNPATH, or else DT_RPATH. */
  static Optional<String> searchPath(ElfBinary facts) {
    return facts.runpath().or(facts::rpath);
  }

  private ElfEdits edits(ElfBinary facts) throws IOException {
    try {
      ElfEdits.Builder edits = ElfEdits.builder().rpath(rpathEdit(facts)).stack(stackEdit());
      if (arguments.soname.given().isPresent()) {
        edits.soname(ElfArgument.decode(arguments.soname.value()));
      }
      if (!arguments.interpreter.value().isEmpty()) {
        edits.interpreter(ElfArgument.decode(arguments.interpreter.value()));
      }
      for (String name : arguments.removedNeeded.value()) {
        edits.removeNeeded(ElfArgument.decode(name));
      }
      List<String> pairs = arguments.replacedNeeded.value();
      for (int i = 0; i < pairs.size(); i += 2) {
        edits.replaceNeeded(ElfArgument.decode(pairs.get(i)), ElfArgument.decode(pairs.get(i + 1)));
      }
      for (String name : arguments.addedNeeded.value()) {
        edits.addNeeded(ElfArgument.decode(name));
      }
      if (arguments.noDefaultLib.value()) {
        edits.noDefaultLibraries();
      }
      if (arguments.debugTag.value()) {
        edits.debugTag();
      }
      if (arguments.osAbi.given().isPresent()) {
        edits.osAbi(osAbi(ElfArgument.decode(arguments.osAbi.value())));
      }
      if (!arguments.unversioned.value().isEmpty() || arguments.symbolMap.given().isPresent()) {
        edits.symbols(symbols());
      }
      return edits.build();
    } catch (IllegalArgumentException e) {
      throw arguments.wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  private SymbolEdits symbols() throws IOException {
    Set<String> unversioned = new LinkedHashSet<>();
    for (String name : arguments.unversioned.value()) {
      unversioned.add(ElfArgument.decode(name));
    }
    Map<String, String> renamed =
        arguments.symbolMap.given().isPresent()
            ? SymbolMap.read(arguments.symbolMap.value())
            : Map.of();
    return new SymbolEdits(renamed, unversioned);
  }

  private static int osAbi(String name) {
    return OsAbi.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--set-os-abi: '"
                        + name
                        + "' is not an OS ABI, expected one that --print-os-abi prints, such as"
                        + " 'System V' or Linux"))
        .number();
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
      return new RpathEdit.SetTo(ElfArgument.decode(arguments.setRpath.value()), kind);
    }
    String added = arguments.addRpath.value();
    return added.isEmpty()
        ? new RpathEdit.Keep()
        : new RpathEdit.Append(ElfArgument.decode(added), kind);
  }

  private RpathShrinker shrinker(ElfBinary facts) throws IOException {
    List<String> prefixes =
        arguments.allowedPrefixes.given().isPresent()
            ? List.of(ElfArgument.decode(arguments.allowedPrefixes.value()).split(":"))
            : List.of();
    return new RpathShrinker(facts, prefixes);
  }
}
