// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Follows paths through a tree of files: symbolic links inside the tree, absolute ones from its
 * root, and {@code ..} never out of it (path_resolution(7)). What was seen once is remembered.
 */
final class PathWalk {
  private static final int MAX_LINKS = 40;
  private static final int MAX_PATH = 4096;

  /** Where a path leads. */
  sealed interface Destination {}

  /**
   * A regular file.
   *
   * @param realPath its path without links
   * @param identity equal for two hard links of one file
   */
  record File(String realPath, Object identity) implements Destination {}

  /**
   * A directory.
   *
   * @param realPath its path without links
   */
  record Folder(String realPath) implements Destination {}

  record Nothing() implements Destination {}

  /** Something there that is neither file nor directory, or cannot be reached. */
  record Dead(String reason) implements Destination {}

  private final FileTree files;
  private final Map<String, FileTree.Entry> entries = new ConcurrentHashMap<>();

  PathWalk(FileTree files) {
    this.files = files;
  }

  Destination to(String path) {
    Deque<String> rest = new ArrayDeque<>(TreePath.names(path));
    String at = "/";
    int links = 0;
    boolean lastIsLink = false;
    long length = path.length();
    while (!rest.isEmpty()) {
      String name = rest.pop();
      if (name.equals("..")) {
        at = TreePath.parent(at);
        continue;
      }
      String next = TreePath.join(at, name);
      if (length > MAX_PATH) {
        return new Dead("its path is longer than " + MAX_PATH + " characters");
      }
      FileTree.Entry entry = entries.computeIfAbsent(next, files::entry);
      if (entry instanceof FileTree.Directory) {
        at = next;
      } else if (entry instanceof FileTree.Link link) {
        if (++links > MAX_LINKS) {
          return new Dead("a loop of symbolic links");
        }
        lastIsLink |= rest.isEmpty();
        length += link.target().length();
        at = link.target().startsWith("/") ? "/" : at;
        push(rest, link.target());
      } else {
        return end(next, entry, rest.isEmpty(), lastIsLink);
      }
    }
    return new Folder(at);
  }

  private static void push(Deque<String> rest, String target) {
    List<String> names = TreePath.names(target);
    for (int i = names.size() - 1; i >= 0; i--) {
      rest.push(names.get(i));
    }
  }

  /** What a path that goes no further leads to. */
  private static Destination end(
      String path, FileTree.Entry entry, boolean isWhole, boolean isThroughLink) {
    if (entry instanceof FileTree.Regular file) {
      return isWhole ? new File(path, file.identity()) : new Nothing();
    }
    if (entry instanceof FileTree.Other other) {
      return new Dead(other.reason());
    }
    return isThroughLink ? new Dead("a dangling symbolic link") : new Nothing();
  }
}
