// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import dev.jwheel.io.Printable;

/**
 * Something that breaks a rule, or a good custom, of the format and leaves the content readable in
 * one way only.
 *
 * @param code what kind of defect, for programs: lower-case words joined by hyphens
 * @param place a member's name; empty where the whole archive is meant
 * @param problem what is odd and what was expected, for people
 * @param isHazard whether installing or uninstalling the wheel does harm
 */
public record Defect(String code, String place, String problem, boolean isHazard) {

  /** A defect that does no harm. */
  public Defect(String code, String place, String problem) {
    this(code, place, problem, false);
  }

  /** A defect that does harm when the wheel is installed or uninstalled. */
  public static Defect hazard(String code, String place, String problem) {
    return new Defect(code, place, problem, true);
  }

  public Defect {
    problem = Printable.cut(problem);
  }

  @Override
  public String toString() {
    return Printable.cut(place.isEmpty() ? problem : place + ": " + problem);
  }
}
