// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.metadata.MetadataRule;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCatalogTest {
  private static final Path DOCS = Path.of("docs", "check.md");
  private static final String START = "<!-- rules: generated from rules.txt -->\n";
  private static final String END = "<!-- end of rules -->\n";

  private final RuleCatalog catalog = RuleCatalog.builtIn();

  @Test
  void everyRuleOfMetadataHasTheSameNameAndLevelHere() {
    for (MetadataRule rule : MetadataRule.values()) {
      assertThat(catalog.find(rule.id())).as(rule.id()).isPresent();
      assertThat(catalog.get(rule.id()).level()).as(rule.id()).isEqualTo(rule.level());
    }
  }

  @Test
  void everyNameOfCheckWheelContentsIsARule() {
    for (String name :
        List.of(
            "W001", "W002", "W003", "W004", "W005", "W006", "W007", "W008", "W009", "W010", "W101",
            "W102", "W201", "W202")) {
      assertThat(catalog.find(name)).as(name).isPresent();
    }
  }

  @Test
  void aRuleLacksNothing() {
    assertThatThrownBy(() -> RuleCatalog.read(new StringReader("[a]\nlevel = note\n")))
        .hasMessageContaining("rule a has no area");
    assertThatThrownBy(() -> RuleCatalog.read(new StringReader("[a]\nlevel\n")))
        .hasMessageContaining("expected KEY = TEXT");
  }

  @Test
  void aMisspeltNameHasANearestOne() {
    assertThat(catalog.nearest("record-hahs")).isEqualTo("record-hash");
    assertThat(catalog.nearest("area:recrod")).isEqualTo("area:record");
  }

  /** With {@code -Djwheel.update=true} the documentation is written instead. */
  @Test
  void theDocumentationHasEveryRule() throws IOException {
    String docs = Files.readString(DOCS);
    int start = docs.indexOf(START) + START.length();
    int end = docs.indexOf(END);
    String rules = markdown();
    if (Boolean.getBoolean("jwheel.update")) {
      Files.writeString(DOCS, docs.substring(0, start) + rules + docs.substring(end));
    } else {
      assertThat(docs.substring(start, end)).isEqualTo(rules);
    }
  }

  private String markdown() {
    StringBuilder text = new StringBuilder();
    for (String area : catalog.areas()) {
      text.append("\n### Area `").append(area).append("`\n\n");
      text.append("| rule | level | holds if | otherwise | fix | source |\n");
      text.append("|---|---|---|---|---|---|\n");
      for (CheckRule rule : catalog.all()) {
        if (rule.area().equals(area)) {
          String names =
              rule.aliases().isEmpty() ? "" : " (" + String.join(", ", rule.aliases()) + ")";
          text.append("| `").append(rule.id()).append('`').append(names);
          text.append(" | ").append(rule.level());
          text.append(" | ").append(cell(rule.holds()));
          text.append(" | ").append(cell(rule.why()));
          text.append(" | ").append(cell(rule.fix()));
          text.append(" | ").append(cell(rule.source())).append(" |\n");
        }
      }
    }
    return text.append('\n').toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_");
  }
}
