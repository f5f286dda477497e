// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.io.ByteSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes ELF files that hold a dynamic section and nothing else; real loaders load them. */
public final class TinyElf {
  private static final int DT_NEEDED = 1;
  private static final int DT_HASH = 4;
  private static final int DT_STRTAB = 5;
  private static final int DT_SYMTAB = 6;
  private static final int DT_STRSZ = 10;
  private static final int DT_SONAME = 14;
  private static final int DT_RPATH = 15;
  private static final int DT_RUNPATH = 29;
  private static final int DT_FLAGS_1 = 0x6ffffffb;
  private static final int DF_1_NODEFLIB = 0x800;
  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int PT_INTERP = 3;
  private static final int READ_WRITE = 6;
  private static final int PAGE = 0x1000;

  private record Entry(int tag, long value) {}

  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private final List<Entry> entries = new ArrayList<>();
  private boolean wide = true;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private int machine = 62;
  private int flags;
  private int type = 3;
  private String interpreter = "";

  private TinyElf() {
    strings.write(0);
  }

  /** An x86_64 shared library without a SONAME. */
  public static TinyElf library() {
    return new TinyElf();
  }

  /** An x86_64 shared library. */
  public static TinyElf library(String soname) {
    return new TinyElf().string(DT_SONAME, soname);
  }

  /** An x86_64 position-independent program. */
  public static TinyElf program(String interpreter) {
    TinyElf elf = new TinyElf();
    elf.interpreter = interpreter;
    return elf;
  }

  public TinyElf needs(String... names) {
    for (String name : names) {
      string(DT_NEEDED, name);
    }
    return this;
  }

  TinyElf filters(String name) {
    return string(0x7fffffff, name);
  }

  TinyElf auxiliary(String name) {
    return string(0x7ffffffd, name);
  }

  TinyElf rpath(String path) {
    return string(DT_RPATH, path);
  }

  public TinyElf runpath(String path) {
    return string(DT_RUNPATH, path);
  }

  TinyElf noDefaultLibraries() {
    entries.add(new Entry(DT_FLAGS_1, DF_1_NODEFLIB));
    return this;
  }

  TinyElf type(int value) {
    type = value;
    return this;
  }

  public TinyElf machine(int value, boolean is64, ByteOrder byteOrder, int machineFlags) {
    machine = value;
    wide = is64;
    order = byteOrder;
    flags = machineFlags;
    return this;
  }

  TinyElf i686() {
    return machine(3, false, ByteOrder.LITTLE_ENDIAN, 0);
  }

  TinyElf aarch64() {
    return machine(183, true, ByteOrder.LITTLE_ENDIAN, 0);
  }

  TinyElf riscv64() {
    return machine(243, true, ByteOrder.LITTLE_ENDIAN, 5);
  }

  private TinyElf string(int tag, String text) {
    entries.add(new Entry(tag, strings.size()));
    strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    strings.write(0);
    return this;
  }

  public ElfBinary facts() {
    try {
      return ElfReader.read(ElfBytes.of("tiny", ByteSource.of(bytes())));
    } catch (ElfFormatException e) {
      throw new AssertionError(e);
    }
  }

  public byte[] bytes() {
    int segments = interpreter.isEmpty() ? 2 : 3;
    int header = wide ? 64 : 52;
    int dynamic = header + segments * (wide ? 56 : 32);
    int word = wide ? 8 : 4;
    int dynamicSize = (entries.size() + 5) * 2 * word;
    int symbol = dynamic + dynamicSize;
    int hash = symbol + (wide ? 24 : 16);
    int text = hash + 16;
    byte[] interp = (interpreter + "\0").getBytes(StandardCharsets.UTF_8);
    int size = text + strings.size() + interp.length;
    ByteBuffer out = ByteBuffer.allocate(size).order(order);
    header(out, segments, header);
    segment(out, PT_LOAD, 0, size);
    segment(out, PT_DYNAMIC, dynamic, dynamicSize);
    if (!interpreter.isEmpty()) {
      segment(out, PT_INTERP, text + strings.size(), interp.length);
    }
    for (Entry entry : entries) {
      put(out, entry.tag, entry.value);
    }
    put(out, DT_HASH, hash);
    put(out, DT_SYMTAB, symbol);
    put(out, DT_STRTAB, text);
    put(out, DT_STRSZ, strings.size());
    put(out, 0, 0);
    out.position(hash).putInt(1).putInt(1).position(text);
    return out.put(strings.toByteArray()).put(interp).array();
  }

  private void header(ByteBuffer out, int segments, int headerSize) {
    out.put(new byte[] {0x7f, 'E', 'L', 'F'});
    out.put((byte) (wide ? 2 : 1)).put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2));
    out.put((byte) 1).position(16);
    out.putShort((short) type).putShort((short) machine).putInt(1);
    word(out, 0);
    word(out, headerSize);
    word(out, 0);
    out.putInt(flags).putShort((short) headerSize).putShort((short) (wide ? 56 : 32));
    out.putShort((short) segments).putShort((short) 0).putShort((short) 0).putShort((short) 0);
  }

  private void segment(ByteBuffer out, int segmentType, int offset, int size) {
    out.putInt(segmentType);
    if (wide) {
      out.putInt(READ_WRITE);
    }
    word(out, offset);
    word(out, offset);
    word(out, offset);
    word(out, size);
    word(out, size);
    if (!wide) {
      out.putInt(READ_WRITE);
    }
    word(out, segmentType == PT_LOAD ? PAGE : 1);
  }

  private void put(ByteBuffer out, long tag, long value) {
    word(out, tag);
    word(out, value);
  }

  private void word(ByteBuffer out, long value) {
    if (wide) {
      out.putLong(value);
    } else {
      out.putInt((int) value);
    }
  }
}
