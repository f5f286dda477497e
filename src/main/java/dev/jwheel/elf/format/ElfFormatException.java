// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

/** An ELF file, or what claims to be one, breaks a rule of the format that the task relies on. */
public final class ElfFormatException extends Exception {
  private final String file;
  private final long offset;
  private final String problem;

  /**
   * @param file the file's name as the user knows it
   * @param offset the place in the file, in bytes from its start; negative where no single place is
   *     at fault
   * @param problem what is wrong and what was expected
   */
  public ElfFormatException(String file, long offset, String problem) {
    super(file + (offset < 0 ? "" : ": at offset 0x" + Long.toHexString(offset)) + ": " + problem);
    this.file = file;
    this.offset = offset;
    this.problem = problem;
  }

  /** The file's name as the user knows it. */
  public String file() {
    return file;
  }

  /** The place in the file in bytes from its start; negative where no single place is at fault. */
  public long offset() {
    return offset;
  }

  /** What is wrong and what was expected, without file and place. */
  public String problem() {
    return problem;
  }
}
