// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.Locale;

/** The kinds of findings; their {@link #id()} is stable and stands in the JSON output. */
public enum FindingCode {
  /** A symbol version that a policy does not allow. */
  SYMBOL_VERSION,
  /** A version need that the loader treats as optional. */
  WEAK_VERSION,
  /** A library inside the wheel lacks a version that is needed of it. */
  UNDEFINED_VERSION,
  /** A needed library that is neither in the wheel nor on a policy's list. */
  EXTERNAL_LIBRARY,
  /** A needed library taken out of the audit by {@code --exclude}. */
  EXCLUDED_LIBRARY,
  /** An exclude pattern that matched nothing. */
  UNUSED_EXCLUDE,
  /** A library of a policy's list is used for a symbol that it does not promise. */
  FORBIDDEN_SYMBOL,
  /** An instruction-set extension above the architecture's baseline. */
  ISA_EXTENSION,
  /** A Python built with floating-point exceptions (PEP 513, PEP 571 rule 5). */
  PYFPE,
  /**
   * An ABI tag that does not say which Unicode width the module needs (PEP 513, PEP 571 rule 4).
   */
  PYTHON_ABI_TAG,
  /** An extension module or library linked to libpython, which the interpreter provides. */
  LIBPYTHON,
  /** A program linked to libpython, which it would have to bring along. */
  EMBEDDED_PYTHON,
  /** A program whose interpreter is not the loader of the wheel's architecture and C library. */
  INTERPRETER,
  /** A file that makes the process's stack executable. */
  EXECUTABLE_STACK,
  /** A run path entry that is relative or empty: the loader searches the current directory. */
  RPATH_RELATIVE,
  /** An absolute run path entry, which is searched before the directories of the system. */
  RPATH_ABSOLUTE,
  /** A run path entry from {@code $ORIGIN} out of what the wheel is installed into. */
  RPATH_OUTSIDE,
  /** A library that lies in the wheel under several names. */
  DUPLICATE_LIBRARY,
  /** Several libraries with one SONAME. */
  SAME_SONAME,
  /** ELF where only pure Python belongs. */
  ELF_IN_PURELIB,
  /** {@code Root-Is-Purelib: true} in a wheel with ELF. */
  ROOT_IS_PURELIB,
  /** A file for another architecture than the wheel's. */
  FOREIGN_ARCHITECTURE,
  /** A file for another C library than the wheel's. */
  FOREIGN_LIBC,
  /** A file that claims to be ELF and cannot be read. */
  DAMAGED_ELF,
  /** The C library cannot be known. */
  UNKNOWN_LIBC,
  /** The musl release a wheel needs stands in no file. */
  UNKNOWN_MUSL,
  /** An architecture for which there are no policies. */
  UNKNOWN_ARCHITECTURE,
  /** The tags of the file name and of WHEEL differ. */
  TAG_MISMATCH,
  /** A platform tag that the content does not deserve. */
  FALSE_TAG,
  /** RECORD and the members disagree. */
  RECORD,
  /** The container or its metadata is odd. */
  WHEEL_FORMAT;

  /** The name in JSON and docs, such as {@code symbol-version}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
