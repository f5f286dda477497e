// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.elf.ExportListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the rules ask of the symbols that one file exports: counts, and the names that matter. */
final class ExportSummary implements ExportListener {
  /** A file that exports nothing. */
  static final ExportSummary NONE = new ExportSummary();

  /** Functions of the C++ run time that a program has once (Itanium C++ ABI). */
  private static final Set<String> RUNTIME =
      Set.of(
          "__cxa_throw",
          "__cxa_begin_catch",
          "__cxa_allocate_exception",
          "__gxx_personality_v0",
          "_ZSt9terminatev",
          "_ZTVN10__cxxabiv117__class_type_infoE",
          "_ZTVN10__cxxabiv120__si_class_type_infoE",
          "_ZNSt6localeC1Ev",
          "_ZNSt8ios_base4InitC1Ev",
          "_ZSt15__once_callable",
          "_ZSt11__once_call",
          "__once_proxy");

  private static final Set<String> ALLOCATOR = Set.of("malloc", "free", "_Znwm", "_Znwj", "_ZdlPv");

  private static final int MAX_NAMES = 1000;

  private int count;
  private int initialisers;
  private int unique;
  private String firstUnique = "";
  private String newStrings = "";
  private String oldStrings = "";
  private final List<String> runtime = new ArrayList<>();
  private final List<String> allocator = new ArrayList<>();
  private final Set<String> python = new HashSet<>();

  @Override
  public void exported(String name, boolean weak, boolean isUnique) {
    count++;
    if (isUnique && ++unique == 1) {
      firstUnique = name;
    }
    if (name.startsWith("PyInit") || name.startsWith("PyModExport")) {
      initialisers++;
    } else if ((name.startsWith("Py") || name.startsWith("_Py")) && python.size() < MAX_NAMES) {
      python.add(name);
    }
    if (name.startsWith("_Z") && !weak) {
      judgeStrings(name);
    }
    if (RUNTIME.contains(name)) {
      runtime.add(name);
    } else if (ALLOCATOR.contains(name)) {
      allocator.add(name);
    }
  }

  /** A mangled name tells by its parameters which std::string it was compiled with. */
  private void judgeStrings(String name) {
    if (name.contains("St7__cxx11") || name.contains("B5cxx11")) {
      newStrings = newStrings.isEmpty() ? name : newStrings;
    } else if (name.contains("RKSs") || name.contains("ISsE")) {
      oldStrings = oldStrings.isEmpty() ? name : oldStrings;
    }
  }

  /** How many symbols there are besides the initialisation functions of modules. */
  int besidesInitialisers() {
    return count - initialisers;
  }

  /** How many unique symbols there are. */
  int unique() {
    return unique;
  }

  /** The first unique symbol; empty if there is none. */
  String firstUnique() {
    return firstUnique;
  }

  /** A symbol with the std::string of C++11 in its type; empty if there is none. */
  String newStrings() {
    return newStrings;
  }

  /** A symbol with the older std::string in its type; empty if there is none. */
  String oldStrings() {
    return oldStrings;
  }

  /** The functions of the C++ run time. */
  List<String> runtime() {
    return List.copyOf(runtime);
  }

  /** The functions of the allocator. */
  List<String> allocator() {
    return List.copyOf(allocator);
  }

  /** The symbols with names of Python's, which Python does not have to provide. */
  Set<String> python() {
    return Set.copyOf(python);
  }
}
