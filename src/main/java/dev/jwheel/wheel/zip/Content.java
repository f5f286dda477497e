// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a new member holds. */
public interface Content {

  /** The size in bytes. */
  long size();

  /**
   * The bytes from the first to the last. Called once, by any thread; what the stream needs in
   * memory is best acquired here and not before.
   */
  InputStream open() throws IOException;

  /** The content of an array, which must not change afterwards. */
  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  /** The content of a member of an archive. */
  static Content of(ZipArchive archive, ZipMember member) {
    return new Content() {
      @Override
      public long size() {
        return member.size();
      }

      @Override
      public InputStream open() throws IOException {
        return archive.open(member);
      }
    };
  }
}
