// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.wheel.PythonIdentifier;

/** Names that an import statement can have. */
final class PythonNames {
  private PythonNames() {}

  /** The name without the suffixes of modules: {@code a} of {@code a.cpython-311-x86_64.so}. */
  static String stem(String name) {
    boolean module =
        name.endsWith(".py")
            || name.endsWith(".pyi")
            || name.endsWith(".so")
            || name.endsWith(".pyd");
    int dot = name.indexOf('.');
    return module && dot > 0 ? name.substring(0, dot) : name;
  }

  /**
   * Whether every part of the path of a module is an identifier. The suffix of a native one may say
   * which interpreter it is for: {@code a.cpython-311.so}, {@code a.abi3.so}.
   */
  static boolean isImportable(String path, boolean nativeModule) {
    String module = path.substring(0, path.lastIndexOf('.'));
    int dot = module.lastIndexOf('.');
    if (nativeModule && dot > module.lastIndexOf('/') + 1) {
      module = module.substring(0, dot);
    }
    boolean first = true;
    for (String part : module.split("/", -1)) {
      String name = first && part.endsWith("-stubs") ? part.substring(0, part.length() - 6) : part;
      if (!PythonIdentifier.matches(name) || PythonIdentifier.isKeyword(name)) {
        return false;
      }
      first = false;
    }
    return true;
  }
}
