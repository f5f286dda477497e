// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

/**
 * A well-formed ELF file has no room for an edit, or lacks what the edit is about; changing it
 * anyhow would risk breaking it.
 */
public final class UnsupportedLayoutException extends Exception {
  private final String file;
  private final String problem;

  /**
   * @param file the file's name as the user knows it
   * @param problem what stands in the way
   */
  public UnsupportedLayoutException(String file, String problem) {
    super(file + ": " + problem);
    this.file = file;
    this.problem = problem;
  }

  /**
   * @param file the file's name as the user knows it
   * @param problem what stands in the way
   * @param cause how that was found out
   */
  public UnsupportedLayoutException(String file, String problem, Exception cause) {
    super(file + ": " + problem, cause);
    this.file = file;
    this.problem = problem;
  }

  /** The file's name as the user knows it. */
  public String file() {
    return file;
  }

  /** What stands in the way, without the file's name. */
  public String problem() {
    return problem;
  }
}
