// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.zip.ZipMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A wheel that is checked, read once.
 *
 * @param wheel the archive
 * @param metadata its METADATA; empty where it has none
 * @param audit what the audit found
 * @param contents what was kept while the audit read the members
 * @param options what was asked for
 */
record Subject(
    WheelArchive wheel,
    Optional<CoreMetadata> metadata,
    AuditOutcome audit,
    MemberContents contents,
    CheckOptions options) {

  WheelFileName name() {
    return wheel.fileName();
  }

  /** The members that are files. */
  List<ZipMember> files() {
    List<ZipMember> files = new ArrayList<>();
    for (ZipMember member : wheel.members()) {
      if (!member.isDirectory()) {
        files.add(member);
      }
    }
    return files;
  }

  /** The path of a file in the dist-info directory. */
  String inDistInfo(String name) {
    return wheel.distInfo() + "/" + name;
  }

  /** The audit's report; empty for a wheel that no Linux platform tag concerns. */
  Optional<AuditReport> report() {
    return audit instanceof AuditReport report ? Optional.of(report) : Optional.empty();
  }

  /** The ELF files that were judged. */
  List<ElfMember> elfFiles() {
    return report().map(AuditReport::members).orElse(List.of());
  }

  /** A member's name without its directories. */
  static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
