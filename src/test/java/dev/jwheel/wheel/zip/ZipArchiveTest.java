// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {
  @TempDir private Path directory;

  private ZipArchive open(ZipBytes bytes) throws IOException {
    return ZipArchive.open(bytes.writeTo(directory.resolve("x.whl")));
  }

  private String refusal(ZipBytes bytes) {
    return refusal(bytes.build());
  }

  private String refusal(byte[] bytes) {
    try (ZipArchive archive =
        ZipArchive.open(Files.write(directory.resolve("refused.whl"), bytes))) {
      for (ZipMember member : archive.members()) {
        archive.read(member);
      }
      throw new AssertionError("was read: " + archive.members());
    } catch (WheelFormatException e) {
      return (e.place().isEmpty() ? "" : e.place() + ": ") + e.problem();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> defects(ZipBytes bytes) throws IOException {
    try (ZipArchive archive = open(bytes)) {
      List<String> codes = new ArrayList<>();
      for (ZipMember member : archive.members()) {
        archive.read(member);
      }
      archive.defects().forEach(defect -> codes.add(defect.code()));
      return codes;
    }
  }

  private static ZipBytes two() {
    return new ZipBytes().member("a.py", "print()\n").member("b/c.so", "\177ELF and more");
  }

  // What is read.

  @Test
  void membersComeInTheOrderOfTheCentralDirectoryWithTheirContent() throws IOException {
    try (ZipArchive archive = open(two())) {
      assertThat(archive.members()).extracting(ZipMember::name).containsExactly("a.py", "b/c.so");
      assertThat(archive.read(archive.members().get(1)))
          .asString(UTF_8)
          .isEqualTo("\177ELF and more");
      assertThat(archive.defects()).isEmpty();
    }
  }

  @Test
  void aMemberIsFoundByItsExactName() throws IOException {
    try (ZipArchive archive = open(two())) {
      assertThat(archive.find("b/c.so")).isPresent();
      assertThat(archive.find("B/c.so")).isEmpty();
    }
  }

  @Test
  void anArchiveWithoutMembersIsEmpty() throws IOException {
    try (ZipArchive archive = open(new ZipBytes())) {
      assertThat(archive.members()).isEmpty();
    }
  }

  @Test
  void aPrefixIsTheBeginningOfTheContent() throws IOException {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    try (ZipArchive archive =
        open(
            new ZipBytes().member("deflated", content).member("stored", content, m -> m.store()))) {
      for (ZipMember member : archive.members()) {
        assertThat(archive.prefix(member, 70_000)).isEqualTo(Arrays.copyOf(content, 70_000));
        assertThat(archive.prefix(member, 0)).isEmpty();
        assertThat(archive.prefix(member, 400_000)).isEqualTo(content);
      }
    }
  }

  @Test
  void aPrefixNeedsOnlyTheBeginningOfTheData() throws IOException {
    byte[] content = new byte[100_000];
    new Random(2).nextBytes(content);
    ZipBytes bytes =
        new ZipBytes().member("a", content, m -> Arrays.fill(m.data, 50_000, 60_000, (byte) -1));
    try (ZipArchive archive = open(bytes)) {
      assertThat(archive.prefix(archive.members().get(0), 4)).isEqualTo(Arrays.copyOf(content, 4));
    }
  }

  /** The third differs from the first in one byte and, wrongly, not in its CRC. */
  @Test
  void aCopyHasTheCompressedBytesOfItsOriginal() throws IOException {
    byte[] content = new byte[200_000];
    byte[] other = content.clone();
    other[150_000] = 1;
    ZipBytes bytes =
        new ZipBytes()
            .member("original", content, m -> m.store())
            .member("copy", content, m -> m.store())
            .member("changed", content, m -> m.data(0, other))
            .member("deflated", content);
    try (ZipArchive archive = open(bytes)) {
      ZipMember original = archive.members().get(0);
      List<String> copies = new ArrayList<>();
      for (ZipMember member : archive.members()) {
        if (archive.isCopy(member, archive, original)) {
          copies.add(member.name());
        }
      }
      assertThat(copies).containsExactly("original", "copy");
    }
  }

  @Test
  void unixModesAndLinksComeFromTheExternalAttributes() throws IOException {
    try (ZipArchive archive =
        open(
            new ZipBytes()
                .member("d/", "")
                .member("d/link", "target", m -> m.externalAttributes = 0120777L << 16)
                .member("dos", "", m -> m.madeBy = 20))) {
      assertThat(archive.members().get(0).isDirectory()).isTrue();
      assertThat(archive.members().get(0).unixMode()).isEqualTo(040755);
      assertThat(archive.members().get(1).isSymlink()).isTrue();
      assertThat(archive.members().get(2).unixMode()).isZero();
      assertThat(archive.defects()).extracting(Defect::code).containsExactly("zip-symlink");
    }
  }

  @Test
  void aNameMarkedAsUtf8IsUtf8() throws IOException {
    try (ZipArchive archive = open(new ZipBytes().member("n\u00e4me\u4e2d.py", ""))) {
      assertThat(archive.members().get(0).name()).isEqualTo("n\u00e4me\u4e2d.py");
      assertThat(archive.defects()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"true,false", "true,true", "false,false", "false,true"})
  void aDataDescriptorIsUnderstoodInEveryForm(boolean signature, boolean wide) throws IOException {
    ZipBytes bytes =
        new ZipBytes()
            .member("a", "content", m -> m.describe(signature, wide))
            .member("empty", "", m -> m.describe(signature, wide))
            .member("b", "other");
    try (ZipArchive archive = open(bytes)) {
      assertThat(archive.read(archive.members().get(0))).asString(UTF_8).isEqualTo("content");
      assertThat(archive.members().get(1).extent().end())
          .isEqualTo(archive.members().get(2).extent().header());
      assertThat(archive.defects())
          .extracting(Defect::toString)
          .containsExactly(
              "members have a data descriptor, which the package index refuses: a and 1 more");
    }
  }

  @Test
  void zip64RecordsAndFieldsAreRead() throws IOException {
    try (ZipArchive archive = open(two().zip64())) {
      assertThat(archive.read(archive.members().get(0))).asString(UTF_8).isEqualTo("print()\n");
      assertThat(archive.defects()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPrefixIsADefectHoweverOffsetsCountIt(boolean counted) throws IOException {
    assertThat(defects(two().prefix("#!/bin/sh\n".getBytes(UTF_8), counted)))
        .containsExactly("zip-record-framing");
    assertThat(defects(two().zip64().prefix("#!/bin/sh\n".getBytes(UTF_8), counted)))
        .containsExactly("zip-record-framing");
  }

  @Test
  void commentTrailingBytesAndGapsAreDefects() throws IOException {
    assertThat(defects(two().comment("hello".getBytes(UTF_8))))
        .containsExactly("zip-archive-comment");
    assertThat(defects(two().trailing(new byte[9]))).containsExactly("zip-record-framing");
    assertThat(defects(two().gapBeforeDirectory(new byte[9])))
        .containsExactly("zip-record-framing");
    assertThat(defects(two().member("c", "", m -> m.gapBefore = new byte[3])))
        .containsExactly("zip-record-framing");
  }

  @Test
  void aZipStoredInAZipIsNotTakenForTheOuterOne() throws IOException {
    byte[] inner = two().build();
    try (ZipArchive archive =
        open(new ZipBytes().member("a", "x").member("inner.whl", inner, m -> m.store()))) {
      assertThat(archive.members()).extracting(ZipMember::name).containsExactly("a", "inner.whl");
      assertThat(archive.defects()).isEmpty();
    }
  }

  @Test
  void aZipCutBehindAZipStoredInItIsRefused() {
    byte[] inner = two().build();
    byte[] whole = new ZipBytes().member("a", "x").member("i.whl", inner, m -> m.store()).build();
    assertThat(refusal(Arrays.copyOf(whole, whole.length - 30))).contains("cut short");
  }

  @Test
  void bzip2LzmaXzAndZstandardAreReadAndReported() throws IOException {
    byte[] content = "the content, the content, the content".getBytes(UTF_8);
    ZipBytes bytes =
        new ZipBytes()
            .member("bzip2", content, m -> m.data(12, Codecs.bzip2(content)))
            .member("lzma", content, m -> m.data(14, Codecs.lzma(content)))
            .member("xz", content, m -> m.data(95, Codecs.xz(content)))
            .member("zstd", content, m -> m.data(93, Codecs.zstd(content)));
    try (ZipArchive archive = open(bytes)) {
      for (ZipMember member : archive.members()) {
        assertThat(archive.read(member)).isEqualTo(content);
        assertThat(archive.prefix(member, 4)).asString(UTF_8).isEqualTo("the ");
      }
      assertThat(archive.defects()).hasSize(4).allMatch(d -> d.code().equals("zip-method"));
    }
  }

  @Test
  void severalThreadsReadOneArchive() throws Exception {
    ZipBytes bytes = new ZipBytes();
    byte[][] contents = new byte[50][];
    for (int i = 0; i < contents.length; i++) {
      contents[i] = new byte[20_000 + i];
      new Random(i).nextBytes(contents[i]);
      Arrays.fill(contents[i], 0, 10_000, (byte) i);
      bytes.member("m" + i, contents[i]);
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (ZipArchive archive = open(bytes)) {
      List<Callable<byte[]>> tasks = new ArrayList<>();
      for (ZipMember member : archive.members()) {
        tasks.add(() -> archive.read(member));
      }
      int i = 0;
      for (Future<byte[]> result : pool.invokeAll(tasks)) {
        assertThat(result.get()).isEqualTo(contents[i++]);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aDescriptorThatIsAnnouncedAndMissingIsADefectWhereTheHeaderHasItsValues()
      throws IOException {
    assertThat(defects(new ZipBytes().member("a", "x", m -> m.flags(8)).member("b", "y")))
        .containsExactly("zip-data-descriptor");
  }

  @Test
  void anEmptyMemberWithoutAByteOfDeflateIsEmpty() throws IOException {
    ZipBytes bytes = new ZipBytes().member("d/", "", m -> m.data(8, new byte[0]));
    try (ZipArchive archive = open(bytes)) {
      assertThat(archive.read(archive.members().get(0))).isEmpty();
    }
  }

  @Test
  void damagedExtraFieldsSpecialFilesAndDirectoriesWithContentAreDefects() throws IOException {
    assertThat(defects(two().member("c", "", m -> m.centralExtra = new byte[] {1, 2, 9, 0, 5})))
        .containsExactly("zip-extra-field");
    assertThat(defects(two().member("c", "", m -> m.externalAttributes = 0060644L << 16)))
        .containsExactly("zip-mode");
    assertThat(defects(two().member("c/", "x"))).containsExactly("zip-directory");
  }

  @Test
  void upToThreeBytesBehindTheExtraFieldsAreThoseOfAnAligner() throws IOException {
    assertThat(defects(two().member("c", "", m -> m.centralExtra = new byte[3]))).isEmpty();
  }

  @Test
  void whatPythonWritesToAPipeIsRead() throws Exception {
    Path file = directory.resolve("piped.zip");
    Programs.run(
        "python3",
        "-c",
        "import subprocess, sys, zipfile\n"
            + "with open(sys.argv[1], 'wb') as out:\n"
            + "    p = subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=out)\n"
            + "    with zipfile.ZipFile(p.stdin, 'w', zipfile.ZIP_DEFLATED) as z:\n"
            + "        z.writestr('a.py', 'pass')\n"
            + "        with z.open('b.py', 'w', force_zip64=True) as f: f.write(b'pass')\n"
            + "    p.stdin.close(); p.wait()\n",
        file.toString());
    try (ZipArchive archive = ZipArchive.open(file)) {
      assertThat(archive.members()).hasSize(2).allMatch(m -> (m.flags() & 8) != 0);
      for (ZipMember member : archive.members()) {
        assertThat(archive.read(member)).asString(UTF_8).isEqualTo("pass");
      }
      assertThat(archive.defects()).extracting(Defect::code).containsExactly("zip-data-descriptor");
    }
  }

  @Test
  void whatInfoZipWritesToAPipeIsRead() throws Exception {
    Path content = Files.writeString(directory.resolve("a.py"), "pass");
    Path file = directory.resolve("piped.zip");
    Programs.run("sh", "-c", "cat " + content + " | zip -q - - | cat > " + file);
    try (ZipArchive archive = ZipArchive.open(file)) {
      assertThat(archive.read(archive.members().get(0))).asString(UTF_8).isEqualTo("pass");
    }
  }

  // What is refused: the file as a whole.

  @Test
  void aMissingFileADirectoryAndAnEmptyFileAreNamed() throws IOException {
    assertThatThrownBy(() -> ZipArchive.open(directory.resolve("none.whl")))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("none.whl")
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> ZipArchive.open(directory))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("is a directory");
    assertThat(refusal(new byte[0])).contains("is empty");
    assertThat(refusal("this is a text".getBytes(UTF_8))).contains("is not a zip archive");
  }

  @Test
  void anArchiveCutAtAnyByteIsRefused() {
    byte[] whole = two().build();
    for (int length = 0; length < whole.length; length++) {
      assertThat(refusal(Arrays.copyOf(whole, length))).as("cut at %d", length).isNotEmpty();
    }
  }

  @Test
  void anArchiveWithoutItsBeginningIsRefused() {
    byte[] whole = two().build();
    assertThat(refusal(Arrays.copyOfRange(whole, 10, whole.length))).contains("cut short");
  }

  @Test
  void aSplitArchiveIsRefused() {
    assertThat(refusal(two().endRecord(end -> end.putShort(4, (short) 1)))).contains("split");
    assertThat(refusal(two().member("c", "", m -> m.disk = 1))).contains("split");
  }

  @Test
  void anArchiveThatStatesAnotherNumberOfMembersIsRefused() {
    assertThat(refusal(two().endRecord(end -> end.putShort(8, (short) 1).putShort(10, (short) 1))))
        .isEqualTo("states 1 members and lists 2 in its directory");
    assertThat(
            refusal(two().endRecord(end -> end.putShort(8, (short) 99).putShort(10, (short) 99))))
        .contains("no room");
  }

  @Test
  void aSecondEndRecordInTheCommentIsRefused() {
    assertThat(refusal(two().comment(new ZipBytes().build()))).contains("two end of central");
  }

  @Test
  void zip64RecordsThatContradictTheOthersAreRefused() {
    assertThat(refusal(two().zip64().endRecord(end -> end.putInt(12, 77)))).contains("disagree");
  }

  // What is refused: members.

  @Test
  void aWrongCrcIsRefused() {
    assertThat(
            refusal(
                new ZipBytes()
                    .member(
                        "a",
                        "x",
                        m -> {
                          m.crc = 1;
                          m.localCrc = 1;
                        })))
        .isEqualTo("a: its CRC-32 is 8cdc1683, expected 1");
  }

  @Test
  void contentLargerOrSmallerThanStatedIsRefused() {
    assertThat(refusal(new ZipBytes().member("a", "content", m -> sizes(m, 3))))
        .isEqualTo("a: inflates to more than the 3 bytes it states");
    assertThat(refusal(new ZipBytes().member("a", "content", m -> sizes(m, 30))))
        .isEqualTo("a: inflates to 7 bytes, expected the 30 it states");
  }

  private static void sizes(ZipBytes.Member member, long size) {
    member.size = size;
    member.localSize = size;
  }

  @Test
  void bytesBehindTheEndOfTheCompressedDataAreRefused() {
    assertThat(
            refusal(
                new ZipBytes()
                    .member("a", "x", m -> m.data(8, ZipBytes.concat(m.data, new byte[5])))))
        .isEqualTo("a: 5 bytes follow the end of its compressed data; readers would disagree");
  }

  @Test
  void damagedCompressedDataAreRefusedWhateverTheMethod() {
    byte[] junk = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
    for (int method : new int[] {8, 9, 12, 14, 93, 95}) {
      assertThat(refusal(new ZipBytes().member("a", "0123456789", m -> m.data(method, junk))))
          .startsWith("a: ");
    }
  }

  @Test
  void aMethodThatCannotBeReadIsNamed() {
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.data(98, m.data))))
        .isEqualTo("a: is compressed with method 98 (PPMd), expected 0 (stored) or 8 (deflated)");
  }

  @Test
  void anEncryptedMemberIsNamed() {
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.flags(1))))
        .contains("a: is encrypted");
  }

  @Test
  void aZipBombIsRefusedBeforeItIsInflated() {
    assertThat(
            refusal(
                new ZipBytes()
                    .member(
                        "a",
                        "x",
                        m -> {
                          m.data(8, new byte[1 << 20]);
                          sizes(m, 1000L << 20);
                        })))
        .contains("zip bomb");
    assertThat(refusal(new ZipBytes().member("a", "x", m -> sizes(m, 2L << 30))))
        .contains("cannot hold so many");
  }

  @Test
  void manyMembersThatTogetherAreABombAreRefused() {
    ZipBytes bytes = new ZipBytes();
    for (int i = 0; i < 20; i++) {
      bytes.member(
          "a" + i,
          "x",
          m -> {
            m.data(8, new byte[64 << 10]);
            sizes(m, 64L << 20);
          });
    }
    assertThat(refusal(bytes)).contains("zip bomb");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../x|leads out",
        "a/../../x|leads out",
        "a/..|leads out",
        "/etc/passwd|absolute",
        "c:/x|drive letter",
        "C:x|drive letter",
        "a\\b|backslash"
      })
  void aNameThatEscapesIsRefused(String name, String reason) {
    assertThat(refusal(new ZipBytes().member(name, "x"))).contains(reason);
  }

  @Test
  void namesThatAreEmptyHoldNulOrAreNoTextAreRefused() {
    assertThat(refusal(new ZipBytes().member("", "x"))).contains("its name is empty");
    assertThat(refusal(new ZipBytes().member("a\0b", "x"))).contains("NUL");
    byte[] bad = {(byte) 0xff, (byte) 0xfe};
    assertThat(
            refusal(
                new ZipBytes()
                    .member(
                        "a",
                        "x",
                        m -> {
                          m.flags(0x800);
                          m.centralName = bad;
                          m.localName = bad;
                        })))
        .contains("its name is not UTF-8");
  }

  @Test
  void namesWithDotsInsideTheirSegmentsAreFine() throws IOException {
    assertThat(
            defects(
                new ZipBytes().member("a..b/..c/...", "x").member("ab:c/d:", "x").member(".x", "")))
        .isEmpty();
  }

  @Test
  void aNameThatOccursTwiceIsRefused() {
    assertThat(refusal(two().member("a.py", "other"))).contains("a.py: occurs twice");
    assertThat(refusal(two().member("./a.py", "other"))).contains("occurs twice");
    assertThat(refusal(two().member("b//c.so", "other"))).contains("occurs twice");
  }

  @Test
  void aFileThatIsADirectoryTooIsRefused() {
    assertThat(refusal(two().member("a.py/", ""))).contains("both a file and a directory");
    assertThat(refusal(two().member("a.py/x/y", ""))).contains("lies below a.py");
    assertThat(refusal(two().member("b", ""))).contains("lies below b");
  }

  @Test
  void namesThatDifferInCaseAloneAndRoundaboutOnesAreDefects() throws IOException {
    assertThat(defects(two().member("A.py", ""))).containsExactly("zip-name-case");
    assertThat(defects(two().member("b/./d", ""))).containsExactly("zip-name");
    assertThat(defects(two().member("b/d\n", ""))).containsExactly("zip-control-characters");
  }

  @Test
  void aLocalHeaderThatDisagreesIsRefused() {
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.localName = new byte[] {'b'})))
        .contains("a: has another name in its local header");
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.localMethod = 0))).contains("method");
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.localSize = 9))).contains("size");
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.localCrc = 9))).contains("CRC-32");
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.localCompressedSize = 9)))
        .contains("compressed size");
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.localFlags = 1))).contains("flags");
    assertThat(refusal(new ZipBytes().member("\u00e4", "x", m -> m.localFlags = 0)))
        .contains("flags");
    assertThat(
            refusal(
                new ZipBytes()
                    .member(
                        "a",
                        "x",
                        m -> {
                          m.describe(true, false);
                          m.localSize = 9;
                        })))
        .contains("size");
  }

  @Test
  void aDataDescriptorThatDisagreesIsRefused() {
    assertThat(
            refusal(
                new ZipBytes()
                    .member(
                        "a",
                        "x",
                        m -> {
                          m.describe(true, false);
                          m.descriptor[4]++;
                        })))
        .contains("data descriptor");
  }

  @Test
  void twoCentralHeadersForOneLocalHeaderAreRefused() {
    assertThat(
            refusal(
                new ZipBytes()
                    .member("a", "x")
                    .member(
                        "b",
                        "x",
                        m -> {
                          m.offset = 0;
                          m.withoutLocalPart = true;
                        })))
        .contains("shares its local header");
  }

  @Test
  void overlappingMembersAreRefused() {
    byte[] inner = new ZipBytes().member("b", "x").build();
    assertThat(
            refusal(
                new ZipBytes()
                    .member("a", inner, m -> m.store())
                    .member(
                        "b",
                        "x",
                        m -> {
                          m.offset = 31;
                          m.withoutLocalPart = true;
                        })))
        .contains("a: overlaps");
    assertThat(
            refusal(
                new ZipBytes()
                    .member(
                        "a",
                        "x",
                        m -> {
                          m.compressedSize = 20;
                          m.localCompressedSize = 20;
                        })))
        .contains("a: overlaps");
  }

  @Test
  void aMemberThatTheCentralDirectoryDoesNotListIsRefused() {
    byte[] hidden = new ZipBytes().member("hidden", "x").build();
    assertThat(refusal(two().prefix(hidden, true))).contains("does not list");
    assertThat(refusal(two().gapBeforeDirectory(hidden))).contains("does not list");
  }

  @Test
  void aMemberWithoutLocalHeaderIsRefused() {
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.offset = 1)))
        .contains("no local header");
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.offset = 1 << 30)))
        .contains("is not in the file");
  }

  @Test
  void aZip64FieldThatIsMissingIsRefused() {
    assertThat(refusal(new ZipBytes().member("a", "x", m -> m.size = 0xffffffffL)))
        .contains("zip64 extra field that it does not have");
  }

  @Test
  void controlCharactersOfANameDoNotReachTheTerminal() {
    assertThatThrownBy(
            () -> open(new ZipBytes().member("\u001b[31m", "x").member("\u001b[31m", "x")))
        .hasMessageContaining("\\u001b[31m")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void aStreamDeliversEverythingAndThenChecksIt() throws IOException {
    try (ZipArchive archive =
            open(
                new ZipBytes()
                    .member(
                        "a",
                        "content",
                        m -> {
                          m.crc = 5;
                          m.localCrc = 5;
                        }));
        InputStream content = archive.open(archive.members().get(0))) {
      assertThat(content.readNBytes(7)).asString(UTF_8).isEqualTo("content");
      assertThatThrownBy(content::read).isInstanceOf(WheelFormatException.class);
    }
  }
}
