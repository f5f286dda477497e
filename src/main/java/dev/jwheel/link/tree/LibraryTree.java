// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

/**
 * A tree of files in which libraries are looked for.
 *
 * <p>Paths are absolute, with {@code /} between names on every host; they are the paths that a
 * loader running in that tree would use. Implementations are safe for use by several threads and
 * give the same answer each time.
 */
public interface LibraryTree {

  /** What a loader finds when it opens a path; symbolic links are followed inside the tree. */
  LibraryFile find(String path);

  /** Whether a path leads to a directory; what a wheel has no file in is none. */
  boolean hasDirectory(String path);

  /** A path of this tree as people know it. */
  String describe(String path);
}
