package dev.jwheel.cli;

import picocli.CommandLine.Option;

/** The options that every command has. */
final class CommonOptions {
  @Option(
      names = {"-v", "--verbose"},
      description = "Tell more.")
  boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Tell nothing but results and errors.")
  boolean quiet;

  @Option(names = "--debug", description = "Show the stack trace of an error.")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
