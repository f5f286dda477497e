// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import java.util.List;

/**
 * The Python module that a file of this name can be: its name up to the first dot, as {@code
 * importlib.machinery.ExtensionFileLoader} takes it.
 */
record PythonModule(String name) {

  private static final String LIBPYTHON = "libpython";

  /** The beginnings of the names of initialisation functions. */
  static final List<String> INIT_PREFIXES =
      List.of("PyInit_", "PyInitU_", "PyModExport_", "init", "_cffi_pypyinit_");

  static PythonModule of(String path) {
    String base = path.substring(path.lastIndexOf('/') + 1);
    int dot = base.indexOf('.');
    return new PythonModule(dot < 0 ? base : base.substring(0, dot));
  }

  /**
   * Whether a DT_NEEDED entry names CPython's shared library, such as {@code libpython3.12.so.1.0}:
   * two numbers, build flags such as {@code m}, {@code .so}.
   */
  static boolean isLibpython(String needed) {
    int so = needed.indexOf(".so");
    if (!needed.startsWith(LIBPYTHON) || so < LIBPYTHON.length() + 1) {
      return false;
    }
    char first = needed.charAt(LIBPYTHON.length());
    return first >= '0' && first <= '9';
  }

  /** Whether a file name has one of the suffixes that only extension modules of CPython have. */
  static boolean isNamedLikeOne(String baseName) {
    return baseName.endsWith(".so")
        && (baseName.contains(".cpython-") || baseName.contains(".abi3"));
  }

  /** Whether the file defines the initialisation function of any module of Python 3. */
  static boolean isInitialisedBy(ElfBinary elf) {
    return elf.exports().stream()
        .anyMatch(
            name ->
                name.startsWith("PyInit_")
                    || name.startsWith("PyInitU_")
                    || name.startsWith("PyModExport_"));
  }

  /** Whether the file defines the initialisation function of this module, for any Python. */
  boolean isDefinedBy(ElfBinary elf) {
    for (String prefix : INIT_PREFIXES) {
      if (elf.exports().contains(prefix + name)) {
        return true;
      }
    }
    return definesUnicodeName(elf);
  }

  /** Whether the file defines it as CPython 2 wants it. */
  boolean isForCpython2(ElfBinary elf) {
    return elf.exports().contains("init" + name);
  }

  /** PEP 489: a module whose name is not ASCII has a punycoded {@code PyInitU_} function. */
  private boolean definesUnicodeName(ElfBinary elf) {
    boolean ascii = name.chars().allMatch(c -> c < 128);
    return !ascii && elf.exports().stream().anyMatch(export -> export.startsWith("PyInitU_"));
  }
}
