// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

/**
 * A place where core metadata breaks a rule.
 *
 * @param rule the rule
 * @param level how grave it is here
 * @param field the field's name; empty where it is about the whole file
 * @param message the problem, beginning with a verb: {@code is not a version of PEP 440: x}; its
 *     length is limited and it holds no control characters
 */
public record MetadataFinding(MetadataRule rule, FindingLevel level, String field, String message) {

  /** The finding at another level. */
  public MetadataFinding at(FindingLevel other) {
    return new MetadataFinding(rule, other, field, message);
  }

  @Override
  public String toString() {
    return rule.id() + ": " + (field.isEmpty() ? "" : field + " ") + message;
  }
}
