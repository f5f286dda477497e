// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair.write;

import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.io.ByteSource;
import dev.jwheel.wheel.zip.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A file with its patch applied, read while it is streamed. */
final class PatchedContent implements Content {

  /** Reads the file that the patch was made for. */
  interface Source {
    LibrarySnapshot read() throws IOException;
  }

  private final ElfPatch patch;
  private final Source source;

  PatchedContent(ElfPatch patch, Source source) {
    this.patch = patch;
    this.source = source;
  }

  @Override
  public long size() {
    return patch.size();
  }

  @Override
  public InputStream open() throws IOException {
    LibrarySnapshot original = source.read();
    if (original.content().size() != patch.sourceSize()) {
      original.close();
      throw new IOException(original.name() + ": changed while it was grafted");
    }
    return new Stream(patch.view(original.content()), original);
  }

  /** The bytes of a source from first to last. */
  private static final class Stream extends InputStream {
    private final ByteSource content;
    private final LibrarySnapshot original;
    private long position;

    Stream(ByteSource content, LibrarySnapshot original) {
      this.content = content;
      this.original = original;
    }

    @Override
    public int read() {
      return position == content.size() ? -1 : content.slice(position++, 1).get(0) & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = (int) Math.min(length, content.size() - position);
      if (count == 0) {
        return length == 0 ? 0 : -1;
      }
      ByteBuffer slice = content.slice(position, count);
      slice.get(target, offset, count);
      position += count;
      return count;
    }

    @Override
    public void close() throws IOException {
      original.close();
    }
  }
}
