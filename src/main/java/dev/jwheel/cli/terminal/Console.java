// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.io.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything a command knows of the world it was started in.
 *
 * @param out for data; what {@link #dataTo} returned throws an {@link OutputError} where it cannot
 *     be written
 * @param err for talk: messages and progress
 * @param variables the environment variables
 * @param directory the working directory
 * @param terminal whether {@link #out} is a terminal
 * @param errorTerminal whether {@link #err} is a terminal
 * @param charset the encoding of {@link #out} and {@link #err}
 */
public record Console(
    PrintStream out,
    PrintStream err,
    Map<String, String> variables,
    Path directory,
    boolean terminal,
    boolean errorTerminal,
    Charset charset) {

  private static final int USUAL_WIDTH = 120;
  private static final int TERMINAL_WIDTH = 80;
  private static final int MIN_WIDTH = 40;

  /**
   * The console of this process. Whether its output is a terminal the launcher says, by the system
   * properties {@code jwheel.terminal} and {@code jwheel.terminal.error}: Java can only tell when
   * input is one too.
   */
  public static Console ofProcess() {
    Charset charset = outputCharset();
    return new Console(
        dataTo(new FileOutputStream(FileDescriptor.out), charset),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
        System.getenv(),
        Path.of(""),
        Boolean.getBoolean("jwheel.terminal"),
        Boolean.getBoolean("jwheel.terminal.error"),
        charset);
  }

  /** Returns a stream for data that does not hide failures, as print streams usually do. */
  public static PrintStream dataTo(OutputStream out, Charset charset) {
    return new PrintStream(new OutputError.Thrower(out), false, charset);
  }

  private static Charset outputCharset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    if (name == null) {
      name = System.getProperty("native.encoding");
    }
    return name == null || !Charset.isSupported(name)
        ? Charset.defaultCharset()
        : Charset.forName(name);
  }

  /** An environment variable; an empty one counts as unset, then the text is empty. */
  public String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /** Returns this console with another value of an environment variable. */
  public Console with(String name, String value) {
    Map<String, String> changed = new HashMap<>(variables);
    changed.put(name, value);
    return new Console(out, err, Map.copyOf(changed), directory, terminal, errorTerminal, charset);
  }

  /**
   * Whether to colour what goes to {@link #out}: on a terminal, or where FORCE_COLOR or
   * CLICOLOR_FORCE asks for it, and never with NO_COLOR.
   */
  public boolean colour() {
    if (!variable("NO_COLOR").isEmpty()) {
      return false;
    }
    boolean forced = isOn(variable("FORCE_COLOR")) || isOn(variable("CLICOLOR_FORCE"));
    return forced || terminal && !variable("TERM").equals("dumb");
  }

  private static boolean isOn(String text) {
    return !text.isEmpty() && !text.equals("0");
  }

  /** Whether {@link #out} can show characters beyond ASCII, such as those a tree is drawn with. */
  public boolean unicode() {
    return charset.newEncoder().canEncode("├─└│");
  }

  /** Returns the number of columns to fill on {@link #out}: COLUMNS, else its own, else 120. */
  public int width() {
    return width(terminal);
  }

  /** Returns the number of columns to fill on {@link #err}. */
  public int errorWidth() {
    return width(errorTerminal);
  }

  private int width(boolean isTerminal) {
    int columns = number(variable("COLUMNS"));
    if (columns == 0 && isTerminal) {
      columns = number(System.getProperty("jwheel.columns", ""));
      columns = columns > 0 ? columns : TERMINAL_WIDTH;
    }
    return columns > 0 ? Math.max(MIN_WIDTH, columns) : USUAL_WIDTH;
  }

  private static int number(String text) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && !text.isEmpty() && text.length() < 6 ? Integer.parseInt(text) : 0;
  }

  /**
   * Prints something that is not data: one line on {@link #err}. Names from files may hold control
   * sequences of terminals, so control characters are written out.
   */
  public void message(String message) {
    err.println(Printable.cut(message));
  }

  /** Prints the stack trace of a problem. */
  public void stackTrace(Throwable problem) {
    StackTrace.of(problem).forEach(err::println);
  }
}
