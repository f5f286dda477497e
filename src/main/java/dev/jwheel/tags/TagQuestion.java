// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import java.util.List;
import java.util.Optional;

/**
 * Whose tags are asked for. All paths are those of the system's tree.
 *
 * @param python the Python that is meant
 * @param kernel the kernel; if empty one as wide as the programs
 * @param programs the directories of programs, in the order of PATH
 * @param environment the directory of the active virtual environment
 * @param modules the directories of PYTHONPATH and of the user's own modules
 * @param pyenvVersion the versions that pyenv is asked for
 * @param directory the directory of the one who asks
 * @param pep571 whether to follow the letter of PEP 571
 */
public record TagQuestion(
    PythonChoice python,
    Optional<Kernel> kernel,
    List<String> programs,
    Optional<String> environment,
    List<String> modules,
    Optional<String> pyenvVersion,
    String directory,
    boolean pep571) {
  private static final List<String> USUAL_PROGRAMS =
      List.of("/usr/local/bin", "/usr/bin", "/bin", "/system/bin");

  public TagQuestion {
    programs = List.copyOf(programs);
    modules = List.copyOf(modules);
  }

  /**
   * The kernel of a system.
   *
   * @param machine its name of the machine: {@code uname -m}
   * @param source the file or option that says so
   */
  public record Kernel(String machine, String source) {}

  /** The question about a system of which nothing but its files is known. */
  public static TagQuestion ofSysroot(
      PythonChoice python, Optional<Kernel> kernel, boolean pep571) {
    return new TagQuestion(
        python, kernel, USUAL_PROGRAMS, Optional.empty(), List.of(), Optional.empty(), "/", pep571);
  }
}
