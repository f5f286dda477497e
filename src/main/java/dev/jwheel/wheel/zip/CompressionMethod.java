// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

/**
 * The compression methods of APPNOTE 4.4.5. Installers read few of them; wheels with more exist.
 */
final class CompressionMethod {
  static final int DEFLATE64 = 9;
  static final int BZIP2 = 12;
  static final int LZMA = 14;
  static final int ZSTD = 93;
  static final int XZ = 95;

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
}
