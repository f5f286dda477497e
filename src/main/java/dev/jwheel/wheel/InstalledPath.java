// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an installer puts a member, seen from site-packages (binary distribution format, "The .data
 * directory").
 *
 * @param directories the directories above the file
 */
public record InstalledPath(List<String> directories) {

  /** The places that installers put members into. */
  public enum Scheme {
    /** It lies in site-packages. */
    SITE_PACKAGES,
    /** It goes to the directory of programs. */
    SCRIPTS,
    /** It goes somewhere whose way to site-packages is unknown when the wheel is built. */
    ELSEWHERE
  }

  public InstalledPath {
    directories = List.copyOf(directories);
  }

  /** Returns where an installer puts a member. */
  public static Scheme schemeOf(String member) {
    String[] parts = member.split("/", 3);
    if (parts.length < 3 || !parts[0].endsWith(".data")) {
      return Scheme.SITE_PACKAGES;
    }
    return switch (parts[1]) {
      case "platlib", "purelib" -> Scheme.SITE_PACKAGES;
      case "scripts" -> Scheme.SCRIPTS;
      default -> Scheme.ELSEWHERE;
    };
  }

  /** Whether an installer puts a member into site-packages. */
  public static boolean isInSitePackages(String member) {
    return schemeOf(member) == Scheme.SITE_PACKAGES;
  }

  /** The place of a member that an installer puts into site-packages. */
  public static InstalledPath of(String member) {
    String[] parts = member.split("/", 3);
    boolean data = parts.length == 3 && parts[0].endsWith(".data");
    List<String> names = new ArrayList<>(List.of((data ? parts[2] : member).split("/")));
    names.remove(names.size() - 1);
    return new InstalledPath(names);
  }

  /** The way from this directory to another of site-packages, with {@code $ORIGIN} in front. */
  public String originTo(InstalledPath other) {
    int shared = 0;
    while (shared < Math.min(directories.size(), other.directories.size())
        && directories.get(shared).equals(other.directories.get(shared))) {
      shared++;
    }
    List<String> way = new ArrayList<>(List.of("$ORIGIN"));
    for (int i = shared; i < directories.size(); i++) {
      way.add("..");
    }
    way.addAll(other.directories.subList(shared, other.directories.size()));
    return String.join("/", way);
  }

  /** Whether a path relative to this directory stays in site-packages. */
  public boolean contains(String relative) {
    int depth = directories.size();
    for (String name : relative.split("/")) {
      if (name.equals("..")) {
        depth--;
      } else if (!name.isEmpty() && !name.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }
}
