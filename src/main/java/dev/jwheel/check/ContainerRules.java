// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.metadata.FindingLevel;
import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.ZipMember;
import java.util.List;

/** Rules about the archive: its defects, and what only matters to those who receive it. */
final class ContainerRules implements RuleGroup {
  private static final int SPECIAL_BITS = 07000;
  private static final int DESCRIPTOR_FLAG = 8;
  private static final long LARGE = 1 << 20;

  @Override
  public void check(Subject subject, ResultList results) {
    for (Defect defect : subject.wheel().defects()) {
      String rule = rule(defect.code());
      if (!rule.isEmpty()) {
        results.add(rule, defect.place(), defect.code(), defect.problem());
      }
    }
    String distInfo = subject.wheel().distInfo() + "/";
    List<ZipMember> members = subject.files();
    boolean within = false;
    boolean last = true;
    for (ZipMember member : members) {
      boolean inDistInfo = member.name().startsWith(distInfo);
      last &= inDistInfo || !within;
      within |= inDistInfo;
      check(member, results);
    }
    if (!last) {
      results.add("dist-info-last", "", "", distInfo + " does not stand at the end of the archive");
    }
  }

  private static void check(ZipMember member, ResultList results) {
    if ((member.flags() & DESCRIPTOR_FLAG) != 0) {
      results.add("zip-data-descriptor", member.name(), "", "has a data descriptor");
    }
    int special = member.unixMode() & SPECIAL_BITS;
    if (special != 0) {
      results.add(
          "zip-mode",
          member.name(),
          Integer.toOctalString(special),
          "has the mode bits " + Integer.toOctalString(special));
    }
    if (member.method() == ZipMember.STORED && member.size() > LARGE && deflates(member.name())) {
      results.add(
          "stored-large",
          FindingLevel.NOTE,
          member.name(),
          "",
          "has " + member.size() + " bytes and is not compressed");
    }
  }

  /** Whether the content can be expected to become smaller. */
  private static boolean deflates(String name) {
    String base = Subject.baseName(name);
    return base.endsWith(".py") || base.endsWith(".so") || base.contains(".so.");
  }

  /** The rule that a defect of the archive breaks; empty if it is judged elsewhere. */
  private static String rule(String code) {
    return switch (code) {
      case "zip-archive-comment" -> "zip-comment";
      case "zip-comment",
          "zip-method",
          "zip-name-case",
          "zip-extra-field",
          "zip-symlink",
          "zip-control-characters",
          "zip-extra-repeated",
          "zip-record-framing" ->
          code;
      case "zip-expansion" -> "index-compression-ratio";
      case "zip-name", "zip-directory" -> "zip-control-characters";
      case "zip-mode" -> "zip-symlink";
      case "dist-info-name",
          "wheel-version",
          "wheel-tag",
          "wheel-purelib",
          "header",
          "text-encoding",
          "metadata-missing",
          "record-missing" ->
          "wheel-file";
      case "record-row", "record-repeated", "record-line-separator" -> "record-format";
      case "record-absent", "record-no-hash", "record-unlisted" -> "record-complete";
      default -> "";
    };
  }
}
