// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.WrittenMember;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class RecordFileTest {
  private final List<Defect> defects = new ArrayList<>();

  private RecordFile parse(String text) {
    return RecordFile.parse(text, "RECORD", defects);
  }

  @Test
  void aRowIsPathHashAndSize() {
    RecordFile record = parse("a/b.py,sha256=abc,12\r\nx.dist-info/RECORD,,\r\n");
    assertThat(record.rows())
        .containsExactly(
            RecordRow.of("a/b.py", "sha256=abc", 12), RecordRow.unhashed("x.dist-info/RECORD"));
    assertThat(defects).isEmpty();
  }

  @Test
  void rowsAreWrittenWithLineFeedsAndQuotesOnlyWhereNeeded() {
    String text = "a b.py,sha256=abc,12\n\"a,\"\"b\",sha256=c,0\nRECORD,,\n";
    assertThat(parse(text).serialize()).isEqualTo(text);
  }

  @Test
  void aQuotedPathMayHoldCommasQuotesAndLineEnds() {
    assertThat(parse("\"a,b\"\"c\nd\",,\n").rows())
        .containsExactly(RecordRow.unhashed("a,b\"c\nd"));
  }

  @Test
  void anUnquotedCommaIsPutTogetherAgainAndReported() {
    assertThat(parse("a,b.so,sha256=abc,12\n").rows())
        .containsExactly(RecordRow.of("a,b.so", "sha256=abc", 12));
    assertThat(defects).extracting(Defect::code).containsExactly("record-row");
  }

  @Test
  void emptyLinesAreNoRows() {
    assertThat(parse("\n\na,,\n\n").rows()).hasSize(1);
    assertThat(defects).isEmpty();
  }

  @Test
  void missingColumnsBadSizesAndOpenQuotesAreReported() {
    parse("a\nb,,ten\n\"c,,");
    assertThat(defects)
        .extracting(Defect::problem)
        .containsExactly(
            "the row of a has 1 columns, expected path, hash and size",
            "the row of b has the size ten, expected a number",
            "the row of c,, has 1 columns, expected path, hash and size",
            "ends inside a quoted column");
  }

  @Test
  void writtenMembersAreListedWithoutDirectoriesAndWithRecordLast() {
    assertThat(
            RecordFile.of(
                    List.of(new WrittenMember("d/", 0, "x"), new WrittenMember("d/a,b", 3, "AB_-")),
                    "f.dist-info/RECORD")
                .serialize())
        .isEqualTo("\"d/a,b\",sha256=AB_-,3\nf.dist-info/RECORD,,\n");
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadBack(
      @ForAll List<@NotEmpty @CharRange(from = '\n', to = '\u00ff') String> paths) {
    List<RecordRow> rows = new ArrayList<>();
    for (String path : paths) {
      rows.add(RecordRow.of(path, "sha256=x", path.length()));
    }
    assertThat(parse(new RecordFile(rows).serialize()).rows()).isEqualTo(rows);
    assertThat(defects).isEmpty();
  }

  @Property(tries = 300)
  void anyTextIsRead(@ForAll @CharRange(from = '\t', to = '0') String text) {
    assertThat(parse(text).rows().size()).isLessThanOrEqualTo(text.length());
  }
}
