// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Hints for fixing the reasons of a refusal, without duplicates. */
final class Hints {
  private final Set<String> outside = new TreeSet<>();
  private boolean missing;
  private boolean path;
  private boolean newer;
  private boolean newerGraft;

  Hints(Collection<RefusalReason> reasons) {
    reasons.forEach(this::add);
  }

  private void add(RefusalReason reason) {
    if (reason instanceof RefusalReason.MissingLibrary library && library.inside().isEmpty()) {
      missing = true;
      if (library.library().indexOf('/') >= 0) {
        path = true;
      } else {
        outside.add(library.library());
      }
    } else if (reason instanceof RefusalReason.DriverLibrary library) {
      outside.add(library.library());
    } else if (reason instanceof RefusalReason.NewerVersion need) {
      newer |= !need.grafted();
      newerGraft |= need.grafted();
    }
  }

  /** The sentences. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (newer) {
      sentences.add(
          "to need older symbols the wheel has to be built on an older system, such as a manylinux"
              + " image");
    }
    if (newerGraft) {
      sentences.add("--sysroot names an older system to graft from, such as a manylinux image");
    }
    if (missing) {
      sentences.add("--ldpaths and --sysroot name other places to look for libraries");
    }
    if (path) {
      sentences.add(
          "a name with a slash is the path that the file was linked by: start the repair in the"
              + " directory that it is relative to, or give the file another name by jwheel patchelf"
              + " --replace-needed");
    }
    return sentences;
  }

  /** The libraries that stand in the way and may be left to the system. */
  List<String> outside() {
    return List.copyOf(outside);
  }
}
