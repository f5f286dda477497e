// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip archives byte by byte, right ones and, field by field, wrong ones. */
public final class ZipBytes {

  /** A member: first set as a right archive has it, then changed by the test. */
  public static final class Member {
    public byte[] content;
    public byte[] data;
    public byte[] centralName;
    public byte[] localName;
    public int centralFlags;
    public int localFlags;
    public int centralMethod;
    public int localMethod;
    public int dosTime = 0x5a210000;
    public int madeBy = 3 << 8 | 20;
    public long crc;
    public long compressedSize;
    public long size;
    public long localCrc;
    public long localCompressedSize;
    public long localSize;
    public byte[] centralExtra = {};
    public byte[] localExtra = {};
    public byte[] descriptor = {};
    public int disk;
    public long externalAttributes = 0100644L << 16;
    public long offset = -1;
    public boolean withoutLocalPart;
    public byte[] gapBefore = {};
    public byte[] comment = {};

    Member(String name, byte[] content) {
      this.content = content;
      centralName = name.getBytes(StandardCharsets.UTF_8);
      localName = centralName;
      boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(name);
      flags(ascii ? 0 : 0x800);
      CRC32 checksum = new CRC32();
      checksum.update(content);
      crc = checksum.getValue();
      localCrc = crc;
      size = content.length;
      localSize = size;
      if (name.endsWith("/")) {
        store();
        externalAttributes = 040755L << 16 | 0x10;
      } else {
        data(8, deflate(content));
      }
    }

    public void flags(int flags) {
      centralFlags = flags;
      localFlags = flags;
    }

    public void store() {
      data(0, content);
    }

    public void data(int method, byte[] compressed) {
      data = compressed;
      centralMethod = method;
      localMethod = method;
      compressedSize = compressed.length;
      localCompressedSize = compressedSize;
    }

    /** Moves sizes and CRC behind the data, in one of the four forms. */
    public void describe(boolean signature, boolean wide) {
      localFlags |= 8;
      centralFlags |= 8;
      localCrc = 0;
      localSize = 0;
      localCompressedSize = 0;
      ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      if (signature) {
        bytes.putInt(0x08074b50);
      }
      bytes.putInt((int) crc);
      if (wide) {
        bytes.putLong(compressedSize).putLong(size);
      } else {
        bytes.putInt((int) compressedSize).putInt((int) size);
      }
      descriptor = new byte[bytes.position()];
      bytes.flip().get(descriptor);
    }
  }

  private final List<Member> members = new ArrayList<>();
  private byte[] prefix = {};
  private byte[] gapBeforeDirectory = {};
  private byte[] comment = {};
  private byte[] trailing = {};
  private boolean zip64;
  private boolean offsetsCountPrefix = true;
  private Consumer<ByteBuffer> endRecord = bytes -> {};
  private UnaryOperator<byte[]> zip64End = bytes -> bytes;

  public ZipBytes member(String name, String content) {
    return member(name, content.getBytes(StandardCharsets.UTF_8), member -> {});
  }

  public ZipBytes member(String name, byte[] content) {
    return member(name, content, member -> {});
  }

  public ZipBytes member(String name, String content, Consumer<Member> change) {
    return member(name, content.getBytes(StandardCharsets.UTF_8), change);
  }

  public ZipBytes member(String name, byte[] content, Consumer<Member> change) {
    Member member = new Member(name, content);
    change.accept(member);
    members.add(member);
    return this;
  }

  /** Puts bytes before the first member. */
  public ZipBytes prefix(byte[] bytes, boolean countedByOffsets) {
    prefix = bytes;
    offsetsCountPrefix = countedByOffsets;
    return this;
  }

  public ZipBytes gapBeforeDirectory(byte[] bytes) {
    gapBeforeDirectory = bytes;
    return this;
  }

  public ZipBytes comment(byte[] bytes) {
    comment = bytes;
    return this;
  }

  public ZipBytes trailing(byte[] bytes) {
    trailing = bytes;
    return this;
  }

  /** Writes all sizes and offsets of the central directory in zip64 fields. */
  public ZipBytes zip64() {
    zip64 = true;
    return this;
  }

