// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.platform.PlatformTag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One thing that stands in the way of a repair, with its culprit. */
public sealed interface RefusalReason {

  /** The reason in one sentence that leaves nothing out. */
  String sentence();

  /** Reasons of which there is no more to know than a sentence. */
  static List<RefusalReason> plain(Collection<String> sentences) {
    List<RefusalReason> reasons = new ArrayList<>();
    sentences.forEach(sentence -> reasons.add(new Plain(sentence)));
    return reasons;
  }

  /** A reason of which there is no more to know than a sentence. */
  record Plain(String sentence) implements RefusalReason {}

  /**
   * A file needs a symbol version that the target does not promise.
   *
   * @param file a member, or the path of a library that would be grafted
   * @param grafted whether it is the latter
   * @param library the DT_NEEDED name of the library that is asked for the version
   * @param version the version, such as {@code GLIBC_2.34}
   * @param symbols the symbols bound to it, in table order; none where the file only names it
   * @param first the first tag that promises the version, if any does
   */
  record NewerVersion(
      String file,
      boolean grafted,
      String library,
      String version,
      List<String> symbols,
      Optional<PlatformTag> first)
      implements RefusalReason {
    public NewerVersion {
      symbols = List.copyOf(symbols);
    }

    /** The symbols as {@code symbol@version}; the version alone where there are none. */
    public List<String> versionedSymbols() {
      return symbols.isEmpty()
          ? List.of(version)
          : symbols.stream().map(symbol -> symbol + "@" + version).toList();
    }

    @Override
    public String sentence() {
      String what = symbols.isEmpty() ? "" : " (" + String.join(", ", versionedSymbols()) + ")";
      String since =
          first
              .map(tag -> tag.policyName() + " is the first to have it")
              .orElse("no policy has it");
      return file + " needs " + version + " of " + library + what + "; " + since;
    }
  }

  /**
   * A library was located neither in the wheel nor outside.
   *
   * @param file who needs it: a member, or the path of a library that would be grafted
   * @param library its DT_NEEDED name
   * @param inside the members that have this file name or SONAME, where the loader does not look
   * @param runPaths the run paths that would lead the file to them
   */
  record MissingLibrary(String file, String library, List<String> inside, List<String> runPaths)
      implements RefusalReason {
    public MissingLibrary {
      inside = List.copyOf(inside);
      runPaths = List.copyOf(runPaths);
    }

    @Override
    public String sentence() {
      if (inside.isEmpty()) {
        return file + " needs " + library + ", which was found nowhere";
      }
      String hint =
          runPaths.isEmpty()
              ? ""
              : ": RPATH " + String.join(" or ", runPaths) + " would lead there";
      return file
          + " needs "
          + library
          + ", which is not where the loader looks; the wheel has it as "
          + String.join(", ", inside)
          + hint;
    }
  }

  /**
   * A library belongs to a driver, so that only the system's own copy works.
   *
   * @param file who needs it: a member, or the path of a library that would be grafted
   * @param library its DT_NEEDED name
   */
  record DriverLibrary(String file, String library) implements RefusalReason {
    @Override
    public String sentence() {
      return file
          + " needs "
          + library
          + ", which belongs to a driver and must be the system's; "
          + ExcludeOptions.of(List.of(library))
          + " leaves it out";
    }
  }
}
