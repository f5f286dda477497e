// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A new member on its way into the output: data first, then the header in front of them. */
final class FreshOutput {
  private final ZipOutput output;
  private final MemberHeader header;
  private long start = -1;
  private long compressedSize;

  FreshOutput(ZipOutput output, MemberSource.Fresh source, int method) {
    this.output = output;
    this.header = MemberHeader.of(source, method);
  }

  /** Writes the next of the compressed bytes. */
  void append(byte[] data) throws IOException {
    begin();
    output.append(ByteBuffer.wrap(data));
    compressedSize += data.length;
  }

  private void begin() {
    if (start < 0) {
      start = output.position();
      output.skip(header.localSize());
    }
  }

  /** Writes the headers, after all data. */
  WrittenMember finish(long crc, String sha256) throws IOException {
    begin();
    output.writeAt(header.local(crc, compressedSize), start);
    output.list(header.central(crc, compressedSize, start));
    return new WrittenMember(header.name(), header.size(), sha256);
  }
}
