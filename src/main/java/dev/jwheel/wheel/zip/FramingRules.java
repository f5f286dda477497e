// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the package index refuses of an archive that every reader reads alike: its upload code goes
 * from record to record and takes only the plainest ones. Each rule is one defect, however many
 * members break it.
 */
final class FramingRules {
  private static final long FREE_EXPANSION = 64L << 20;
  private static final long EXPANSION = 50;
  private static final int LONGEST_ZIP64 = 28;

  private final Map<Rule, Broken> broken = new LinkedHashMap<>();

  /** A rule of the index, by its name and by that which breaks it. */
  private enum Rule {
    FRAMING("zip-record-framing", "belong to no member"),
    DESCRIPTOR("zip-data-descriptor", "a data descriptor"),
    COMMENT("zip-comment", "a comment"),
    ZIP64("zip-extra-repeated", "a zip64 extra field of an odd length"),
    EXTRA("zip-extra-field", "a damaged extra field"),
    EXPANSION("zip-expansion", "");

    private final String code;
    private final String flaw;

    Rule(String code, String flaw) {
      this.code = code;
      this.flaw = flaw;
    }
  }

  /** The members, or places, that break a rule. */
  private static final class Broken {
    private final String first;
    private int count;

    Broken(String first) {
      this.first = first;
    }
  }

  private void note(Rule rule, String place) {
    broken.computeIfAbsent(rule, unused -> new Broken(place)).count++;
  }

  /** Notes bytes before, between or behind the members. */
  void gap(long size, String where) {
    note(Rule.FRAMING, size + " bytes " + where);
  }

  /** Notes that a local header announces a data descriptor. */
  void descriptor(String member) {
    note(Rule.DESCRIPTOR, member);
  }

  /** Checks what only the central header has. */
  void checkCentral(String member, ExtraFields extra, int commentSize) {
    if (commentSize > 0) {
      note(Rule.COMMENT, member);
    }
    check(member, extra);
  }

  /** Checks the extra fields of a local header. */
  void checkLocal(String member, ExtraFields extra) {
    check(member, extra);
  }

  private void check(String member, ExtraFields extra) {
    if (extra.blocks().limit() == 0) {
      return;
    }
    if (!extra.isWellFormed()) {
      note(Rule.EXTRA, member);
    }
    ByteBuffer zip64 = extra.find(ExtraFields.ZIP64);
    boolean odd = zip64.limit() % Long.BYTES != 0 && zip64.limit() != LONGEST_ZIP64;
    if (odd || zip64.limit() > LONGEST_ZIP64) {
      note(Rule.ZIP64, member);
    }
  }

  /**
   * Checks how much the archive inflates to.
   *
   * @param archiveSize the size of the file in bytes
   * @param size the size of all contents in bytes
   */
  void checkExpansion(long archiveSize, long size) {
    if (size > FREE_EXPANSION && size / EXPANSION > archiveSize) {
      note(Rule.EXPANSION, archiveSize + " bytes inflate to " + size);
    }
  }

  /** Adds a defect for every rule that is broken. */
  void addDefects(List<Defect> defects) {
    broken.forEach((rule, where) -> defects.add(defect(rule, where)));
  }

  private static Defect defect(Rule rule, Broken where) {
    String refused = ", which the package index refuses";
    return switch (rule) {
      case FRAMING ->
          new Defect(
              rule.code,
              "",
              where.first
                  + " "
                  + rule.flaw
                  + (where.count > 1
                      ? ", and so do others in " + (where.count - 1) + " places"
                      : "")
                  + refused);
      case EXPANSION ->
          new Defect(rule.code, "", where.first + ", more than 50 times as many" + refused);
      default ->
          where.count == 1
              ? new Defect(rule.code, where.first, "has " + rule.flaw + refused)
              : new Defect(
                  rule.code,
                  "",
                  "members have "
                      + rule.flaw
                      + refused
                      + ": "
                      + where.first
                      + " and "
                      + (where.count - 1)
                      + " more");
    };
  }
}
