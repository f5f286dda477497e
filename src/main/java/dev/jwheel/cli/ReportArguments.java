// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.check.CheckResult;
import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.io.OutputFile;
import dev.jwheel.report.Baseline;
import dev.jwheel.report.CheckReport;
import dev.jwheel.report.GitHubAnnotations;
import dev.jwheel.report.GitLabReport;
import dev.jwheel.report.JUnitReport;
import dev.jwheel.report.MarkdownReport;
import dev.jwheel.report.ReportWriter;
import dev.jwheel.report.SarifReport;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
      save(writeBaseline.value(), out -> Baseline.write(results, out));
    }
    boolean github = console.variable("GITHUB_ACTIONS").equals("true");
    if (github && !noCi.value() && !quiet) {
      annotate(report);
    }
  }

  private void write(CheckReport report, Argument<String> file, ReportWriter writer)
      throws IOException {
    if (!file.value().isEmpty()) {
      save(file.value(), out -> writer.write(report, out));
    }
  }

  /** The content of a file. */
  private interface Content {
    void write(Writer out) throws IOException;
  }

  /** Writes a file as a whole, or into the device or pipe that it is. */
  private void save(String file, Content content) throws IOException {
    try (OutputFile output = OutputFile.create(console.directory().resolve(file))) {
      Writer out = new OpenWriter(Channels.newWriter(output.channel(), StandardCharsets.UTF_8));
      content.write(out);
      out.flush();
      output.commit();
    }
  }

  /** A writer that stays open: what is written through it takes its place afterwards. */
  private static final class OpenWriter extends FilterWriter {
    OpenWriter(Writer out) {
      super(out);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private void annotate(CheckReport report) throws IOException {
    StringWriter commands = new StringWriter();
    new GitHubAnnotations().write(report, commands);
    commands.toString().lines().forEach(console::message);
    String summary = console.variable("GITHUB_STEP_SUMMARY");
    if (!summary.isEmpty()) {
      try (Writer out =
          Files.newBufferedWriter(
              Path.of(summary), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        new MarkdownReport().write(report, out);
      }
    }
  }
}
