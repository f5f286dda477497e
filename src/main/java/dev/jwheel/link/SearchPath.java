// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import java.util.ArrayList;
import java.util.List;

/**
 * Directories to search, in order. As a loader does ({@code open_path}), it notes once which of
 * them are there at all.
 */
final class SearchPath {
  private final List<SearchDirectory> searched;
  private final List<SearchDirectory> unused;
  private final List<SearchPlace> places;
  private final List<IgnoredEntry> ignored;

  private SearchPath(
      List<SearchDirectory> searched,
      List<SearchDirectory> unused,
      List<SearchPlace> places,
      List<IgnoredEntry> ignored) {
    this.searched = searched;
    this.unused = unused;
    this.places = places;
    this.ignored = List.copyOf(ignored);
  }

  /**
   * A path of directories, each of them once.
   *
   * @param hwcaps what is searched below each of them
   * @param ignored entries of the path that are no such directories
   */
  static SearchPath of(
      List<SearchDirectory> directories, Hwcaps hwcaps, List<IgnoredEntry> ignored) {
    return new SearchPath(
        existing(directories, hwcaps.searched()),
        existing(directories, hwcaps.unused()),
        places(directories),
        ignored);
  }

  /** The files that a DT_NEEDED entry with a slash may mean. */
  static SearchPath ofFiles(List<SearchDirectory> files, List<IgnoredEntry> ignored) {
    return new SearchPath(files, List.of(), places(files), ignored);
  }

  /** One path behind the other. */
  static SearchPath concat(List<SearchPath> parts) {
    List<SearchDirectory> searched = new ArrayList<>();
    List<SearchDirectory> unused = new ArrayList<>();
    List<SearchPlace> places = new ArrayList<>();
    List<IgnoredEntry> ignored = new ArrayList<>();
    for (SearchPath part : parts) {
      searched.addAll(part.searched);
      unused.addAll(part.unused);
      places.addAll(part.places);
      ignored.addAll(part.ignored);
    }
    return new SearchPath(searched, unused, List.copyOf(places), ignored);
  }

  private static List<SearchDirectory> existing(
      List<SearchDirectory> directories, List<String> subdirectories) {
    List<SearchDirectory> existing = new ArrayList<>();
    for (SearchDirectory directory : directories) {
      for (String subdirectory : subdirectories) {
        SearchDirectory inner = directory.in(subdirectory);
        if (inner.tree().hasDirectory(inner.path())) {
          existing.add(inner);
        }
      }
    }
    return existing;
  }

  private static List<SearchPlace> places(List<SearchDirectory> directories) {
    List<SearchPlace> places = new ArrayList<>(directories.size());
    for (SearchDirectory directory : directories) {
      places.add(directory.place());
    }
    return List.copyOf(places);
  }

  /** What is searched: the directories that exist, behind their subdirectories. */
  List<SearchDirectory> searched() {
    return searched;
  }

  /** The subdirectories that exist and that only better processors search. */
  List<SearchDirectory> unused() {
    return unused;
  }

  /** Every directory, whether it exists or not. */
  List<SearchPlace> places() {
    return places;
  }

  List<IgnoredEntry> ignored() {
    return ignored;
  }
}
