package dev.jwheel.cli;

/** The options that every command has. */
final class CommonArguments {
  private final Argument<Boolean> verbose;
  private final Argument<Boolean> quiet;
  private final Argument<Boolean> debug;

  /** Adds them to what a command takes. */
  CommonArguments(Arguments arguments) {
    verbose = arguments.flag("Tell more.", "-v", "--verbose");
    quiet = arguments.flag("Tell nothing but results and errors.", "-q", "--quiet");
    debug = arguments.flag("Show the stack trace of an error.", "--debug");
    arguments.help("Show this help and exit.", "-h", "--help");
  }

  boolean verbose() {
    return verbose.value();
  }

  boolean quiet() {
    return quiet.value();
  }

  boolean debug() {
    return debug.value();
  }
}
