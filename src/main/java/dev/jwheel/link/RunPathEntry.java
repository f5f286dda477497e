// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.link.tree.TreePath;
import dev.jwheel.link.tree.WheelTree;
import dev.jwheel.platform.Libc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of the run path that counts for a file: that of DT_RUNPATH, or of DT_RPATH where there
 * is no other.
 *
 * @param text the entry, byte for byte as {@link ElfBinary} gives it
 * @param start where the path begins
 * @param rest what follows {@code $ORIGIN}; the whole entry where it begins elsewhere
 */
public record RunPathEntry(String text, Start start, String rest) {
  private static final String ORIGIN = "ORIGIN";
  private static final int SHOWN = 3;
  private static final int LENGTH = 200;

  /** Where the path of an entry begins. */
  public enum Start {
    /** In the directory of the file: {@code $ORIGIN} or <code>${ORIGIN}</code>. */
    ORIGIN,
    /** In the root directory. */
    ROOT,
    /**
     * In the directory that the process was started in: a relative path, an empty entry, one that
     * begins with {@code $LIB}, {@code $PLATFORM} or what only looks like a token.
     */
    WORKING_DIRECTORY
  }

  /** Where an entry leads once a wheel is installed. */
  public enum Place {
    /** Below the directory that the file's part of the wheel is installed into. */
    INSIDE,
    /** From {@code $ORIGIN} out of it: into the prefix, or to what only one machine has there. */
    OUTSIDE,
    /** To a fixed directory of whatever machine it is. */
    ABSOLUTE,
    /** Below the directory that the process was started in. */
    RELATIVE
  }

  /**
   * Returns where the entry leads.
   *
   * @param member the name in a wheel of the file that has the entry
   */
  public Place place(String member) {
    return switch (start) {
      case ROOT -> Place.ABSOLUTE;
      case WORKING_DIRECTORY -> Place.RELATIVE;
      case ORIGIN -> isInside(member) ? Place.INSIDE : Place.OUTSIDE;
    };
  }

  /** Text right behind {@code $ORIGIN} belongs to the name of its last directory. */
  private boolean isInside(String member) {
    int depth = WheelTree.depthOf(member);
    if (!rest.isEmpty() && !rest.startsWith("/") && --depth < 0) {
      return false;
    }
    for (String name : TreePath.names(rest)) {
      depth += name.equals("..") ? -1 : 1;
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the entries that a loader searches, each once, in order (glibc {@code fillin_rpath},
   * musl {@code path_open}, Bionic {@code parse_path}). glibc alone takes an empty entry beside
   * others for the current directory; a path that is empty as a whole is none for any. musl ignores
   * a path with a token other than {@code $ORIGIN}.
   */
  public static List<RunPathEntry> of(ElfBinary elf, Libc libc) {
    Optional<String> text =
        libc == Libc.BIONIC ? elf.runpath() : elf.runpath().or(() -> elf.rpath());
    PathTokens tokens = new PathTokens(Map.of(ORIGIN, List.of()), libc != Libc.MUSL);
    if (text.isEmpty() || text.get().isEmpty()) {
      return List.of();
    }
    if (libc == Libc.MUSL && !tokens.areAllIn(text.get())) {
      return List.of();
    }
    List<RunPathEntry> entries = new ArrayList<>();
    for (String entry : split(text.get(), libc)) {
      entries.add(of(entry, tokens));
    }
    return entries;
  }

  private static Set<String> split(String text, Libc libc) {
    Set<String> entries = new LinkedHashSet<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean ends =
          i == text.length()
              || text.charAt(i) == ':'
              || libc == Libc.MUSL && text.charAt(i) == '\n';
      if (ends) {
        if (i > start || libc == Libc.GLIBC) {
          entries.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return entries;
  }

  private static RunPathEntry of(String entry, PathTokens tokens) {
    if (entry.startsWith("/")) {
      return new RunPathEntry(entry, Start.ROOT, entry);
    }
    return tokens
        .after(entry, ORIGIN)
        .map(rest -> new RunPathEntry(entry, Start.ORIGIN, rest))
        .orElseGet(() -> new RunPathEntry(entry, Start.WORKING_DIRECTORY, entry));
  }

  /** Returns entries for a message: the first few, cut to a length that a line can hold. */
  public static String listed(List<String> texts) {
    List<String> shown = new ArrayList<>();
    for (String text : texts.subList(0, Math.min(SHOWN, texts.size()))) {
      shown.add(text.isEmpty() ? "an empty entry" : cut(ElfStrings.toFileName(text)));
    }
    int hidden = texts.size() - shown.size();
    return String.join(", ", shown) + (hidden > 0 ? " and " + hidden + " more" : "");
  }

  private static String cut(String text) {
    return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "...";
  }
}
