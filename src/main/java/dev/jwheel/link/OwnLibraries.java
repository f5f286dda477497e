// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.VersionNeed;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.link.tree.TreePath;
import dev.jwheel.link.tree.WheelTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The libraries of a wheel that a run path can lead to, by the names that files may need them by:
 * the file name, or else the SONAME (links get lost when a wheel is made).
 */
public final class OwnLibraries {
  private final Map<String, ElfBinary> libraries;
  private final Map<String, List<String>> byFileName = new HashMap<>();
  private final Map<String, List<String>> bySoname = new HashMap<>();

  /**
   * @param libraries the libraries of the wheel by their member names
   */
  public OwnLibraries(Map<String, ElfBinary> libraries) {
    this.libraries = Map.copyOf(libraries);
    libraries.forEach(
        (member, elf) -> {
          if (WheelTree.isReached(member)) {
            add(byFileName, ElfStrings.ofFileName(TreePath.baseName(member)), member);
            elf.soname().ifPresent(soname -> add(bySoname, soname, member));
          }
        });
  }

  private static void add(Map<String, List<String>> members, String name, String member) {
    members.computeIfAbsent(name, key -> new ArrayList<>()).add(member);
  }

  /**
   * Returns the member that a DT_NEEDED entry means, if there is one only and it has every version
   * that is needed of it. Of an entry that is a path the last name counts, since the directories
   * are those of the machine that the file was linked on.
   *
   * @param user the member that has the entry; empty for a file outside, which is copied to where
   *     it is needed
   * @param elf what that file is
   */
  @SuppressWarnings("ReferenceEquality") // a file does not provide its own needs; equal files may
  public Optional<String> of(Optional<String> user, ElfBinary elf, String needed) {
    String name = TreePath.baseName(needed);
    List<String> candidates = byFileName.getOrDefault(name, bySoname.getOrDefault(name, List.of()));
    if (user.isPresent()) {
      candidates =
          candidates.stream().filter(member -> WheelTree.canReach(user.get(), member)).toList();
    }
    if (candidates.size() != 1) {
      return Optional.empty();
    }
    ElfBinary library = Objects.requireNonNull(libraries.get(candidates.get(0)));
    return library != elf && hasVersions(elf, needed, library)
        ? Optional.of(candidates.get(0))
        : Optional.empty();
  }

  private static boolean hasVersions(ElfBinary user, String needed, ElfBinary library) {
    for (VersionNeed need : user.versionNeeds()) {
      if (need.file().equals(needed)) {
        for (VersionNeed.NeededVersion version : need.versions()) {
          if (!version.weak() && !library.versionDefinitions().contains(version.name())) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
