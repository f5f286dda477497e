// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

/** Why a loader searches a directory. */
public enum SearchSource {
  /** DT_RPATH. */
  RPATH("RPATH"),
  /** DT_RUNPATH. */
  RUNPATH("RUNPATH"),
  /** An environment variable, {@code LD_LIBRARY_PATH} or its namesake for this tool. */
  ENVIRONMENT("environment"),
  /** Named by the user in place of the directories of the system. */
  LDPATHS("--ldpaths"),
  /** The loader's configuration file: {@code ld.so.conf} or a musl path file. */
  CONFIGURATION("configuration"),
  /** Built into the loader. */
  DEFAULT("default directory"),
  /** The directory in which a file may have been linked to a library by its path. */
  BUILD("directory of the run"),
  /** Not searched: the DT_NEEDED entry is a path itself. */
  DIRECT("path in DT_NEEDED");

  private final String label;

  SearchSource(String label) {
    this.label = label;
  }

  /** The name people use for it. */
  public String label() {
    return label;
  }
}
