package dev.jwheel.cli;

/** Knows whether standard output is a terminal. */
final class Terminal {
  private Terminal() {}

  /**
   * Whether standard output is a terminal. The launcher tells through the system property {@code
   * jwheel.terminal}; without it the Java console decides, which wants standard input to be one
   * too.
   */
  static boolean isTerminal() {
    String told = System.getProperty("jwheel.terminal");
    return told == null ? System.console() != null && isRealConsole() : told.equals("true");
  }

  private static boolean isRealConsole() {
    // JDK 22 and newer return a console object for pipes too.
    return Runtime.version().feature() < 22 || System.getenv("TERM") != null;
  }
}
