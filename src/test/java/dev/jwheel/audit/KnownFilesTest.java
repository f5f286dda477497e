// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownFilesTest {
  @TempDir private Path directory;

  private WheelArchive copy(String fixture) throws IOException {
    Path wheel = Audits.fixture(fixture);
    return WheelArchive.open(Files.copy(wheel, directory.resolve(wheel.getFileName())));
  }

  @Test
  void theFactsOfAFileHoldForItsCopy() throws IOException {
    AuditReport report = Audits.report("bundled_version");
    ElfMember module = report.members().get(0);
    try (WheelArchive wheel = WheelArchive.open(Audits.fixture("bundled_version"));
        WheelArchive copy = copy("bundled_version")) {
      ZipMember member = copy.zip().find(module.path()).orElseThrow();
      KnownFiles known = new KnownFiles(wheel, report);
      assertThat(known.has(copy, member)).isTrue();
      assertThat(known.of(member)).containsSame(module.elf());
    }
  }

  @Test
  void theFactsOfAFileDoNotHoldForAnotherOfItsName() throws IOException {
    AuditReport report = Audits.report("hash_gnu");
    ElfMember module = report.members().get(0);
    try (WheelArchive wheel = WheelArchive.open(Audits.fixture("hash_gnu"));
        WheelArchive other = copy("hash_sysv")) {
      ZipMember same =
          other.members().stream()
              .filter(member -> member.name().endsWith(".so"))
              .findFirst()
              .orElseThrow();
      assertThat(new KnownFiles(wheel, report).has(other, same)).isFalse();
    }
  }

  @Test
  void aWheelIsJudgedAlikeWithAndWithoutKnownFiles() throws IOException {
    for (String name : new String[] {"bundled_version", "hash_gnu", "helper_isa_v4"}) {
      AuditReport report = Audits.report(name);
      try (WheelArchive wheel = WheelArchive.open(Audits.fixture(name));
          WheelArchive copy = copy(name)) {
        AuditOutcome again =
            new WheelAuditor(Audits.options(Optional.empty()))
                .audit(new MemberScanner(copy).reusing(new KnownFiles(wheel, report)));
        assertThat(((AuditReport) again).findings()).isEqualTo(report.findings());
      }
    }
  }
}
