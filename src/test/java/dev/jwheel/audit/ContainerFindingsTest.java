// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.WheelFormatException;
import dev.jwheel.wheel.zip.ZipBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit of wheels whose container is odd: what installers write is what is judged. */
class ContainerFindingsTest {
  private static final String INFO = "odd-1.0.dist-info/";

  @TempDir private Path directory;

  private static byte[] module() throws IOException {
    return Files.readAllBytes(Path.of("testdata/repair/m-ver.so"));
  }

  private static ZipBytes wheel(String more) {
    return new ZipBytes()
        .member(INFO + "METADATA", "Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n")
        .member(
            INFO + "WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n")
        .member(INFO + "RECORD", more + INFO + "RECORD,,\n");
  }

  private AuditOutcome audit(ZipBytes zip) throws IOException {
    Path file = zip.writeTo(directory.resolve("odd-1.0-cp311-cp311-linux_x86_64.whl"));
    try (WheelArchive wheel = WheelArchive.open(file)) {
      return new WheelAuditor(Audits.options(Optional.empty())).audit(wheel);
    }
  }

  @Test
  void anElfFileWithTheModeOfASymbolicLinkIsJudged() throws IOException {
    ZipBytes zip =
        wheel("").member("odd/m.so", module(), m -> m.externalAttributes = 0120777L << 16);
    AuditReport report = (AuditReport) audit(zip);
    assertThat(report.members()).extracting(ElfMember::path).containsExactly("odd/m.so");
    assertThat(report.findings())
        .filteredOn(finding -> finding.subject().equals("zip-symlink"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0010644, 0020644, 0060644, 0140644, 0040755, 0, 0177777})
  void anElfFileIsJudgedWhateverItsMode(long mode) throws IOException {
    ZipBytes zip = wheel("").member("odd/m.so", module(), m -> m.externalAttributes = mode << 16);
    assertThat(((AuditReport) audit(zip)).members()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aMemberThatIsNotOfItsStatedSizeIsNoPlainFile(int size) throws IOException {
    Consumer<ZipBytes.Member> lie =
        m -> {
          m.size = size;
          m.localSize = size;
        };
    ZipBytes zip = wheel("").member("odd/m.so", module()).member("odd/n.so", module(), lie);
    assertThatThrownBy(() -> audit(zip))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("odd/n.so: inflates to more than the " + size + " bytes it states");
  }

  @Test
  void dataBehindTheStreamOfAFileThatIsNotElfAreFound() throws IOException {
    byte[] hidden = new ZipBytes().member("evil.so", module()).build();
    ZipBytes zip =
        wheel("")
            .member("odd/m.so", module())
            .member("odd/a.py", "pass\n", m -> m.data(8, ZipBytes.concat(m.data, hidden)));
    assertThatThrownBy(() -> audit(zip))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("odd/a.py", "follow the end of its compressed data");
  }

  @ParameterizedTest
  @ValueSource(chars = {'\n', '\r', 0x0b, 0x0c, 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029})
  void aLineSeparatorInANameExcludesEveryTag(char separator) throws IOException {
    ZipBytes zip =
        wheel("").member("odd/m.so", module()).member("odd/a" + separator + "../b.py", "");
    assertExcludesEverything((AuditReport) audit(zip));
  }

  @ParameterizedTest
  @ValueSource(chars = {0x0b, 0x0c, 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029})
  void aLineSeparatorInRecordExcludesEveryTag(char separator) throws IOException {
    ZipBytes zip = wheel("odd/a" + separator + "../b.py,,\n").member("odd/m.so", module());
    assertExcludesEverything((AuditReport) audit(zip));
  }

  private static void assertExcludesEverything(AuditReport report) {
    assertThat(report.findings())
        .filteredOn(finding -> finding.subject().equals("record-line-separator"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.EXCLUDES);
              assertThat(finding.rulesOut())
                  .hasSameElementsAs(
                      report.policies().stream().map(policy -> policy.name()).toList());
            });
  }

  @Test
  void anArchiveThatTheIndexRefusesIsReportedOnceForEachRule() throws IOException {
    ZipBytes zip =
        wheel("")
            .member("odd/m.so", module(), m -> m.describe(true, false))
            .member("odd/b", "x", m -> m.describe(true, false))
            .member("odd/c", "x", m -> m.comment = "c".getBytes(UTF_8));
    assertThat(audit(zip).findings())
        .extracting(Finding::subject)
        .filteredOn(subject -> subject.startsWith("zip-"))
        .containsExactly("zip-comment", "zip-data-descriptor");
  }
}
