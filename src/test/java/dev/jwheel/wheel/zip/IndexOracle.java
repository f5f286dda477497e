// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules by which the package index takes an archive, written down once more for tests: it goes
 * from record to record, from the first byte to the last.
 */
public final class IndexOracle {
  private record Sizes(long compressed, long size) {}

  private final ByteBuffer bytes;
  private final List<String> refusals = new ArrayList<>();
  private final Map<String, Sizes> local = new HashMap<>();
  private final Map<String, Sizes> central = new HashMap<>();
  private long unpacked;
  private int directoryStart = -1;

  private IndexOracle(byte[] archive) {
    bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Why the index would refuse an archive; nothing if it would take it. */
  public static List<String> refusals(byte[] archive) {
    IndexOracle oracle = new IndexOracle(archive);
    try {
      oracle.walk();
    } catch (RuntimeException e) {
      oracle.refusals.add("is damaged: " + e);
    }
    return oracle.refusals;
  }

  private void refuse(String reason) {
    refusals.add("at " + bytes.position() + ": " + reason);
  }

  private int u16(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private long u32(int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }

  private void walk() {
    boolean ended = false;
    while (bytes.hasRemaining() && !ended) {
      int at = bytes.position();
      switch (bytes.getInt(at)) {
        case 0x04034b50 -> localHeader(at);
        case 0x02014b50 -> centralHeader(at);
        case 0x06064b50 -> {
          if (bytes.getLong(at + 4) != 44) {
            refuse("a zip64 end record that is not of 44 bytes");
          }
          bytes.position(at + 56);
        }
        case 0x07064b50 -> bytes.position(at + 20);
        case 0x06054b50 -> {
          end(at);
          ended = true;
        }
        default -> {
          refuse("no record begins here");
          return;
        }
      }
    }
    if (bytes.hasRemaining()) {
      refuse("bytes follow the archive");
    }
    if (!local.equals(central)) {
      refuse("local and central headers differ: " + local + " and " + central);
    }
    if (unpacked > 64L << 20 && unpacked > 50L * bytes.limit()) {
      refuse("unpacks to " + unpacked);
    }
  }

  private void localHeader(int at) {
    if ((u16(at + 6) & 8) != 0) {
      refuse("a data descriptor");
    }
    int name = u16(at + 26);
    Sizes sizes = sizes(at + 18, at + 30 + name, u16(at + 28), u16(at + 8));
    add(local, name(at + 30, name), sizes);
    bytes.position(Math.toIntExact(at + 30 + name + u16(at + 28) + sizes.compressed));
  }

  private void centralHeader(int at) {
    if (directoryStart < 0) {
      directoryStart = at;
    }
    int name = u16(at + 28);
    int method = u16(at + 10);
    if (method != 0 && method != 8) {
      refuse("compression method " + method);
    }
    if (u16(at + 32) > 0) {
      refuse("a comment");
    }
    Sizes sizes = sizes(at + 20, at + 46 + name, u16(at + 30), method);
    unpacked += sizes.size;
    add(central, name(at + 46, name), sizes);
    bytes.position(at + 46 + name + u16(at + 30) + u16(at + 32));
  }

  private void end(int at) {
    int count = u16(at + 10);
    if (count != 0xffff && count != central.size()) {
      refuse("the number of members");
    }
    int start = directoryStart < 0 ? at : directoryStart;
    boolean wide = at >= 20 && bytes.getInt(at - 20) == 0x07064b50;
    if (!wide && (u32(at + 16) != start || u32(at + 12) != at - start)) {
      refuse("the place of the central directory");
    }
    bytes.position(at + 22 + u16(at + 20));
  }

  private void add(Map<String, Sizes> headers, String name, Sizes sizes) {
    if (headers.put(name, sizes) != null) {
      refuse(name + " twice");
    }
  }

  private String name(int at, int length) {
    byte[] name = new byte[length];
    bytes.get(at, name);
    for (byte b : name) {
      if (b >= 0 && b < 32 || b == 127) {
        refuse("a control character in a name");
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      refuse("a name that is not UTF-8");
      return new String(name, StandardCharsets.ISO_8859_1);
    }
  }

  private Sizes sizes(int at, int extra, int extraSize, int method) {
    long compressed = u32(at);
    long size = u32(at + 4);
    int zip64 = 0;
    int unicode = 0;
    for (int block = extra; block + 4 <= extra + extraSize; block += 4 + u16(block + 2)) {
      int length = u16(block + 2);
      if (u16(block) == 0x7075) {
        unicode++;
      } else if (u16(block) == 1) {
        zip64++;
        if (length % 8 != 0 && length != 28 || length > 28) {
          refuse("a zip64 field of " + length);
        }
        if (length == 0 && (size == 0xffffffffL || compressed == 0xffffffffL)) {
          refuse("an empty zip64 field");
        }
        if (length == 8 && method != 0 && compressed == 0xffffffffL) {
          refuse("a zip64 field without the compressed size");
        }
        int value = block + 4;
        if (size == 0xffffffffL && length >= 8) {
          size = bytes.getLong(value);
          value += 8;
        }
        if (compressed == 0xffffffffL && value + 8 <= block + 4 + length) {
          compressed = bytes.getLong(value);
        }
      }
    }
    if (zip64 > 1 || unicode > 1) {
      refuse("an extra field twice");
    }
    return new Sizes(compressed, size);
  }
}
