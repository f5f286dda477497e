// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jwheel.audit.MemberScanner.Scanned;
import dev.jwheel.wheel.RecordRow;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemberScannerTest {

  private static Optional<String> hash(Scanned file) {
    return ((Scanned.ReadableFile) file).sha256();
  }

  @Test
  void anElfFileIsHashedWhenThatIsAskedForAndAsRecordHasIt() throws IOException {
    try (WheelArchive wheel = WheelArchive.open(Audits.fixture("bundled_version"))) {
      MemberScanner scanner = new MemberScanner(wheel);
      assertThat(scanner.scan()).allSatisfy(file -> assertThat(hash(file)).isEmpty());
      assertThat(scanner.hashing().scan())
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(wheel.record().orElseThrow().rows())
                      .extracting(RecordRow::path, RecordRow::hash)
                      .contains(tuple(file.path(), hash(file).map(text -> "sha256=" + text))));
    }
  }
}
