// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that state more than anybody needs get one message with the place and the limit. */
class LimitTest {
  private static final String WHEEL =
      "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp39-cp39-linux_x86_64\n";
  private static final String INFO = "foo-1.0.dist-info/";

  @TempDir private Path directory;

  private final Map<String, byte[]> members = new LinkedHashMap<>();

  LimitTest() throws IOException {
    members.put("foo.so", Files.readAllBytes(Path.of("testdata/repair/m-plain.so")));
    member("WHEEL", WHEEL);
    member("METADATA", "Metadata-Version: 2.1\nName: foo\nVersion: 1.0\n");
    member("RECORD", "");
  }

  private void member(String name, String text) {
    members.put(INFO + name, text.getBytes(UTF_8));
  }

  private CommandRun show(String... options) throws IOException {
    return onWheel("foo-1.0-cp39-cp39-linux_x86_64.whl", "show", options);
  }

  private CommandRun onWheel(String name, String command, String... options) throws IOException {
    Path file = directory.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
      }
    }
    String[] arguments = Arrays.copyOf(options, options.length + 2);
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[0] = command;
    arguments[options.length + 1] = file.toString();
    return CommandRun.of(arguments);
  }

  private static void isOneMessage(CommandRun run, String... parts) {
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err().lines().filter(line -> line.startsWith("jwheel")))
        .singleElement()
        .asString()
        .contains(parts)
        .hasSizeLessThan(1500);
  }

  @Test
  void aCompressedTagSetStandsForAThousandTagsAtMost() throws IOException {
    String part = IntStream.range(0, 3000).mapToObj(i -> "a" + i).collect(Collectors.joining("."));
    member("WHEEL", WHEEL + "Tag: " + part + "-" + part + "-" + part + "\n");
    isOneMessage(show(), INFO + "WHEEL", "27000000000 tags", "1000");
  }

  @Test
  void aFileNameStandsForAThousandTagsAtMost() throws IOException {
    String part = "a.b.c.d.e.f.g.h.i.j.k";
    String name = "foo-1.0-" + part + "-" + part + "-" + part + ".whl";
    isOneMessage(onWheel(name, "show"), "1331 tags", "1000");
  }

  @Test
  void allTagsTogetherAreTenThousandAtMost() throws IOException {
    member("WHEEL", WHEEL + "Tag: cp39-cp39-linux_x86_64\n".repeat(10_001));
    isOneMessage(show(), INFO + "WHEEL", "10000 tags");
  }

  @Test
  void theTextsOfAWheelHaveALimitEach() throws IOException {
    member("WHEEL", WHEEL + "X: y\n" + " x\n".repeat(400_000));
    isOneMessage(show(), INFO + "WHEEL", "1200075 bytes", "1048576");
  }

  @Test
  void aRecordHasThreeMillionCellsAtMost() throws IOException {
    member("RECORD", ",\n".repeat(1_600_000));
    isOneMessage(show(), INFO + "RECORD", "3000000 cells");
  }

  @Test
  void ofMillionsOfDefectsTheFirstAreShownAndTheOthersCounted() throws IOException {
    member("RECORD", "a\n".repeat(500_000));
    CommandRun run = show("-v");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("499000 more of these").hasSizeLessThan(400_000);
  }

  @Test
  void aValueThatIsShownIsCut() throws IOException {
    member("WHEEL", WHEEL.replace("1.0", "9".repeat(900_000)));
    CommandRun run = show("-v");
    assertThat(run.out()).contains("more characters)").hasSizeLessThan(10_000);
  }

  @Test
  void aMemberNameHasTheLengthThatASystemTakesAtMost() throws IOException {
    members.put("a/".repeat(32_000) + "x", new byte[0]);
    isOneMessage(show(), "64001 characters", "4096");
  }

  @Test
  void aMemberNameHas256DirectoriesAtMost() throws IOException {
    members.put("a/".repeat(257) + "x", new byte[0]);
    isOneMessage(show(), "256 directories");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void aPolicyThatIsNestedTooDeeplyIsReportedWithItsLine(String nest) throws IOException {
    isOneMessage(policy("\n" + nest.repeat(2000)), "policy.json:2:");
  }

  @Test
  void aPolicyWithANumberOfAMegabyteIsReportedWithItsLine() throws IOException {
    isOneMessage(policy("\n\n{\"name\": " + "1".repeat(1 << 20) + "}"), "policy.json:3:");
  }

  @Test
  void aPolicyIsSixteenMegabytesAtMost() throws IOException {
    isOneMessage(policy("\"" + "a".repeat(17 << 20) + "\""), "policy.json", "16777216 bytes");
  }

  private CommandRun policy(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("policy.json"), text);
    return CommandRun.of("policies", "--policy", file.toString());
  }

  @ParameterizedTest
  @ValueSource(chars = {'L', 'K', 'x', 'g'})
  void aTarHeaderThatStatesMegabytesEndsTheReading(char kind) throws IOException {
    Path tar = directory.resolve("root.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(tar))) {
      byte[] content = new byte[64 << 20];
      Arrays.fill(content, (byte) 'a');
      put(content, 0, content.length + " path=");
      content[content.length - 1] = '\n';
      out.write(tarHeader(kind, content.length));
      out.write(content);
    }
    isOneMessage(show("--sysroot", tar.toString()), "root.tar.gz", "too long");
  }

  @Test
  void anArchiveThatEndsTooEarlySaysSo() throws IOException {
    Path tar = directory.resolve("root.tar.gz");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(tarHeader('0', 1 << 20));
      out.write(new byte[2 << 20]);
    }
    Files.write(tar, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
    isOneMessage(show("--sysroot", tar.toString()), "root.tar.gz", "it ends too early");
  }

  private static byte[] tarHeader(char kind, int size) {
    byte[] header = new byte[512];
    put(header, 0, "usr");
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "0".repeat(11 - Integer.toOctalString(size).length()));
    put(header, 135 - Integer.toOctalString(size).length(), Integer.toOctalString(size));
    put(header, 136, "00000000000\0");
    put(header, 148, "        " + kind);
    put(header, 257, "ustar  \0");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "000000".substring(Integer.toOctalString(sum).length()));
    put(header, 154 - Integer.toOctalString(sum).length(), Integer.toOctalString(sum) + "\0 ");
    return header;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
