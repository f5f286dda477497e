// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.WheelFormatException;
import dev.jwheel.wheel.zip.ZipBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WheelArchiveTest {
  private static final String NAME = "foo-1.0-cp39-cp39-linux_x86_64.whl";
  private static final String WHEEL =
      "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp39-cp39-linux_x86_64\n";
  private static final String METADATA = "Metadata-Version: 2.1\nName: Foo\nVersion: 1.0\n\nText\n";

  /** SHA-256 of "pass". */
  private static final String PASS = "sha256=10_w7o2juYBrGMh32_KbveULW9jk2tejpyUAD-uC6PE";

  @TempDir private Path directory;

  private static ZipBytes wheel(String record) {
    return new ZipBytes()
        .member("foo.py", "pass")
        .member("foo-1.0.dist-info/WHEEL", WHEEL)
        .member("foo-1.0.dist-info/METADATA", METADATA)
        .member("foo-1.0.dist-info/RECORD", record);
  }

  private static String record(String row) {
    return row
        + "foo-1.0.dist-info/WHEEL,sha256=x,\nfoo-1.0.dist-info/METADATA,sha256=x,\n"
        + "foo-1.0.dist-info/RECORD,,\n";
  }

  private static final String RIGHT_ROW = "foo.py," + PASS + ",4\n";
  private static final String RIGHT_RECORD = record(RIGHT_ROW);

  private WheelArchive open(String name, ZipBytes bytes) throws IOException {
    return WheelArchive.open(bytes.writeTo(directory.resolve(name)));
  }

  private List<String> defects(String name, ZipBytes bytes) throws IOException {
    try (WheelArchive wheel = open(name, bytes)) {
      return wheel.defects().stream().map(d -> d.code() + " " + d.place()).toList();
    }
  }

  @Test
  void aWheelIsItsNameItsMembersAndItsDistInfo() throws IOException {
    try (WheelArchive wheel = open(NAME, wheel(RIGHT_RECORD))) {
      assertThat(wheel.fileName().toString()).isEqualTo(NAME);
      assertThat(wheel.distInfo()).isEqualTo("foo-1.0.dist-info");
      assertThat(wheel.members()).hasSize(4);
      assertThat(wheel.metadata().tags()).containsExactly("cp39-cp39-linux_x86_64");
      assertThat(wheel.record().orElseThrow().rows()).hasSize(4);
      assertThat(wheel.tagsOfFileNameAlone()).isEmpty();
      assertThat(wheel.tagsOfMetadataAlone()).isEmpty();
      assertThat(wheel.defects()).isEmpty();
    }
  }

  @Test
  void noDistInfoAndTwoAreRefusedByName() {
    assertThatThrownBy(() -> open(NAME, new ZipBytes().member("foo.py", "")))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("has no dist-info directory");
    assertThatThrownBy(() -> open(NAME, wheel("").member("bar-2.dist-info/WHEEL", "")))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("more than one dist-info directory")
        .hasMessageContaining("foo-1.0.dist-info, bar-2.dist-info");
  }

  @Test
  void aDistInfoBelowTheRootIsNone() throws IOException {
    assertThat(defects(NAME, wheel(record("foo.py,sha256=x,4\n")).member("v/a-1.dist-info/X", "")))
        .containsExactly("record-unlisted v/a-1.dist-info/X");
  }

  @Test
  void aWheelWithoutWheelFileIsRefused() {
    assertThatThrownBy(
            () -> open(NAME, new ZipBytes().member("foo-1.0.dist-info/METADATA", METADATA)))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("foo-1.0.dist-info/WHEEL: is missing");
  }

  @Test
  void aNameThatIsNoWheelsIsRefused() {
    assertThatThrownBy(() -> open("foo.whl", wheel("")))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageStartingWith("foo.whl: is not named like a wheel");
  }

  @Test
  void aMissingFileIsNamedBeforeItsName() {
    assertThatThrownBy(() -> WheelArchive.open(directory.resolve("none")))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("there is no such file");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no device files")
  void whatIsNoFileIsNotWaitedFor() {
    assertThatThrownBy(() -> WheelArchive.open(Path.of("/dev/null")))
        .isInstanceOf(WheelFormatException.class)
        .hasMessage("/dev/null: is no regular file, expected a wheel");
  }

  @Test
  void aDistInfoIsFoundThoughItsNameIsSpelledOtherwise() throws IOException {
    assertThat(defects("FOO-1.0.0-cp39-cp39-linux_x86_64.whl", wheel(RIGHT_RECORD))).isEmpty();
  }

  @Test
  void aDistInfoOfAnotherNameIsADefect() throws IOException {
    assertThat(defects("bar-1.0-cp39-cp39-linux_x86_64.whl", wheel(RIGHT_RECORD)))
        .containsExactly(
            "dist-info-name foo-1.0.dist-info", "metadata-name foo-1.0.dist-info/METADATA");
    assertThat(defects("foo-2.0-cp39-cp39-linux_x86_64.whl", wheel(RIGHT_RECORD)))
        .containsExactly(
            "dist-info-name foo-1.0.dist-info", "metadata-version foo-1.0.dist-info/METADATA");
  }

  @Test
  void recordIsHeldAgainstTheMembers() throws IOException {
    assertThat(
            defects(
                NAME,
                wheel(record("foo.py,sha256=x,4\ngone.py,sha256=x,4\nfoo.py,,\n"))
                    .member("new.py", "")))
        .containsExactly(
            "record-absent gone.py",
            "record-repeated foo.py",
            "record-no-hash foo.py",
            "record-unlisted new.py");
  }

  @Test
  void signaturesAndDirectoriesNeedNoRow() throws IOException {
    assertThat(
            defects(
                NAME,
                wheel(RIGHT_RECORD)
                    .member("d/", "")
                    .member("foo-1.0.dist-info/RECORD.jws", "")
                    .member("foo-1.0.dist-info/RECORD.p7s", "")))
        .isEmpty();
  }

  @Test
  void aMissingRecordIsADefect() throws IOException {
    ZipBytes bytes =
        new ZipBytes()
            .member("foo-1.0.dist-info/WHEEL", WHEEL)
            .member("foo-1.0.dist-info/METADATA", METADATA);
    try (WheelArchive wheel = open(NAME, bytes)) {
      assertThat(wheel.record()).isEmpty();
      assertThat(wheel.defects()).extracting(Defect::code).containsExactly("record-missing");
      assertThat(wheel.verifyRecord()).isEmpty();
    }
  }

  @Test
  void tagsOfFileNameAndWheelAreCompared() throws IOException {
    try (WheelArchive wheel = open("foo-1.0-cp39-cp39-any.linux_x86_64.whl", wheel(RIGHT_RECORD))) {
      assertThat(wheel.tagsOfFileNameAlone()).containsExactly("cp39-cp39-any");
      assertThat(wheel.tagsOfMetadataAlone()).isEmpty();
    }
    try (WheelArchive wheel = open("foo-1.0-py3-none-any.whl", wheel(RIGHT_RECORD))) {
      assertThat(wheel.tagsOfMetadataAlone()).containsExactly("cp39-cp39-linux_x86_64");
    }
  }

  @Test
  void hashesAndSizesAreHeldAgainstTheContentOnRequest() throws IOException {
    assertThat(mismatches(RIGHT_ROW)).isEmpty();
    assertThat(mismatches("foo.py," + PASS + "=,4\n")).isEmpty();
    assertThat(mismatches("foo.py," + PASS + ",5\n"))
        .containsExactly("foo.py: has 4 bytes, RECORD states 5");
    assertThat(mismatches("foo.py,sha256=AAAA,4\n"))
        .containsExactly("foo.py: has the hash " + PASS + ", RECORD states sha256=AAAA");
    assertThat(mismatches("foo.py,crc32=AAAA,4\n"))
        .first()
        .asString()
        .contains("no known algorithm");
    assertThat(mismatches("foo.py,AAAA,4\n")).first().asString().contains("no known algorithm");
  }

  private List<String> mismatches(String row) throws IOException {
    try (WheelArchive wheel = open(NAME, wheel(row))) {
      return wheel.verifyRecord().stream().map(Defect::toString).toList();
    }
  }

  @Test
  void textsThatAreNotUtf8AreReadAndReported() throws IOException {
    byte[] latin = {'N', 'a', 'm', 'e', ':', ' ', (byte) 0xe4};
    Path file =
        new ZipBytes()
            .member("foo-1.0.dist-info/WHEEL", "\ufeff" + WHEEL)
            .member("foo-1.0.dist-info/METADATA", latin)
            .writeTo(directory.resolve(NAME));
    try (WheelArchive wheel = WheelArchive.open(file)) {
      assertThat(wheel.metadata().first("Wheel-Version")).contains("1.0");
      assertThat(wheel.defects()).extracting(Defect::code).contains("text-encoding");
    }
  }

  @Test
  void theFileIsClosedWhenTheWheelIsRefused() throws IOException {
    Path file = new ZipBytes().writeTo(directory.resolve(NAME));
    assertThatThrownBy(() -> WheelArchive.open(file)).isInstanceOf(WheelFormatException.class);
    Files.delete(file);
    assertThat(file).doesNotExist();
  }
}
