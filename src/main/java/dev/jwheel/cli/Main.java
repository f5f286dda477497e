package dev.jwheel.cli;

/** The entry point of the {@code jwheel} program. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    // picocli would look for java.sql and java.time to convert to, a tenth of the time of a start.
    System.setProperty("picocli.converters.excludes", ".*");
    System.exit(Program.run(Console.ofProcess(), arguments));
  }
}
