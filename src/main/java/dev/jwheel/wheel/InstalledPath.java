// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import java.util.ArrayList;
import java.util.List;

/**
 * The directory that an installer puts a member into (binary distribution format, "The .data
 * directory").
 *
 * @param root where the way to it begins
 * @param directories the names of the directories from there
 */
public record InstalledPath(Root root, List<String> directories) {

  /** Directories between which no way is known when a wheel is built. */
  public enum Root {
    /** The directory of packages. */
    SITE_PACKAGES,
    /**
     * The prefix: {@code data} goes there and {@code scripts} into its {@code bin}, in every scheme
     * of sysconfig for POSIX and with {@code pip install --target}.
     */
    PREFIX,
    /** A directory that depends on the installation. */
    UNKNOWN
  }

  /** The places that installers put members into. */
  public enum Scheme {
    /** It lies in site-packages. */
    SITE_PACKAGES,
    /** It goes to the directory of programs. */
    SCRIPTS,
    /** It goes to the prefix. */
    DATA,
    /** It goes somewhere whose way to other places is unknown when the wheel is built. */
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
      case "data" -> Scheme.DATA;
      default -> Scheme.ELSEWHERE;
    };
  }

  /** Whether an installer puts a member into site-packages. */
  public static boolean isInSitePackages(String member) {
    return schemeOf(member) == Scheme.SITE_PACKAGES;
  }

  /** Returns the directory of a member. */
  public static InstalledPath of(String member) {
    Scheme scheme = schemeOf(member);
    String[] parts = member.split("/", 3);
    boolean data = parts.length == 3 && parts[0].endsWith(".data");
    List<String> names = new ArrayList<>(List.of((data ? parts[2] : member).split("/")));
    names.remove(names.size() - 1);
    if (scheme == Scheme.SCRIPTS) {
      names.add(0, "bin");
    }
    return new InstalledPath(rootOf(scheme), names);
  }

  private static Root rootOf(Scheme scheme) {
    return switch (scheme) {
      case SITE_PACKAGES -> Root.SITE_PACKAGES;
      case SCRIPTS, DATA -> Root.PREFIX;
      case ELSEWHERE -> Root.UNKNOWN;
    };
  }

  /** Returns whether the way from this directory to another is known. */
  public boolean canReach(InstalledPath other) {
    return root == other.root && root != Root.UNKNOWN;
  }

  /**
   * Returns the way from this directory to another, with {@code $ORIGIN} in front.
   *
   * @param other one that can be reached
   */
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
}
