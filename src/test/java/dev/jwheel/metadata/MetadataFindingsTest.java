// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataFindingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2.1|Name: -a|error metadata-value Name",
        "2.1|Version: x|error metadata-value Version",
        "2.2|Dynamic: Name|error metadata-value Dynamic",
        "2.2|Dynamic: Nonsense|error metadata-value Dynamic",
        "2.1|Summary: a\\n b|error metadata-value Summary",
        "2.1|Requires-Dist: a b|error metadata-value Requires-Dist",
        "2.1|Provides-Dist: a b|error metadata-value Provides-Dist",
        "2.1|Requires-Python: 3|error metadata-value Requires-Python",
        "2.1|Requires-External: C; os|error metadata-value Requires-External",
        "2.1|Project-URL: x|error metadata-value Project-URL",
        "2.1|Project-URL: , https://x.org|error metadata-value Project-URL",
        "2.1|Description-Content-Type: text/html|error metadata-value Description-Content-Type",
        "2.1|Description-Content-Type: text/markdown; a|error metadata-value Description-Content-Type",
        "2.1|Description-Content-Type: text/markdown; variant=x|error metadata-value Description-Content-Type",
        "2.1|Description-Content-Type: text/plain; charset=latin1|error metadata-value Description-Content-Type",
        "2.4|License-File: ../x|error metadata-value License-File",
        "2.4|License-File: a\\\\b|error metadata-value License-File",
        "2.4|License-File: C:x|error metadata-value License-File",
        "2.4|License-File: a//b|error metadata-value License-File",
        "2.5|Import-Name: a.class|error metadata-value Import-Name",
        "2.5|Import-Name: a; public|error metadata-value Import-Name",
        "2.5|Import-Namespace: |error metadata-value Import-Namespace",
        "2.1|Description: x\\n\\nbody|error metadata-description-twice Description",
        "1.2|Requires-Dist: a (>1)|note requires-dist-parentheses Requires-Dist",
        "1.2|Provides-Extra: a|warning metadata-field-version Provides-Extra",
        "2.1|License-File: L|note metadata-field-version License-File",
        "2.1|X-Own: a|warning metadata-unknown-field X-Own",
        "2.4|License-Expression: NoSuch|error license-expression License-Expression",
        "2.4|License-Expression: mit|warning license-expression License-Expression",
        "2.4|License-Expression: GPL-2.0|warning license-expression License-Expression",
        "2.0|Summary: a|error metadata-version Metadata-Version",
        "3.0|Summary: a|error metadata-version Metadata-Version",
        "2.6|Summary: a|error index-metadata-version Metadata-Version",
        "2.1|Home-page: ftp://x.org|error index-url Home-page",
        "2.1|Download-URL: x|error index-url Download-URL",
        "2.1|Project-URL: Home, x y|error index-url Project-URL",
        "2.1|Requires-Dist: a @ https://x.org|error index-direct-url Requires-Dist",
        "2.1|Obsoletes-Dist: a @ https://x.org|error index-direct-url Obsoletes-Dist",
        "2.1|Author-email: nobody|warning index-email Author-email",
        "2.1|Classifier: Private :: x|error index-classifier Classifier",
        "2.1|Classifier: Natural Language :: Ukranian|error index-classifier Classifier",
        "2.1|Classifier: x|error index-classifier Classifier"
      })
  void aFieldThatBreaksItsRuleIsFound(String version, String lines, String finding) {
    String text = lines.replace("\\\\", "\u0000").replace("\\n", "\n").replace("\u0000", "\\");
    CoreMetadata metadata = MetadataText.of(version, text);
    assertThat(MetadataText.findings(metadata)).contains(finding);
  }

  @Test
  void metadataThatFollowsTheRulesHasNoFindings() {
    CoreMetadata metadata =
        MetadataText.of(
            "2.5",
            "Dynamic: requires-dist",
            "Summary: s",
            "Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM;",
            "Author-email: \"A, b\" <a@example.org>, c@example.org",
            "License-Expression: MIT",
            "License-File: licenses/L",
            "Classifier: Programming Language :: Python",
            "Requires-Python: >=3.8,!=3.9.*",
            "Requires-External: libpng (>=1.5); os_name == 'posix'",
            "Project-URL: Home, https://example.org/a?b=c#d",
            "Home-page: UNKNOWN",
            "Provides-Extra: dev-test",
            "Requires-Dist: x[y]>=1; extra == 'dev-test'",
            "Import-Name: a.b ; private",
            "Import-Namespace: n",
            "",
            "body");
    assertThat(metadata.findings()).isEmpty();
  }

  @Test
  void whatIsMissingIsFound() {
    assertThat(MetadataText.findings(MetadataText.read("")))
        .containsExactly(
            "error metadata-version Metadata-Version",
            "error metadata-value Name",
            "error metadata-value Version",
            "error index-metadata-version Metadata-Version");
    assertThat(MetadataText.findings(MetadataText.of("2.1", "", "body")))
        .containsExactly("warning readme-type Description-Content-Type");
  }

  @Test
  void aByteOrderMarkHidesEveryField() {
    assertThat(MetadataText.findings(MetadataText.read("\ufeffName: a\n")))
        .contains("error metadata-encoding", "error metadata-value Name");
  }

  @Test
  void aSingleUseFieldTwiceIsFoundAndAMetadataVersionTwiceIsNone() {
    CoreMetadata metadata =
        MetadataText.of(
            "2.1", "Metadata-Version: 2.2", "Import-Name: a", "Summary: s", "summary: t");
    assertThat(MetadataText.findings(metadata))
        .containsExactly(
            "error metadata-repeated Metadata-Version", "error metadata-repeated Summary");
  }

  @Test
  void aContentTypeHasOneLine() {
    assertThat(
            MetadataText.findings(
                MetadataText.of("2.1", "Description-Content-Type: text/plain\r ")))
        .containsExactly("error metadata-value Description-Content-Type");
    assertThat(
            MetadataText.findings(MetadataText.of("2.1", "Description-Content-Type: text/plain\r")))
        .isEmpty();
  }

  @Test
  void labelsOfUrlsAreUnique() {
    CoreMetadata metadata =
        MetadataText.of("2.1", "Project-URL: a, https://x.org", "Project-URL: a , https://y.org");
    assertThat(MetadataText.findings(metadata)).containsExactly("error metadata-value Project-URL");
  }

  @Test
  void aLicenseStandsOnlyOnce() {
    CoreMetadata metadata =
        MetadataText.of(
            "2.4",
            "License: MIT",
            "License-Expression: MIT",
            "Classifier: License :: OSI Approved :: MIT License");
    assertThat(MetadataText.findings(metadata))
        .containsExactly("error license-both License", "warning license-both Classifier");
  }

  @Test
  void anImportNameIsNotANamespaceToo() {
    CoreMetadata metadata =
        MetadataText.of("2.5", "Import-Name: a; private", "Import-Namespace: a");
    assertThat(MetadataText.findings(metadata))
        .containsExactly("warning import-name Import-Namespace");
    assertThat(MetadataText.findings(MetadataText.of("2.5", "Import-Name:"))).isEmpty();
  }

  @Test
  void messagesAreShortAndPrintable() {
    String value = "\u001b[31m" + "x".repeat(100_000);
    CoreMetadata metadata =
        MetadataText.of("2.1", "Requires-Python: " + value, "Requires-Dist: " + value, value + ":");
    List<MetadataFinding> findings = metadata.findings();
    assertThat(findings).isNotEmpty();
    assertThat(findings)
        .allSatisfy(
            finding ->
                assertThat(finding.toString()).hasSizeLessThan(300).doesNotContain("\u001b"));
  }
}
