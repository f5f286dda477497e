// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostileMetadataTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void aDescriptionOfFiftyMegabytesIsRead() {
    String body = "x".repeat(50 << 20);
    CoreMetadata metadata = MetadataText.of("2.1", "", body);
    assertTimeout(LIMIT, metadata::findings);
    assertThat(metadata.description().orElseThrow()).hasSize(50 << 20);
  }

  @Test
  void aDescriptionOfAMillionFoldedLinesIsRead() {
    CoreMetadata metadata =
        MetadataText.of("1.0", "Description: a" + "\n       |b".repeat(1_000_000));
    assertThat(assertTimeout(LIMIT, metadata::description).orElseThrow()).hasSize(2_000_001);
  }

  @Test
  void aHundredThousandRequirementsAreRead() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      lines
          .append("Requires-Dist: p")
          .append(i)
          .append(">=1,<2; extra == 'e")
          .append(i)
          .append("'\n");
    }
    CoreMetadata metadata = MetadataText.of("2.1", lines.toString());
    assertThat(assertTimeout(LIMIT, metadata::requirements)).hasSize(100_000);
    assertThat(assertTimeout(LIMIT, metadata::findings))
        .filteredOn(finding -> finding.rule() == MetadataRule.EXTRA_UNDECLARED)
        .hasSize(101)
        .last()
        .hasToString("extra-undeclared: breaks the rule in 99900 more places");
  }

  @Test
  void markersNestedAThousandTimesAreAFinding() {
    for (int depth : new int[] {1000, 1_000_000}) {
      String marker = "(".repeat(depth) + "os_name=='x'" + ")".repeat(depth);
      CoreMetadata metadata = MetadataText.of("2.1", "Requires-Dist: a; " + marker);
      assertThat(MetadataText.findings(metadata))
          .containsExactly("error metadata-value Requires-Dist");
    }
  }

  @Test
  void longValuesOfEveryFieldAreReadInTimeThatGrowsWithThem() {
    for (String part :
        new String[] {"a", "1.", "(", "'", "\"", ",", "==1,", " and ", "\\", ";", "-", "=", "<"}) {
      StringBuilder lines = new StringBuilder();
      for (Field field : Fields.read().all()) {
        lines.append(field.name()).append(": a").append(part.repeat(20_000)).append('\n');
      }
      CoreMetadata metadata = MetadataText.read(lines.toString());
      assertThat(assertTimeout(LIMIT, metadata::findings)).isNotEmpty();
    }
  }
}
