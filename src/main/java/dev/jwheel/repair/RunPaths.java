package dev.jwheel.repair;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.wheel.InstalledPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The run path of a file that needs grafted libraries: of its own entries those that stay inside
 * the installed wheel, then the directories it must reach.
 */
final class RunPaths {
  private RunPaths() {}

  /** Whether a run path can hold a name: some characters have a meaning in it. */
  static boolean canName(String path) {
    return path.chars().noneMatch(c -> c < ' ' || c == ':' || c == '$' || c == '\\');
  }

  /**
   * The new run path.
   *
   * @param elf the file, with the run path it has
   * @param place where it will be installed
   * @param wanted directories in site-packages that it must reach, in order
   */
  static String of(ElfBinary elf, InstalledPath place, List<InstalledPath> wanted) {
    Set<String> entries = new LinkedHashSet<>(kept(elf, place));
    for (InstalledPath directory : wanted) {
      String entry = ElfStrings.ofFileName(place.originTo(directory));
      entries.remove(entry);
      entries.add(entry);
    }
    return String.join(":", entries);
  }

  private static List<String> kept(ElfBinary elf, InstalledPath place) {
    String present = elf.runpath().or(elf::rpath).orElse("");
    List<String> kept = new ArrayList<>();
    for (String entry : present.split(":")) {
      if (isInside(entry, place)) {
        kept.add(entry);
      }
    }
    return kept;
  }

  private static boolean isInside(String entry, InstalledPath place) {
    for (String origin : List.of("$ORIGIN", "${ORIGIN}")) {
      if (entry.equals(origin)) {
        return true;
      }
      if (entry.startsWith(origin + "/")) {
        return place.contains(entry.substring(origin.length() + 1));
      }
    }
    return false;
  }
}
