package dev.jwheel.audit;

import dev.jwheel.link.RunPathEntry;
import dev.jwheel.wheel.InstalledPath;
import java.util.ArrayList;
import java.util.List;

/** Where an entry of a run path leads once the wheel is installed. */
public enum RunPathPlace {
  /** Below the directory that the file's part of the wheel is installed into. */
  INSIDE,
  /** From {@code $ORIGIN} out of it: into the prefix, or to what only one machine has there. */
  OUTSIDE,
  /** To a fixed directory of whatever machine it is. */
  ABSOLUTE,
  /** Below the directory that the process was started in. */
  RELATIVE;

  /**
   * Returns where an entry leads.
   *
   * @param member the name of the file in the wheel
   */
  public static RunPathPlace of(RunPathEntry entry, String member) {
    return switch (entry.start()) {
      case ROOT -> ABSOLUTE;
      case WORKING_DIRECTORY -> RELATIVE;
      case ORIGIN -> isInside(entry.rest(), member) ? INSIDE : OUTSIDE;
    };
  }

  /** Text right behind {@code $ORIGIN} belongs to the name of its last directory. */
  private static boolean isInside(String rest, String member) {
    boolean inDirectory = rest.isEmpty() || rest.startsWith("/");
    return place(member).contains(inDirectory ? rest : "../" + rest);
  }

  /** Programs go to a directory beside that of libraries, in one prefix. */
  private static InstalledPath place(String member) {
    InstalledPath place = InstalledPath.of(member);
    if (InstalledPath.schemeOf(member) != InstalledPath.Scheme.SCRIPTS) {
      return place;
    }
    List<String> directories = new ArrayList<>(List.of("bin"));
    directories.addAll(place.directories());
    return new InstalledPath(directories);
  }
}
