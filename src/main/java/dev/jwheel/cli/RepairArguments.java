// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.cli.config.Environment;
import dev.jwheel.cli.config.Setting;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.repair.RepairOptions;
import dev.jwheel.wheel.zip.DosTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The arguments of {@code jwheel repair}. */
final class RepairArguments {
  private static final String RUN_PATHS = "run-paths";
  private static final String LEVEL_VARIABLE = "ZIP_COMPRESSION_LEVEL";
  private static final List<String> PATCHERS = List.of("patchelf", "lief-patchelf", "none");

  private final Arguments arguments;
  final Argument<List<Path>> wheels;
  private final AuditArguments audit;
  private final Argument<String> directory;
  private final Argument<String> librarySuffix;
  private final Argument<String> only;
  private final Argument<Boolean> onlyPlatform;
  private final Argument<Boolean> keepTags;
  private final Argument<Boolean> strip;
  private final Argument<Boolean> clearStack;
  private final Argument<Boolean> allowPurelib;
  private final Argument<Boolean> noQuery;
  private final Argument<Boolean> rebuildRecord;
  private final Argument<String> level;
  final Argument<Boolean> allowPure;
  final Argument<Boolean> dryRun;
  final Argument<Boolean> json;
  private final Argument<Boolean> inPlace;
  private final Argument<String> patcher;
  final CommonArguments common;

  RepairArguments(Command command) {
    arguments =
        new Arguments(
            command,
            "repair",
            "Bundle external libraries into wheels, fix run paths and names of their ELF files,"
                + " retag.");
    wheels = arguments.files("WHEEL", "Wheels, or directories of them.");
    audit =
        new AuditArguments(
            arguments,
            new PlatformArgument(
                arguments,
                true,
                "The tag to reach: of any architecture, in any spelling, with or without the"
                    + " architecture; linux to graft without a promise; auto, the default, for the"
                    + " best; repeatable, for files that fit both C libraries."),
            PolicyArguments.of(arguments, "Judge by"),
            "Do not graft");
    directory =
        arguments.textOr("wheelhouse", "DIR", "Where the repaired wheels go.", "-w", "--wheel-dir");
    librarySuffix =
        arguments.textOr(
            ".libs",
            "SUFFIX",
            "What follows the name in that of the library directory.",
            "-L",
            "--lib-sdir");
    only =
        arguments.text(
            RUN_PATHS,
            "Do nothing but this: run-paths takes entries that search the current directory, or a"
                + " fixed one, out of every ELF file.",
            "--only");
    onlyPlatform =
        arguments.flag("Use exactly --plat, even if a better tag is possible.", "--only-plat");
    keepTags =
        arguments.flag("Do not change the tags in the file name and WHEEL.", "--no-update-tags");
    strip = arguments.flag("Drop symbol tables and debug sections.", "--strip");
    clearStack =
        arguments.flag("Clear the executable-stack flag of every ELF file.", "--clear-execstack");
    allowPurelib = arguments.flag("Accept ELF files in purelib.", "--allow-purelib");
    rebuildRecord =
        arguments.flag(
            "Rewrite RECORD although its hashes are malformed; all content is read first, and"
                + " what contradicts a hash that is well-formed is refused.",
            "--rebuild-record");
    noQuery =
        arguments.flag(
            "Do not start rpm, which is asked for the packages of grafted libraries where there is"
                + " an RPM database.",
            "--no-package-query");
    level =
        arguments.textOrVariable(
            "6", LEVEL_VARIABLE, "0..9", "How well to compress.", "-z", "--zip-compression-level");
    allowPure = arguments.flag("Copy a pure Python wheel as it is.", "--allow-pure-python-wheel");
    dryRun = arguments.flag("Print the plan and write nothing.", "--dry-run");
    json = arguments.json("Print the plan, or what was done, as JSON.");
    inPlace =
        arguments.flag("Replace each wheel by its repaired version (ignores -w).", "--in-place");
    patcher =
        arguments.text(
            "NAME",
            "Ignored with a note: ELF files are edited by jwheel itself. One of patchelf,"
                + " lief-patchelf and none, as auditwheel has it.",
            "--patcher");
    common = new CommonArguments(arguments);
    arguments.footer(
        "Exit status: 0 repaired; 1 a wheel cannot be repaired as asked; 2 a file cannot be read or"
            + " written.");
    arguments.example("jwheel repair --plat manylinux_2_28 -w wheelhouse dist/*.whl");
  }

  CommandSpec spec() {
    return arguments.spec();
  }

  AuditOptions auditOptions(Console console) throws IOException {
    return audit.options(console);
  }

  /** Returns the environment variable that the tag comes from; empty where it was typed. */
  Optional<String> platformVariable(Console console) {
    return audit.platformVariable(console);
  }

  RepairOptions repairOptions(Console console) {
    return new RepairOptions(
        librarySuffix.value(),
        onlyPlatform.value(),
        !keepTags.value(),
        strip.value(),
        clearStack.value(),
        allowPurelib.value(),
        !noQuery.value(),
        rebuildRecord.value(),
        time(new Environment(console).sourceDateEpoch()));
  }

  private OptionalInt time(Setting epoch) {
    if (epoch.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(DosTime.ofEpochSecond(Long.parseLong(epoch.value())));
    } catch (NumberFormatException e) {
      throw arguments.wrongUsage(
          epoch.name() + " is " + epoch.value() + ", expected a number of seconds");
    }
  }

  /** Returns whether only run paths are to be repaired. */
  boolean onlyRunPaths() {
    if (only.value().isEmpty()) {
      return false;
    }
    if (!only.value().equals(RUN_PATHS)) {
      throw arguments.wrongUsage("--only is " + only.value() + ", expected " + RUN_PATHS);
    }
    if (strip.value() || clearStack.value()) {
      throw arguments.wrongUsage(
          "--only "
              + RUN_PATHS
              + " changes nothing else; expected neither --strip nor"
              + " --clear-execstack with it");
    }
    return true;
  }

  /** Returns the level of compression, 0 to 9. */
  int compression(Console console) {
    Setting variable = new Environment(console).variable(LEVEL_VARIABLE);
    boolean typed = level.given().isPresent() || variable.isEmpty();
    Setting setting = typed ? new Setting(level.name(), level.value()) : variable;
    String text = setting.value();
    if (text.length() != 1 || text.charAt(0) < '0' || text.charAt(0) > '9') {
      throw arguments.wrongUsage(setting.name() + " is " + text + ", expected 0 to 9");
    }
    return text.charAt(0) - '0';
  }

  /**
   * Returns the program that was asked to edit ELF files; empty where none was.
   *
   * @throws ParameterException if auditwheel does not know it either
   */
  Optional<String> patcher() {
    if (patcher.given().isPresent() && !PATCHERS.contains(patcher.value())) {
      throw arguments.wrongUsage(
          "--patcher is "
              + patcher.value()
              + ", expected one of "
              + String.join(", ", PATCHERS)
              + " (each is ignored)");
    }
    return patcher.given();
  }

  /**
   * Returns where the results go.
   *
   * @param replaces whether a result may replace a wheel that has its name
   */
  RepairOutput output(Console console, boolean replaces) {
    return new RepairOutput(
        console.directory().resolve(directory.value()), inPlace.value(), replaces, wheels.value());
  }
}
