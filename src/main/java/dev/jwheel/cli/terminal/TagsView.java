// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.tags.Acceptance;
import dev.jwheel.tags.SystemTags;
import java.util.List;

/** The results of {@code tags}. */
public sealed interface TagsView {

  /** The system that was looked at. */
  SystemTags system();

  /** Whether to show how everything was found out. */
  boolean explained();

  /**
   * The tags of a system.
   *
   * @param whole whether to show whole triples
   */
  record Supported(SystemTags system, boolean explained, boolean whole) implements TagsView {}

  /**
   * The wheels that a system takes or not.
   *
   * @param wheels all of them, in the order of the command line
   * @param chosen for each project the one that pip installs
   */
  record Accepted(
      SystemTags system, boolean explained, List<Acceptance> wheels, List<Acceptance> chosen)
      implements TagsView {
    public Accepted {
      wheels = List.copyOf(wheels);
      chosen = List.copyOf(chosen);
    }
  }
}
