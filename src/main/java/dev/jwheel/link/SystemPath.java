// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

/**
 * The directories of a system that its loader searches last.
 *
 * @param all all of them
 * @param withoutDefaults those that are left with DF_1_NODEFLIB
 */
record SystemPath(SearchPath all, SearchPath withoutDefaults) {

  /** A system whose loader knows no DF_1_NODEFLIB. */
  static SystemPath of(SearchPath all) {
    return new SystemPath(all, all);
  }
}
