// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import dev.jwheel.io.ByteSource;
import java.io.IOException;
import java.util.List;

/**
 * A tree of files as lstat(2), readlink(2) and open(2) show it: nothing here follows a symbolic
 * link. The directories on the way to every path that is asked for are real ones.
 */
interface FileTree {

  /** What a name stands for. */
  sealed interface Entry {}

  record Absent() implements Entry {}

  record Directory() implements Entry {}

  /** A file with content; the identity is equal for two hard links of one file. */
  record Regular(Object identity) implements Entry {}

  record Link(String target) implements Entry {}

  /** A device, a socket, or a name that cannot be looked at. */
  record Other(String reason) implements Entry {}

  Entry entry(String path);

  /** The names in a directory, in no particular order. */
  List<String> names(String directory) throws IOException;

  /** The content of a regular file. */
  ByteSource content(String path) throws IOException;
}
