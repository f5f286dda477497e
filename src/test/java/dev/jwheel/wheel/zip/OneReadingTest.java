// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An archive in which Python's zipfile, the readers of uv and this one could see different members,
 * contents or names is refused.
 */
class OneReadingTest {
  @TempDir private Path directory;

  private static ZipBytes two() {
    return new ZipBytes().member("a.py", "print()\n").member("b/c.so", "\177ELF and more");
  }

  private static byte[] other() {
    return new ZipBytes().member("evil.so", "\177ELF").build();
  }

  private String refusal(ZipBytes bytes) throws IOException {
    return refusal(bytes.build());
  }

  private String refusal(byte[] bytes) throws IOException {
    try (ZipArchive archive = ZipArchive.open(Files.write(directory.resolve("x.whl"), bytes))) {
      for (ZipMember member : archive.members()) {
        archive.read(member);
      }
      return "";
    } catch (WheelFormatException e) {
      return e.getMessage();
    }
  }

  private List<String> codes(ZipBytes bytes) throws IOException {
    try (ZipArchive archive =
        ZipArchive.open(Files.write(directory.resolve("x.whl"), bytes.build()))) {
      List<String> codes = new ArrayList<>();
      archive.defects().forEach(defect -> codes.add(defect.code()));
      return codes;
    }
  }

  private static ZipBytes with(Consumer<ZipBytes.Member> change) {
    return two().member("c", "the third", change);
  }

  // The end record.

  @Test
  void anArchiveInTheCommentIsRefused() throws IOException {
    assertThat(refusal(two().comment(other()))).contains("two end of central");
  }

  @Test
  void anArchiveInTheCommentWithATrailingByteIsRefused() throws IOException {
    byte[] comment = ZipBytes.concat(other(), new byte[] {'x'});
    assertThat(refusal(two().comment(comment))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 100, 65535})
  void aRecordInTheCommentWhoseOwnCommentHasAnotherLengthIsRefused(int length) throws IOException {
    byte[] inner = other();
    inner[inner.length - 2] = (byte) length;
    inner[inner.length - 1] = (byte) (length >> 8);
    byte[] comment = ZipBytes.concat(inner, new byte[7]);
    assertThat(refusal(two().comment(comment))).isNotEmpty();
    assertThat(refusal(two().trailing(inner))).isNotEmpty();
  }

