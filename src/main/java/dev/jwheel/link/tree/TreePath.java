// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import java.util.ArrayList;
import java.util.List;

/** The spelling of paths in a {@link LibraryTree}. */
public final class TreePath {
  private TreePath() {}

  /** The names of a path, without the empty ones and {@code .}, but with {@code ..}. */
  public static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    int start = 0;
    while (start <= path.length()) {
      int end = path.indexOf('/', start);
      if (end < 0) {
        end = path.length();
      }
      String name = path.substring(start, end);
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
      start = end + 1;
    }
    return names;
  }

  /** A name in a directory. */
  public static String join(String directory, String name) {
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }

  /** The directory that holds a path; {@code /} holds itself. */
  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** The last name of a path. */
  public static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The path without empty names and {@code .}; {@code ..} stays, as it may follow a link. */
  public static String clean(String path) {
    return "/" + String.join("/", names(path));
  }

  /** The path without {@code ..} too: right only where no symbolic link is on the way. */
  public static String normalized(String path) {
    List<String> result = new ArrayList<>();
    for (String name : names(path)) {
      if (!name.equals("..")) {
        result.add(name);
      } else if (!result.isEmpty()) {
        result.remove(result.size() - 1);
      }
    }
    return "/" + String.join("/", result);
  }
}
