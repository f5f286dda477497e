package dev.jwheel.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What helps against the reasons for a refusal; what helps against several is said once. */
final class Advice {
  private Advice() {}

  /** The sentences; options that belong together stand in a row, to be copied. */
  static List<String> against(Collection<Reason> reasons) {
    Set<String> missing = new TreeSet<>();
    Set<String> outside = new TreeSet<>();
    boolean built = false;
    boolean grafted = false;
    for (Reason reason : reasons) {
      if (reason instanceof Reason.MissingLibrary library && library.inside().isEmpty()) {
        missing.add(library.library());
        outside.add(library.library());
      } else if (reason instanceof Reason.DriverLibrary library) {
        outside.add(library.library());
      }
      built |= reason instanceof Reason.NewerVersion need && !need.grafted();
      grafted |= reason instanceof Reason.NewerVersion need && need.grafted();
    }
    List<String> advice = new ArrayList<>();
    if (built) {
      advice.add(
          "to need older symbols the wheel has to be built on an older system, such as a manylinux"
              + " image");
    }
    if (grafted) {
      advice.add("--sysroot names an older system to graft from, such as a manylinux image");
    }
    if (!missing.isEmpty()) {
      advice.add("--ldpaths and --sysroot name other places to look for libraries");
    }
    if (!outside.isEmpty()) {
      advice.add("to leave out what is the system's: " + excludes(outside));
    }
    return advice;
  }

  /** The options that leave libraries out. */
  static String excludes(Collection<String> libraries) {
    List<String> options = libraries.stream().map(library -> "--exclude " + library).toList();
    return String.join(" ", options);
  }
}
