package dev.jwheel.link;

import java.util.List;

/**
 * The directories of a system that its loader searches last.
 *
 * @param directories the directories, in order, each once
 * @param ignored entries of its configuration that name no directory
 */
record SystemPath(List<SearchDirectory> directories, List<IgnoredEntry> ignored) {
  SystemPath {
    directories = List.copyOf(directories);
    ignored = List.copyOf(ignored);
  }
}
