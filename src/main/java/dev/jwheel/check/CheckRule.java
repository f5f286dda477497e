// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.metadata.FindingLevel;
import java.util.List;

/**
 * A rule that a wheel or a release follows or breaks.
 *
 * @param id the stable name: {@code rpath-relative}
 * @param level how grave it is to break the rule, where a result does not say otherwise
 * @param area what the rule is about: {@code native}
 * @param holds the state of a file that follows the rule
 * @param why what goes wrong otherwise
 * @param fix what to do about it, in one line
 * @param source the standard or the observation it comes from
 * @param aliases its names in check-wheel-contents: {@code W001}
 */
public record CheckRule(
    String id,
    FindingLevel level,
    String area,
    String holds,
    String why,
    String fix,
    String source,
    List<String> aliases) {

  public CheckRule {
    aliases = List.copyOf(aliases);
  }

  /** Whether only the public index asks for it. */
  public boolean isOfTheIndex() {
    return area.equals("index");
  }

  @Override
  public String toString() {
    return id;
  }
}
