// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import dev.jwheel.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Decodes the compression methods beyond stored and deflated. A class of its own, so that the
 * decoders' classes are loaded for the wheels that need them only.
 */
final class OptionalDecoders {
  private static final int MAX_DICTIONARY = 64 << 20;

  private OptionalDecoders() {}

  /**
   * The content of compressed bytes.
   *
   * @param method a readable method other than stored and deflated
   * @param size the size of the content in bytes
   */
  static InputStream decode(int method, InputStream compressed, long size) throws IOException {
    return switch (method) {
      case CompressionMethod.DEFLATE64 -> new Deflate64CompressorInputStream(compressed);
      case CompressionMethod.BZIP2 -> new BZip2CompressorInputStream(compressed);
      case CompressionMethod.LZMA -> lzma(compressed, size);
      case CompressionMethod.ZSTD -> new ZstdInputStream(compressed);
      case CompressionMethod.XZ -> new XZInputStream(compressed, MAX_DICTIONARY >> 10);
      default -> throw new IllegalArgumentException("method " + CompressionMethod.describe(method));
    };
  }

  /** APPNOTE 5.8.8: version (2 bytes), properties size (2), properties: lc/lp/pb and dictionary. */
  private static InputStream lzma(InputStream compressed, long size) throws IOException {
    byte[] header = compressed.readNBytes(9);
    if (header.length < 9 || header[2] != 5 || header[3] != 0) {
      throw new IOException("its LZMA properties are damaged");
    }
    long dictionary = 0;
    for (int i = 8; i >= 5; i--) {
      dictionary = dictionary << 8 | Byte.toUnsignedInt(header[i]);
    }
    int needed = (int) Math.min(dictionary, Math.max(1 << 12, Math.min(size, MAX_DICTIONARY)));
    LZMAInputStream content = new LZMAInputStream(compressed, size, header[4], needed);
    content.enableRelaxedEndCondition();
    return content;
  }
}
