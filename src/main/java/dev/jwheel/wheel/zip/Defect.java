package dev.jwheel.wheel.zip;

import dev.jwheel.io.Printable;

/**
 * Something that breaks a rule, or a good custom, of the format and leaves the content readable in
 * one way only.
 *
 * @param code what kind of defect, for programs: lower-case words joined by hyphens
 * @param place a member's name; empty where the whole archive is meant
 * @param problem what is odd and what was expected, for people
 */
public record Defect(String code, String place, String problem) {

  @Override
  public String toString() {
    return Printable.of(place.isEmpty() ? problem : place + ": " + problem);
  }
}
