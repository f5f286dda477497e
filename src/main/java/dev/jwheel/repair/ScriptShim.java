// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import java.nio.charset.StandardCharsets;

/**
 * The Python script that takes the place of a program which had to move beside the grafted
 * libraries: installers put programs into a directory from which the way to site-packages is
 * unknown.
 */
public final class ScriptShim {
  private static final String BIN = "bin";
  private static final String BODY =
      """


      def places():
          try:
              from importlib.metadata import distribution

              yield str(distribution(DISTRIBUTION).locate_file(PROGRAM))
          except ImportError:
              pass
          yield os.path.join(sysconfig.get_path("platlib"), PROGRAM)
          # where pip install --target puts programs, the packages are one directory above
          prefix = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
          yield os.path.join(prefix, PROGRAM)
          # pip install --prefix
          installed = {"base": prefix, "platbase": prefix}
          yield os.path.join(sysconfig.get_path("platlib", vars=installed), PROGRAM)


      tried = list(places())
      for program in tried:
          if os.path.exists(program):
              os.execv(program, [program] + sys.argv[1:])
      sys.exit(DISTRIBUTION + ": found no program at " + ", ".join(tried))
      """;

  private ScriptShim() {}

  /** Whether a member of {@code NAME.data/data} goes to the directory that scripts go to. */
  static boolean isInBin(String member) {
    String[] parts = member.split("/");
    return parts.length == 4 && parts[1].equals("data") && parts[2].equals(BIN);
  }

  /** The member that a program of {@code NAME.data/scripts} or {@code data/bin} becomes. */
  static String programOf(String distribution, String member) {
    String rest = member.split("/", 3)[2];
    return distribution + ".scripts/" + (isInBin(member) ? rest.substring(BIN.length() + 1) : rest);
  }

  /**
   * The member that the script in place of a program is: one of {@code NAME.data/scripts}, for only
   * there an installer writes the interpreter into it.
   */
  static String memberOf(String program) {
    return isInBin(program) ? program.replaceFirst("/data/" + BIN + "/", "/scripts/") : program;
  }

  /**
   * The script.
   *
   * @param distribution the distribution's name
   * @param program the member to start, in site-packages
   */
  public static byte[] content(String distribution, String program) {
    String head =
        """
        #!python
        import os
        import sys
        import sysconfig

        """;
    String names =
        "DISTRIBUTION = " + literal(distribution) + "\nPROGRAM = " + literal(program) + "\n";
    return (head + names + BODY).getBytes(StandardCharsets.UTF_8);
  }

  /** A Python string literal: any text, in printable ASCII, so that nothing in it ends it. */
  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(literal, c));
    return literal.append('"').toString();
  }

  private static void append(StringBuilder literal, int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      literal.append('\\').append((char) codePoint);
    } else if (codePoint >= ' ' && codePoint <= '~') {
      literal.append((char) codePoint);
    } else {
      String hex = Integer.toHexString(codePoint);
      literal.append("\\U").append("00000000", hex.length(), 8).append(hex);
    }
  }
}
