// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/** Content compressed with the rarer methods of zip. */
final class Codecs {

  private Codecs() {}

  private interface Encoder {
    OutputStream open(OutputStream out) throws IOException;
  }

  private static byte[] encode(byte[] content, Encoder encoder) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = encoder.open(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  static byte[] bzip2(byte[] content) {
    return encode(content, BZip2CompressorOutputStream::new);
  }

  static byte[] xz(byte[] content) {
    return encode(content, out -> new XZOutputStream(out, new LZMA2Options(1)));
  }

  static byte[] zstd(byte[] content) {
    return encode(content, ZstdOutputStream::new);
  }

  /** The LZMA file header is the zip properties and a size; zip has a version in front instead. */
  static byte[] lzma(byte[] content) {
    byte[] file = encode(content, out -> new LZMAOutputStream(out, new LZMA2Options(1), -1));
    byte[] version = {9, 20, 5, 0};
    return ZipBytes.concat(
        version, Arrays.copyOf(file, 5), Arrays.copyOfRange(file, 13, file.length));
  }
}
