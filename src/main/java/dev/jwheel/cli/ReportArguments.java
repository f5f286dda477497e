// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.check.CheckResult;
import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.report.Baseline;
import dev.jwheel.report.CheckReport;
import dev.jwheel.report.GitHubAnnotations;
import dev.jwheel.report.GitLabReport;
import dev.jwheel.report.JUnitReport;
import dev.jwheel.report.MarkdownReport;
import dev.jwheel.report.ReportWriter;
import dev.jwheel.report.SarifReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The options that write results for other programs, and the baseline. */
final class ReportArguments {
  private final Console console;
  private final Argument<String> sarif;
  private final Argument<String> gitlab;
  private final Argument<String> junit;
  private final Argument<String> markdown;
  private final Argument<String> anchor;
  private final Argument<String> baseline;
  private final Argument<String> writeBaseline;
  private final Argument<Boolean> noCi;

  /** Adds them to the arguments of a command. */
  ReportArguments(Console console, Arguments arguments) {
    this.console = console;
    sarif = file(arguments, "Write SARIF 2.1.0 to this file.", "--sarif");
    gitlab = file(arguments, "Write GitLab's code quality report to this file.", "--gitlab");
    junit = file(arguments, "Write JUnit's XML to this file.", "--junit");
    markdown = file(arguments, "Write a Markdown table to this file.", "--markdown");
    anchor =
        file(
            arguments,
            "The file of the repository that reports point to: pyproject.toml or setup.py if it"
                + " is there.",
            "--anchor");
    baseline = file(arguments, "Leave out the results that this file lists.", "--baseline");
    writeBaseline = file(arguments, "Write all results as a baseline.", "--write-baseline");
    noCi = arguments.flag("Write no annotations in GitHub Actions.", "--no-ci");
  }

  private static Argument<String> file(Arguments arguments, String description, String name) {
    return arguments.text("FILE", description, name);
  }

  /**
   * Returns the results that do not count.
   *
   * @throws IOException if the file cannot be read
   */
  Optional<Baseline> baseline() throws IOException {
    return baseline.value().isEmpty()
        ? Optional.empty()
        : Optional.of(Baseline.read(Path.of(baseline.value())));
  }

  /** Returns the file of the repository that reports point to. */
  String anchor(List<Input> files) {
    if (!anchor.value().isEmpty()) {
      return anchor.value();
    }
    for (String name : new String[] {"pyproject.toml", "setup.py"}) {
      if (Files.exists(console.directory().resolve(name))) {
        return name;
      }
    }
    return files.isEmpty() ? "pyproject.toml" : files.get(0).reportedPath().toString();
  }

  /**
   * Writes everything that was asked for.
   *
   * @param quiet whether to write nothing that was not
   * @throws IOException if a file cannot be written
   */
  void write(CheckReport report, List<CheckResult> results, boolean quiet) throws IOException {
    write(report, sarif, new SarifReport());
    write(report, gitlab, new GitLabReport());
    write(report, junit, new JUnitReport());
    write(report, markdown, new MarkdownReport());
    if (!writeBaseline.value().isEmpty()) {
      try (Writer out = open(writeBaseline.value())) {
        Baseline.write(results, out);
      }
    }
    boolean github = console.variable("GITHUB_ACTIONS").equals("true");
    if (github && !noCi.value() && !quiet) {
      annotate(report);
    }
  }

  private static void write(CheckReport report, Argument<String> file, ReportWriter writer)
      throws IOException {
    if (!file.value().isEmpty()) {
      try (Writer out = open(file.value())) {
        writer.write(report, out);
      }
    }
  }

  /** Opens a file in its place: it may be a device or a pipe. */
  private static Writer open(String file, OpenOption... options) throws IOException {
    return Files.newBufferedWriter(Path.of(file), StandardCharsets.UTF_8, options);
  }

  private void annotate(CheckReport report) throws IOException {
    StringWriter commands = new StringWriter();
    new GitHubAnnotations().write(report, commands);
    commands.toString().lines().forEach(console::message);
    String summary = console.variable("GITHUB_STEP_SUMMARY");
    if (!summary.isEmpty()) {
      try (Writer out = open(summary, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        new MarkdownReport().write(report, out);
      }
    }
  }
}
