package dev.jwheel.repair;

import java.nio.charset.StandardCharsets;

/**
 * The Python script that takes the place of a program which had to move beside the grafted
 * libraries: installers put programs into a directory from which the way to site-packages is
 * unknown.
 */
public final class ScriptShim {
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
  public static byte[] content(String distribution, String program) {
    String text =
        """
        #!python
        import os
        import sys
        import sysconfig

        PROGRAM = %PROGRAM%


        def places():
            try:
                from importlib.metadata import distribution

                yield str(distribution("%DISTRIBUTION%").locate_file(PROGRAM))
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
        sys.exit("%DISTRIBUTION%: found no program at " + ", ".join(tried))
        """;
    return text.replace("%DISTRIBUTION%", distribution)
        .replace("%PROGRAM%", literal(program))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
