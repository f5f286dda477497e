// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

/** The dynamic entry that holds a library search path (gABI, "Shared Object Dependencies"). */
public enum RpathKind {
  /** DT_RPATH: searched before LD_LIBRARY_PATH, also for the dependencies of dependencies. */
  RPATH,
  /** DT_RUNPATH: searched after LD_LIBRARY_PATH, for direct dependencies alone. */
  RUNPATH
}
