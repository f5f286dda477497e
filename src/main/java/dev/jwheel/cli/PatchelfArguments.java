// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What {@code jwheel patchelf} takes: the options of patchelf 0.19, each by its own name. */
final class PatchelfArguments {
  private static final List<String> REFUSED = List.of("--build-resolution-cache");

  private final Arguments arguments;
  private final Map<String, Argument<Boolean>> refused = new LinkedHashMap<>();

  final Argument<List<Path>> files;
  final Argument<String> interpreter;
  final Argument<Boolean> printInterpreter;
  final Argument<Boolean> printOsAbi;
  final Argument<String> osAbi;
  final Argument<String> soname;
  final Argument<Boolean> printSoname;
  final Argument<String> setRpath;
  final Argument<String> addRpath;
  final Argument<Boolean> removeRpath;
  final Argument<Boolean> shrinkRpath;
  final Argument<String> allowedPrefixes;
  final Argument<Boolean> forceRpath;
  final Argument<Boolean> printRpath;
  final Argument<List<String>> addedNeeded;
  final Argument<List<String>> removedNeeded;

  /** Names in pairs: the old one, the new one. */
  final Argument<List<String>> replacedNeeded;

  final Argument<Boolean> printNeeded;
  final Argument<List<String>> unversioned;
  final Argument<String> symbolMap;
  final Argument<Boolean> noDefaultLib;
  final Argument<Boolean> debugTag;
  final Argument<Boolean> printExecstack;
  final Argument<Boolean> clearExecstack;
  final Argument<Boolean> setExecstack;
  final Argument<Integer> pageSize;
  final Argument<String> output;
  final Argument<Boolean> debug;

  PatchelfArguments(Command command) {
    arguments =
        new Arguments(
            command,
            "patchelf",
            "Edit ELF files, in place unless --output is given. The options are those of patchelf"
                + " 0.19; @FILE as a value reads it from FILE.");
    arguments.lastOneCounts();
    arguments.wholeNames();
    files = arguments.files("FILE", "The ELF files.");
    interpreter =
        arguments.text(
            "PATH", "Set the dynamic loader (PT_INTERP).", "--set-interpreter", "--interpreter");
    printInterpreter = arguments.flag("Print the dynamic loader.", "--print-interpreter");
    printOsAbi = arguments.flag("Print the OS ABI (EI_OSABI).", "--print-os-abi");
    osAbi =
        arguments.text(
            "ABI",
            "Set the OS ABI (EI_OSABI) to one of the names that are printed.",
            "--set-os-abi");
    soname = arguments.text("NAME", "Set DT_SONAME of a library.", "--set-soname");
    printSoname = arguments.flag("Print DT_SONAME.", "--print-soname");
    setRpath = arguments.text("PATH", "Set DT_RUNPATH.", "--set-rpath");
    addRpath = arguments.text("PATH", "Append to DT_RUNPATH.", "--add-rpath");
    removeRpath = arguments.flag("Remove DT_RPATH and DT_RUNPATH.", "--remove-rpath");
    shrinkRpath =
        arguments.flag(
            "Keep only those absolute directories in which a needed library is found.",
            "--shrink-rpath");
    allowedPrefixes =
        arguments.text(
            "PREFIXES",
            "With --shrink-rpath, keep only directories that start with one of these.",
            "--allowed-rpath-prefixes");
    forceRpath = arguments.flag("Use DT_RPATH instead of DT_RUNPATH.", "--force-rpath");
    printRpath = arguments.flag("Print DT_RUNPATH, else DT_RPATH.", "--print-rpath");
    addedNeeded =
        arguments.texts(
            "LIBRARY", "Add a DT_NEEDED before the others; repeatable.", "--add-needed");
    removedNeeded =
        arguments.texts("LIBRARY", "Remove a DT_NEEDED; repeatable.", "--remove-needed");
    replacedNeeded =
        arguments.pairs(
            "LIBRARY", "Replace a DT_NEEDED by another; repeatable.", "--replace-needed");
    printNeeded = arguments.flag("Print every DT_NEEDED.", "--print-needed");
    unversioned =
        arguments.texts(
            "SYMBOL",
            "Bind a symbol to no version; a version that no symbol needs any more is not needed"
                + " any more. Repeatable.",
            "--clear-symbol-version");
    symbolMap =
        arguments.text(
            "MAP",
            "Rename dynamic symbols: each line of the file has an old and a new name.",
            "--rename-dynamic-symbols");
    noDefaultLib =
        arguments.flag(
            "Set DF_1_NODEFLIB: do not search the default directories.", "--no-default-lib");
    debugTag = arguments.flag("Add a DT_DEBUG where there is none.", "--add-debug-tag");
    printExecstack =
        arguments.flag("Print whether the stack must be executable.", "--print-execstack");
    clearExecstack = arguments.flag("Clear the executable-stack flag.", "--clear-execstack");
    setExecstack = arguments.flag("The stack must be executable.", "--set-execstack");
    pageSize =
        arguments.number(
            "SIZE",
            "Accepted for compatibility: pages follow from the file and its machine.",
            "--page-size");
    arguments.flag(
        "Accepted for compatibility: nothing is sorted, nothing overwritten that may be in use.",
        "--no-sort",
        "--no-clobber-old-sections");
    output = arguments.text("FILE", "Write here, not in place.", "--output");
    debug =
        arguments.flag(
            "Report what is done, and show the trace of an error; so does PATCHELF_DEBUG in the"
                + " environment.",
            "--debug");
    arguments.version(
        "patchelf 0.19.3 (jwheel " + Version.text() + ")",
        "Show the version and exit.",
        "--version");
    arguments.help("Show this help and exit.", "-h", "--help");
    REFUSED.forEach(name -> refused.put(name, arguments.hiddenFlag(name)));
    arguments.footer(
        "Not supported, and refused: " + String.join(" ", REFUSED) + ".",
        "Exit status: 0 done; 1 the file cannot be changed as asked, or lacks what was asked for; 2"
            + " wrong usage, or a file that cannot be read.");
    arguments.example("jwheel patchelf --set-rpath '$ORIGIN/../lib' libfoo.so");
  }

  CommandSpec spec() {
    return arguments.spec();
  }

  /** Refuses what patchelf could do and this cannot, and what excludes each other. */
  void check() {
    refused.forEach(
        (name, given) -> {
          if (given.value()) {
            throw arguments.wrongUsage("patchelf's option " + name + " is not supported");
          }
        });
    if (setRpath.given().isPresent() && addRpath.given().isPresent()) {
      throw arguments.wrongUsage("--set-rpath and --add-rpath exclude each other");
    }
    if (pageSize.given().isPresent() && pageSize.value() <= 0) {
      throw arguments.wrongUsage("--page-size must be more than 0");
    }
    if (output.given().isPresent() && files.value().size() > 1) {
      throw arguments.wrongUsage("--output is for a single file");
    }
  }

  /** A problem with the arguments that shows only beside the file. */
  ParameterException wrongUsage(String problem) {
    return arguments.wrongUsage(problem);
  }
}
