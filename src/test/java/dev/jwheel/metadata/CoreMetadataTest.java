// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoreMetadataTest {

  private static List<String> json(CoreMetadata metadata) {
    return metadata.json().stream()
        .map(value -> value.key() + "=" + (value.list() ? value.values() : value.value()))
        .toList();
  }

  @Test
  void jsonKeysAreFieldNamesInLowerCaseAndMultipleUseFieldsAreLists() {
    CoreMetadata metadata =
        MetadataText.of(
            "2.1", "CLASSIFIER: A", "Home-page: x", "Classifier: B", "Platform: any", "Dynamic: ");
    assertThat(json(metadata))
        .containsExactly(
            "metadata_version=2.1",
            "name=a",
            "version=1",
            "classifier=[A, B]",
            "home_page=x",
            "platform=[any]",
            "dynamic=[]");
  }

  @Test
  void keywordsAreSplitAtCommas() {
    assertThat(json(MetadataText.of("2.1", "Keywords: a b , c,,d")))
        .contains("keywords=[a b, c, d]");
    assertThat(json(MetadataText.of("2.1", "Keywords:"))).contains("keywords=[]");
  }

  @Test
  void theBodyIsTheDescriptionAndElseTheHeaderWithoutItsFolding() {
    assertThat(json(MetadataText.of("2.1", "Description: x", "Summary: s", "", "the body\n")))
        .containsSubsequence("description=the body\n", "summary=s");
    assertThat(json(MetadataText.of("1.0", "Description: a", "       |b", "        |c", " d")))
        .contains("description=a\nb\n|c\n d");
  }

  @Test
  void unknownFieldsAreTextsOrListsIfRepeated() {
    assertThat(json(MetadataText.of("2.1", "X-a: 1", "Y: 1", "y: 2")))
        .contains("x_a=1", "y=[1, 2]");
  }

  @Test
  void aRepeatedSingleUseFieldHasItsFirstValue() {
    assertThat(json(MetadataText.of("2.1", "Summary: 1", "Summary: 2"))).contains("summary=1");
  }

  @Test
  void invalidExtrasAreNotInTheJson() {
    CoreMetadata metadata = MetadataText.of("2.1", "Provides-Extra: a_b", "Provides-Extra: -x");
    assertThat(json(metadata)).contains("provides_extra=[a_b]");
    assertThat(json(MetadataText.of("2.1", "Provides-Extra: a b")))
        .noneMatch(entry -> entry.startsWith("provides_extra"));
  }

  @Test
  void bytesThatAreNotUtf8AreReplacedAndFound() {
    byte[] bytes = "Name: a\nSummary: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    CoreMetadata metadata = CoreMetadata.read(bytes);
    assertThat(metadata.first("Summary")).contains("\ufffd");
    assertThat(metadata.findings())
        .anySatisfy(finding -> assertThat(finding.message()).contains("offset 17"));
  }

  @Test
  void aRequirementThatCannotBeReadIsLeftOutOfTheRequirements() {
    CoreMetadata metadata = MetadataText.of("2.1", "Requires-Dist: x>1", "Requires-Dist: >1");
    assertThat(metadata.requirements()).extracting(Requirement::name).containsExactly("x");
  }

  @Test
  void anUploadFormHasEachValueAsAPart() {
    CoreMetadata metadata =
        MetadataText.of(
            "2.1",
            "Keywords: a, b",
            "Classifier: A",
            "Classifier: B",
            "Project-URL: Home, x",
            "License-File: L",
            "X: own",
            "",
            "body");
    assertThat(metadata.form())
        .containsExactly(
            new FormPart("metadata_version", "2.1"),
            new FormPart("name", "a"),
            new FormPart("version", "1"),
            new FormPart("description", "body"),
            new FormPart("keywords", "a, b"),
            new FormPart("classifiers", "A"),
            new FormPart("classifiers", "B"),
            new FormPart("project_urls", "Home, x"));
    assertThat(MetadataText.of("2.4", "License-File: L").form())
        .contains(new FormPart("license_file", "L"));
  }
}
