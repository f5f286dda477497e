package dev.jwheel.repair;

import java.nio.charset.StandardCharsets;

/**
 * The Python script that takes the place of a program which had to move beside the grafted
 * libraries: installers put programs into a directory from which the way to site-packages is
 * unknown.
 */
final class ScriptShim {
  private ScriptShim() {}

  /** The member that a program of {@code NAME.data/scripts} becomes. */
  static String programOf(String distribution, String member) {
    return distribution + ".scripts/" + member.split("/", 3)[2];
  }

  /**
   * The script.
   *
   * @param distribution the distribution's name
   * @param program the member to start, in site-packages
   */
  static byte[] content(String distribution, String program) {
    String text =
        """
        #!python
        import os
        import sys


        def program():
            path = %PROGRAM%
            try:
                from importlib.metadata import distribution

                return str(distribution("%DISTRIBUTION%").locate_file(path))
            except ImportError:
                import sysconfig

                return os.path.join(sysconfig.get_path("platlib"), path)


        executable = program()
        os.execv(executable, [executable] + sys.argv[1:])
        """;
    return text.replace("%DISTRIBUTION%", distribution)
        .replace("%PROGRAM%", literal(program))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
