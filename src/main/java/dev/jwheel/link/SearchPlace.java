// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.link.tree.LibraryTree;

/**
 * A directory that a loader searches.
 *
 * @param source why it is searched
 * @param declaredBy what names it: the object whose RPATH or RUNPATH it is, the configuration file,
 *     or the environment variable; empty where the source says it all
 * @param directory the directory, as {@link LibraryTree#describe} puts it
 */
public record SearchPlace(SearchSource source, String declaredBy, String directory) {

  /** Such as {@code RUNPATH of pkg/module.so} or {@code /etc/ld.so.conf}. */
  @Override
  public String toString() {
    return switch (source) {
      case RPATH, RUNPATH -> source.label() + " of " + declaredBy;
      case ENVIRONMENT, CONFIGURATION -> declaredBy;
      case LDPATHS, DEFAULT, DIRECT, BUILD -> source.label();
    };
  }
}
