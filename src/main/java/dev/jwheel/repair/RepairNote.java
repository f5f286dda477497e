// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import java.util.List;

/** Something that the user should know of a repair that can be done. */
public sealed interface RepairNote {

  /** The note in one sentence that leaves nothing out. */
  String sentence();

  /** A note of which there is no more to know than a sentence. */
  record Plain(String sentence) implements RepairNote {}

  /**
   * A note about files.
   *
   * @param text a sentence that the names of the files complete
   * @param files members by their names in the wheel, libraries to graft by their DT_NEEDED names
   */
  record OfFiles(String text, List<String> files) implements RepairNote {
    public OfFiles {
      files = List.copyOf(files);
    }

    @Override
    public String sentence() {
      return text + " " + String.join(", ", files);
    }
  }

  /**
   * A library that a process would load twice: the grafted copy, and the system's by its own name.
   *
   * @param library the DT_NEEDED name
   * @param chain what loads the system's: DT_NEEDED names, the library last
   */
  record LoadedTwice(String library, List<String> chain) implements RepairNote {
    public LoadedTwice {
      chain = List.copyOf(chain);
    }

    @Override
    public String sentence() {
      return "a process would load "
          + library
          + " twice, the grafted copy and the system's ("
          + String.join(" -> ", chain)
          + ")";
    }
  }
}
