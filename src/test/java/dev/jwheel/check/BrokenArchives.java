// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jwheel.wheel.zip.ZipBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Sound wheels whose archives have one fault each. */
final class BrokenArchives {
  private static final byte[] TWO_SIZES = new byte[16];

  private final List<BrokenWheel> all = new ArrayList<>();

  private BrokenArchives() {}

  static List<BrokenWheel> all() {
    BrokenArchives archives = new BrokenArchives();
    archives.framing();
    archives.headers();
    archives.names();
    return archives.all;
  }

  private void member(String rule, Consumer<ZipBytes.Member> change) {
    all.add(new BrokenWheel(rule, TestWheel.pure().faultyMember(change)));
  }

  private void archive(String rule, Consumer<ZipBytes> change) {
    all.add(new BrokenWheel(rule, TestWheel.pure().faultyArchive(change)));
  }

  private void framing() {
    archive("unreadable", archive -> archive.endRecord(end -> end.putShort(10, (short) 9)));
    archive("unreadable", archive -> archive.comment(new ZipBytes().member("a", "").build()));
    archive("zip-record-framing", archive -> archive.prefix(new byte[4], true));
    archive("zip-record-framing", archive -> archive.gapBeforeDirectory(new byte[4]));
    archive("zip-comment", archive -> archive.comment("made by hand".getBytes(UTF_8)));
    member("zip-comment", member -> member.comment = "made by hand".getBytes(UTF_8));
    TestWheel table = TestWheel.pure().bytes("pack/table", mostlyZeros(66 << 20));
    all.add(new BrokenWheel("index-compression-ratio", table.faultyArchive(archive -> {})));
  }

  /** A content that shrinks to about a hundredth: more would not be believed. */
  private static byte[] mostlyZeros(int size) {
    byte[] content = new byte[size];
    Random random = new Random(1);
    for (int i = 0; i < size; i += 256) {
      content[i] = (byte) random.nextInt();
    }
    return content;
  }

  private void headers() {
    member("zip-data-descriptor", member -> member.describe(true, false));
    member("zip-duplicate", member -> member.localSize++);
    member("zip-extra-field", member -> member.localExtra = new byte[] {1, 2, 9, 0});
    member("zip-extra-field", member -> member.centralExtra = new byte[] {1, 2, 9, 0});
    byte[] wide = ZipBytes.extra(1, TWO_SIZES);
    member("zip-extra-repeated", member -> member.centralExtra = ZipBytes.concat(wide, wide));
    member("zip-extra-repeated", member -> member.localExtra = ZipBytes.concat(wide, wide));
    byte[] odd = ZipBytes.extra(1, new byte[3]);
    member("zip-extra-repeated", member -> member.centralExtra = odd);
    member("zip-method", member -> member.data(12, bzip2(member.content)));
    member("zip-mode", member -> member.externalAttributes = 0104755L << 16);
    member("zip-symlink", member -> member.externalAttributes = 0120777L << 16);
    member("zip-symlink", member -> member.externalAttributes = 0020600L << 16);
  }

  private void names() {
    archive("zip-duplicate", archive -> archive.member("pack/__init__.py", "name = 'another'\n"));
    member("zip-duplicate", member -> member.localName = "pack/__init__.pY".getBytes(UTF_8));
    archive("zip-duplicate", archive -> archive.member("\u00e4.py", "", member -> member.flags(0)));
    for (String name : new String[] {"../a.py", "/a.py", "pack/../../a.py", "a\\b.py", "C:a.py"}) {
      archive("zip-name-escapes", archive -> archive.member(name, ""));
    }
  }

  private static byte[] bzip2(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
