// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.wheel.WheelFileName;
import java.util.List;
import java.util.Optional;

/**
 * Whether a system takes a wheel.
 *
 * @param fileName the wheel's file name
 * @param name the same, read
 * @param tag the wheel's tag that the system prefers; empty if it supports none of them
 * @param rank the place of that tag among those of the system, from 1 on; 0 without one
 * @param obstacles every part of the name that does not fit; none where the wheel is taken
 * @param unknown why it is unknown whether a wheel that is not taken would be; empty if it is known
 */
public record Acceptance(
    String fileName,
    WheelFileName name,
    Optional<Tag> tag,
    int rank,
    List<Obstacle> obstacles,
    String unknown) {
  public Acceptance {
    obstacles = List.copyOf(obstacles);
  }

  /** The parts of a tag triple. */
  public enum Part {
    PYTHON("Python"),
    ABI("ABI"),
    PLATFORM("platform");

    private final String displayName;

    Part(String displayName) {
      this.displayName = displayName;
    }

    @Override
    public String toString() {
      return displayName;
    }
  }

  /**
   * A tag of a wheel that a system does not support.
   *
   * @param part which part of the triple it is
   * @param tag the tag as the wheel's name has it
   * @param needed what a system would need to support it
   */
  public record Obstacle(Part part, String tag, String needed) {}
}
