package dev.jwheel.wheel.zip;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The compression methods of APPNOTE 4.4.5 beyond stored and deflated. Installers read few of them,
 * wheels with them exist.
 */
final class CompressionMethod {
  private static final int DEFLATE64 = 9;
  private static final int BZIP2 = 12;
  private static final int LZMA = 14;
  private static final int ZSTD = 93;
  private static final int XZ = 95;

  private static final int MAX_DICTIONARY = 64 << 20;

  private CompressionMethod() {}

  /** Whether content of this method can be read. */
  static boolean isReadable(int method) {
    return switch (method) {
      case ZipMember.STORED, ZipMember.DEFLATED, DEFLATE64, BZIP2, LZMA, ZSTD, XZ -> true;
      default -> false;
    };
  }

  /** The method's number and, where it has one, its name. */
  static String describe(int method) {
    String name =
        switch (method) {
          case ZipMember.STORED -> "stored";
          case 1 -> "shrunk";
          case 2, 3, 4, 5 -> "reduced";
          case 6 -> "imploded";
          case ZipMember.DEFLATED -> "deflated";
          case DEFLATE64 -> "Deflate64";
          case BZIP2 -> "bzip2";
          case LZMA -> "LZMA";
          case ZSTD -> "Zstandard";
          case XZ -> "XZ";
          case 97 -> "WavPack";
          case 98 -> "PPMd";
          case 99 -> "AES encryption";
          default -> "unknown";
        };
    return method + " (" + name + ")";
  }

  /**
   * The content of compressed bytes.
   *
   * @param method a readable method other than stored and deflated
   * @param size the size of the content in bytes
   */
  static InputStream decode(int method, InputStream compressed, long size) throws IOException {
    return switch (method) {
      case DEFLATE64 -> new Deflate64CompressorInputStream(compressed);
      case BZIP2 -> new BZip2CompressorInputStream(compressed);
      case LZMA -> lzma(compressed, size);
      case ZSTD -> new ZstdInputStream(compressed);
      case XZ -> new XZInputStream(compressed, MAX_DICTIONARY >> 10);
      default -> throw new IllegalArgumentException("method " + describe(method));
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
