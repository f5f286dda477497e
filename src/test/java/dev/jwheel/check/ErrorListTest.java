// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.metadata.FindingLevel;
import dev.jwheel.wheel.RealWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Error means error: each one on a real wheel was looked at by a person and stands in a list with
 * the reason why it is right. {@code check_errors.py} does the same for wheels to download.
 */
class ErrorListTest {
  private static final Path LIST = Path.of("src", "test", "tools", "check-errors.tsv");
  private static final Path DOCS = Path.of("docs", "check.md");
  private static final String START = "<!-- errors: generated from check-errors.tsv -->\n";
  private static final String END = "<!-- end of errors -->\n";

  /**
   * A line of the list.
   *
   * @param subjects patterns with {@code ?} and {@code *}; {@code -} is the empty subject
   */
  private record Row(String rule, String wheel, List<String> subjects, String reason) {

    boolean isOf(CheckResult result, String file) {
      String subject = result.subject().isEmpty() ? "-" : result.subject();
      return rule.equals(result.rule().id())
          && wheel.equals(file)
          && subjects.stream().anyMatch(pattern -> matches(pattern, subject));
    }

    private static boolean matches(String pattern, String subject) {
      return subject.matches(
          "\\Q" + pattern.replace("?", "\\E.\\Q").replace("*", "\\E.*\\Q") + "\\E");
    }
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(LIST)) {
      if (!line.startsWith("#")) {
        String[] cells = line.split("\t");
        assertThat(cells).as(line).hasSize(4);
        rows.add(new Row(cells[0], cells[1], List.of(cells[2].split(" ")), cells[3]));
      }
    }
    return rows;
  }

  @Test
  void everyErrorOfARealWheelIsListedAndEveryListedOneIsReported() throws IOException {
    List<Row> rows = rows();
    Set<String> unlisted = new TreeSet<>();
    Set<Row> missing = new HashSet<>();
    Selection selection = new Selection(RuleCatalog.builtIn(), false);
    for (Path path : RealWheels.all()) {
      String file = String.valueOf(path.getFileName());
      List<Row> expected = rows.stream().filter(row -> row.wheel().equals(file)).toList();
      missing.addAll(expected);
      for (CheckResult result : Checks.check(path, selection).results()) {
        if (result.level() == FindingLevel.ERROR) {
          boolean listed = expected.stream().anyMatch(row -> row.isOf(result, file));
          missing.removeIf(row -> row.isOf(result, file));
          if (!listed) {
            unlisted.add(file + ": " + result.rule().id() + ", " + result.subject());
          }
        }
      }
    }
    assertThat(unlisted).isEmpty();
    assertThat(missing).isEmpty();
  }

  /** With {@code -Djwheel.update=true} the documentation is written instead. */
  @Test
  void theDocumentationHasEveryError() throws IOException {
    String docs = Files.readString(DOCS);
    int start = docs.indexOf(START) + START.length();
    int end = docs.indexOf(END);
    String table = markdown();
    if (Boolean.getBoolean("jwheel.update")) {
      Files.writeString(DOCS, docs.substring(0, start) + table + docs.substring(end));
    } else {
      assertThat(docs.substring(start, end)).isEqualTo(table);
    }
  }

  private static String markdown() throws IOException {
    Map<String, List<String>> wheels = new LinkedHashMap<>();
    for (Row row : rows()) {
      String reason = "| `" + row.rule() + "` | " + row.reason().replace("_", "\\_") + " | ";
      wheels.computeIfAbsent(reason, key -> new ArrayList<>()).add("`" + row.wheel() + "`");
    }
    StringBuilder text =
        new StringBuilder("\n| rule | why it is right | wheels |\n|---|---|---|\n");
    wheels.forEach(
        (reason, names) -> text.append(reason).append(String.join(", ", names)).append(" |\n"));
    return text.append('\n').toString();
  }
}
