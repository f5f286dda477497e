// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import dev.jwheel.io.Printable;
import java.io.IOException;

/**
 * A wheel, or what claims to be one, breaks a rule of its format in a way that leaves its content
 * unreadable or open to more than one reading.
 *
 * <p>An {@link IOException}, so that the streams of members can throw it.
 */
public final class WheelFormatException extends IOException {
  /** The code of a fault that has none of its own. */
  public static final String UNREADABLE = "unreadable";

  private final String code;
  private final String file;
  private final String place;
  private final String problem;

  /**
   * @param file the wheel's name as the user knows it
   * @param place where in the file: a member's name or an offset; empty where the whole is at fault
   * @param problem what is wrong and what was expected
   */
  public WheelFormatException(String file, String place, String problem) {
    this(UNREADABLE, file, place, problem);
  }

  /**
   * @param code the stable name of the rule that is broken, as a {@link Defect} has it
   * @param file the wheel's name as the user knows it
   * @param place where in the file: a member's name or an offset; empty where the whole is at fault
   * @param problem what is wrong and what was expected
   */
  WheelFormatException(String code, String file, String place, String problem) {
    super(
        Printable.cut(file)
            + (place.isEmpty() ? "" : ": " + Printable.cut(place))
            + ": "
            + Printable.cut(problem));
    this.code = code;
    this.file = file;
    this.place = place;
    this.problem = problem;
  }

  /** The stable name of the rule that is broken; {@link #UNREADABLE} for most. */
  public String code() {
    return code;
  }

  /** The wheel's name as the user knows it. */
  public String file() {
    return file;
  }

  /** Where in the file: a member's name or an offset; empty where the whole is at fault. */
  public String place() {
    return place;
  }

  /** What is wrong and what was expected, without file and place. */
  public String problem() {
    return problem;
  }
}
