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
    return distribution + ".scripts/" + member.substring(member.lastIndexOf('/') + 1);
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
            path = "%PROGRAM%"
            try:
                from importlib.metadata import distribution
            except ImportError:
                import sysconfig

                return os.path.join(sysconfig.get_path("platlib"), path)
            return str(distribution("%DISTRIBUTION%").locate_file(path))


        executable = program()
        os.execv(executable, [executable] + sys.argv[1:])
        """;
    return text.replace("%PROGRAM%", program)
        .replace("%DISTRIBUTION%", distribution)
        .getBytes(StandardCharsets.UTF_8);
  }
}