  /** Changes the finished end of central directory record. */
  public ZipBytes endRecord(Consumer<ByteBuffer> change) {
    endRecord = change;
    return this;
  }

  /** Changes the finished zip64 record of 56 bytes and its locator of 20. */
  public ZipBytes zip64End(UnaryOperator<byte[]> change) {
    zip64End = change;
    return zip64();
  }

  public byte[] build() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(prefix);
    int base = offsetsCountPrefix ? 0 : prefix.length;
    for (Member member : members) {
      out.writeBytes(member.gapBefore);
      if (member.offset < 0) {
        member.offset = out.size() - base;
      }
      if (!member.withoutLocalPart) {
        out.writeBytes(localHeader(member));
        out.writeBytes(member.data);
        out.writeBytes(member.descriptor);
      }
    }
    out.writeBytes(gapBeforeDirectory);
    int start = out.size();
    for (Member member : members) {
      out.writeBytes(centralHeader(member));
    }
    writeEnd(out, start - base, out.size() - start);
    out.writeBytes(trailing);
    return out.toByteArray();
  }

  public Path writeTo(Path file) throws IOException {
    return Files.write(file, build());
  }

  private static byte[] localHeader(Member member) {
    ByteBuffer header =
        ByteBuffer.allocate(30 + member.localName.length + member.localExtra.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0x04034b50).putShort((short) 20);
    header.putShort((short) member.localFlags).putShort((short) member.localMethod);
    header.putInt(member.dosTime).putInt((int) member.localCrc);
    header.putInt((int) member.localCompressedSize).putInt((int) member.localSize);
    header.putShort((short) member.localName.length).putShort((short) member.localExtra.length);
    return header.put(member.localName).put(member.localExtra).array();
  }

  private byte[] centralHeader(Member member) {
    byte[] extra = zip64 ? concat(zip64Extra(member), member.centralExtra) : member.centralExtra;
    ByteBuffer header =
        ByteBuffer.allocate(46 + member.centralName.length + extra.length + member.comment.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0x02014b50).putShort((short) member.madeBy).putShort((short) 20);
    header.putShort((short) member.centralFlags).putShort((short) member.centralMethod);
    header.putInt(member.dosTime).putInt((int) member.crc);
    header.putInt(zip64 ? -1 : (int) member.compressedSize);
    header.putInt(zip64 ? -1 : (int) member.size);
    header.putShort((short) member.centralName.length).putShort((short) extra.length);
    header.putShort((short) member.comment.length).putShort((short) member.disk);
    header.putShort((short) 0).putInt((int) member.externalAttributes);
    header.putInt(zip64 ? -1 : (int) member.offset);
    return header.put(member.centralName).put(extra).put(member.comment).array();
  }

  private static byte[] zip64Extra(Member member) {
    return ByteBuffer.allocate(28)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 1)
        .putShort((short) 24)
        .putLong(member.size)
        .putLong(member.compressedSize)
        .putLong(member.offset)
        .array();
  }

  private void writeEnd(ByteArrayOutputStream out, int start, int size) {
    if (zip64) {
      ByteBuffer wide = ByteBuffer.allocate(76).order(ByteOrder.LITTLE_ENDIAN);
      wide.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
      wide.putInt(0).putInt(0).putLong(members.size()).putLong(members.size());
      wide.putLong(size).putLong(start);
      wide.putInt(0x07064b50).putInt(0).putLong((long) start + size).putInt(1);
      out.writeBytes(zip64End.apply(wide.array()));
    }
    ByteBuffer end = ByteBuffer.allocate(22 + comment.length).order(ByteOrder.LITTLE_ENDIAN);
    int count = zip64 ? 0xffff : members.size();
    end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
    end.putShort((short) count).putShort((short) count);
    end.putInt(zip64 ? -1 : size).putInt(zip64 ? -1 : start);
    end.putShort((short) comment.length).put(comment);
    endRecord.accept(end);
    out.writeBytes(end.array());
  }

  /** The raw deflate stream of a content. */
  public static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** An extra field of one block. */
  public static byte[] extra(int identifier, byte[] data) {
    return ByteBuffer.allocate(4 + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) identifier)
        .putShort((short) data.length)
        .put(data)
        .array();
  }

  /** Arrays one behind the other. */
  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