  @Test
  void anAppendedArchiveIsRefused() throws IOException {
    assertThat(refusal(two().trailing(other()))).contains("central directory does not list");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 10, 21})
  void aSignatureInTheLastBytesIsRefused(int length) throws IOException {
    byte[] cut = Arrays.copyOf(new byte[] {'P', 'K', 5, 6}, length);
    assertThat(refusal(two().comment(cut))).contains("not whole");
    assertThat(refusal(two().trailing(cut))).contains("not whole");
  }

  @Test
  void aSecondDirectoryWhereTheOffsetsPointIsRefused() throws IOException {
    byte[] hidden = two().build();
    ByteBuffer whole = ByteBuffer.wrap(hidden).order(ByteOrder.LITTLE_ENDIAN);
    int start = whole.getInt(hidden.length - 6);
    byte[] directory = Arrays.copyOfRange(hidden, start, hidden.length - 22);
    byte[] prefix = ZipBytes.concat(new byte[start], directory);
    assertThat(refusal(two().prefix(prefix, false))).contains("another in front of the record");
    assertThat(codes(two().prefix(new byte[prefix.length], false)))
        .containsExactly("zip-record-framing");
  }

  // zip64.

  @Test
  void aZip64RecordThatIsNotOf44BytesIsRefused() throws IOException {
    assertThat(
            refusal(
                two()
                    .zip64End(
                        end -> {
                          byte[] data = new byte[8];
                          end[4] += data.length;
                          return ZipBytes.concat(
                              Arrays.copyOf(end, 56), data, Arrays.copyOfRange(end, 56, 76));
                        })))
        .contains("zip64 end of central directory record of 44 bytes");
  }

  @Test
  void aLocatorThatPointsToAnEarlierRecordIsRefused() throws IOException {
    assertThat(
            refusal(
                two()
                    .zip64End(
                        end -> {
                          byte[] record = Arrays.copyOf(end, 56);
                          byte[] first = record.clone();
                          first[4] += 56;
                          return ZipBytes.concat(first, record, Arrays.copyOfRange(end, 56, 76));
                        })))
        .contains("locator does not point");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 56})
  void aLocatorThatPointsBesideItsRecordIsRefused(int distance) throws IOException {
    assertThat(
            refusal(
                two()
                    .zip64End(
                        end -> {
                          ByteBuffer bytes = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
                          bytes.putLong(64, bytes.getLong(64) + distance);
                          return end;
                        })))
        .contains("locator does not point");
  }

  @Test
  void twoZip64FieldsInOneHeaderAreRefused() throws IOException {
    byte[] field = ZipBytes.extra(1, new byte[16]);
    assertThat(refusal(with(m -> m.centralExtra = ZipBytes.concat(field, field))))
        .contains("two zip64 extra fields");
    assertThat(refusal(with(m -> m.localExtra = ZipBytes.concat(field, field))))
        .contains("local header states a size twice");
  }

  @Test
  void aLocalHeaderWithOneSizeInZip64IsRefused() throws IOException {
    assertThat(
            refusal(
                with(
                    m -> {
                      ByteBuffer wide = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
                      wide.putLong(m.size).putLong(m.compressedSize);
                      m.localExtra = ZipBytes.extra(1, wide.array());
                      m.localCompressedSize = 0xffffffffL;
                    })))
        .contains("or in part");
  }

  // Names.

  @Test
  void aNameThatIsNeitherAsciiNorMarkedAsUtf8IsRefused() throws IOException {
    assertThat(refusal(new ZipBytes().member("n\u00e4", "", m -> m.flags(0)).member("n", "")))
        .contains("neither ASCII nor marked as UTF-8");
  }

  private static byte[] unicodePath(int version, String of, String unicode) {
    CRC32 crc = new CRC32();
    crc.update(of.getBytes(UTF_8));
    byte[] text = unicode.getBytes(UTF_8);
    ByteBuffer data = ByteBuffer.allocate(5 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    data.put((byte) version).putInt((int) crc.getValue()).put(text);
    return ZipBytes.extra(0x7075, data.array());
  }

  @ParameterizedTest
  @CsvSource({"1,c,d", "2,c,d", "1,x,d", "1,c,''"})
  void aUnicodePathFieldThatNamesAnotherFileIsRefused(int version, String of, String unicode)
      throws IOException {
    byte[] field = unicodePath(version, of, unicode);
    assertThat(refusal(with(m -> m.centralExtra = field))).contains("second name");
    assertThat(refusal(with(m -> m.localExtra = field))).contains("second name");
  }

  @Test
  void twoUnicodePathFieldsAreRefused() throws IOException {
    byte[] field = unicodePath(1, "c", "c");
    byte[] twice = ZipBytes.concat(field, field);
    assertThat(refusal(with(m -> m.centralExtra = twice))).contains("two Unicode path fields");
    assertThat(refusal(with(m -> m.localExtra = twice))).contains("two Unicode path fields");
  }

  @Test
  void aUnicodePathFieldThatIsCutOrNoTextIsRefused() throws IOException {
    byte[] bad = unicodePath(1, "c", "c");
    bad[bad.length - 1] = (byte) 0xff;
    assertThat(refusal(with(m -> m.localExtra = bad))).contains("not UTF-8");
    byte[] cut = ZipBytes.extra(0x7075, new byte[4]);
    assertThat(refusal(with(m -> m.centralExtra = cut))).contains("cut short");
  }

  @Test
  void aUnicodePathFieldThatRepeatsTheNameIsHarmless() throws IOException {
    byte[] field = unicodePath(1, "c", "c");
    assertThat(codes(with(m -> m.centralExtra = field))).isEmpty();
    assertThat(codes(with(m -> m.localExtra = field))).isEmpty();
  }

  // Contents.

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4})
  void aSizeThatTheDataDoNotHaveIsRefused(int size) throws IOException {
    CRC32 crc = new CRC32();
    crc.update("the third".getBytes(UTF_8), 0, size);
    assertThat(
            refusal(
                with(
                    m -> {
                      m.size = size;
                      m.localSize = size;
                      m.crc = crc.getValue();
                      m.localCrc = crc.getValue();
                    })))
        .contains("inflates to more than the " + size + " bytes");
  }

  @Test
  void aMemberHiddenBehindADeflateStreamIsRefused() throws IOException {
    byte[] hidden = other();
    assertThat(
            refusal(
                with(
                    m -> {
                      m.data(8, ZipBytes.concat(m.data, hidden));
                      m.describe(true, false);
                    })))
        .contains("follow the end of its compressed data");
  }

  @Test
  void dataBehindTheStreamOfAnyOtherMethodAreRefused() throws IOException {
    byte[] content = "the third".getBytes(UTF_8);
    byte[] more = {1, 2, 3};
    assertThat(refusal(with(m -> m.data(12, ZipBytes.concat(Codecs.bzip2(content), more)))))
        .isNotEmpty();
    assertThat(refusal(with(m -> m.data(95, ZipBytes.concat(Codecs.xz(content), more)))))
        .isNotEmpty();
    assertThat(refusal(with(m -> m.data(93, ZipBytes.concat(Codecs.zstd(content), more)))))
        .isNotEmpty();
  }

  // Between the members.

  @ParameterizedTest
  @ValueSource(ints = {0x02014b50, 0x04034b50, 0x06054b50, 0x06064b50, 0x07064b50, 0x08074b50})
  void aRecordThatBelongsToNoMemberIsRefused(int signature) throws IOException {
    byte[] record =
        ByteBuffer.allocate(50).order(ByteOrder.LITTLE_ENDIAN).putInt(signature).array();
    assertThat(refusal(with(m -> m.gapBefore = record))).contains("offset 0x");
    assertThat(refusal(two().gapBeforeDirectory(record))).contains("offset 0x");
    assertThat(refusal(two().prefix(record, true))).contains("offset 0x");
  }
}
