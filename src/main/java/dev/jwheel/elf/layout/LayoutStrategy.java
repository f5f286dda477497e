// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfFormatException;

/** One way to find the room that an edit needs. */
public interface LayoutStrategy {

  /** Finds the room, or tells why this way is closed. */
  Attempt attempt(SpaceRequirements space) throws ElfFormatException;

  /** How an attempt ended. */
  sealed interface Attempt {

    static Attempt refused(String reason) {
      return new Refused(reason);
    }

    /** The room is found. */
    record Found(Layout layout) implements Attempt {}

    /** This way is closed. */
    record Refused(String reason) implements Attempt {}
  }
}
