package dev.jwheel.cli;

/**
 * Runs the usual commands on a wheel. The launcher calls it, with its output thrown away, when it
 * makes its class-data archive, so that the archive holds the classes of every command and not only
 * of the one that happened to be first.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /** Runs the commands on the wheel that the only argument names; throws if one of them fails. */
  public static void main(String[] arguments) throws ClassNotFoundException {
    Class.forName(Rehearsal.class.getPackageName() + ".Main");
    String wheel = arguments[0];
    String[][] commands = {
      {"--version"}, {"--help"}, {"show", "--help"}, {"show", wheel}, {"policies"},
    };
    for (String[] command : commands) {
      int status = Program.run(Console.ofProcess(), command);
      if (status != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": exit status " + status);
      }
    }
  }
}
