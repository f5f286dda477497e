// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.patch.DeclaredChanges;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.LayoutKind;
import dev.jwheel.io.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A correct edit of a fixture, which a test spoils in one way to see whether that is caught. */
final class SpoiltEdit {

  /** A member of a program header: its place in ELF64 and in ELF32. */
  enum Ph {
    TYPE(0, 0),
    FLAGS(4, 24),
    OFFSET(8, 4),
    ADDRESS(16, 8),
    FILE_SIZE(32, 16),
    MEMORY_SIZE(40, 20),
    ALIGN(48, 28);

    private final int wide;
    private final int narrow;

    Ph(int wide, int narrow) {
      this.wide = wide;
      this.narrow = narrow;
    }

    boolean isWord() {
      return this != TYPE && this != FLAGS;
    }
  }

  /** A member of a section header: its place in ELF64 and in ELF32. */
  enum Sh {
    ADDRESS(16, 12),
    OFFSET(24, 16),
    SIZE(32, 20),
    LINK(40, 24);

    private final int wide;
    private final int narrow;

    Sh(int wide, int narrow) {
      this.wide = wide;
      this.narrow = narrow;
    }
  }

  private final String name;
  private final byte[] before;
  private final ElfEdits edits;
  private final DeclaredChanges declared;
  private final LayoutKind kind;
  private byte[] after;

  private SpoiltEdit(String name, byte[] before, ElfEdits edits, ElfPatch patch)
      throws IOException {
    this.name = name;
    this.before = before;
    this.edits = edits;
    this.declared = patch.changes();
    this.kind = patch.layout();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    patch.applyTo(ByteSource.of(before), Channels.newChannel(output));
    this.after = output.toByteArray();
  }

  /** Edits a fixture with the editor; nothing is spoilt yet. */
  static SpoiltEdit of(String name, ElfEdits edits) throws Exception {
    byte[] before = ElfFixtures.content(name);
    ElfBytes bytes = ElfBytes.of(name, ByteSource.of(before));
    SpoiltEdit edit = new SpoiltEdit(name, before, edits, ElfEditor.edit(bytes, edits));
    edit.verify();
    return edit;
  }

  SpoiltEdit requireKind(LayoutKind expected) {
    assertThat(kind).as("the layout of this test's edit").isEqualTo(expected);
    return this;
  }

  void verify() throws VerificationException {
    new ElfVerifier().verify(name, ByteSource.of(before), ByteSource.of(after), edits, declared);
  }

  /** The invariant that the verifier finds broken. */
  Invariant verdict() {
    try {
      verify();
    } catch (VerificationException e) {
      assertThat(e).hasMessageContaining(name);
      return e.invariant();
    }
    throw new AssertionError("the verifier accepted a spoilt edit");
  }

  byte[] before() {
    return before;
  }

  byte[] after() {
    return after;
  }

  DeclaredChanges declared() {
    return declared;
  }

  // ---- finding

  Headers elf() {
    try {
      return Headers.read(Bytes.open(name, ByteSource.of(after)));
    } catch (VerificationException e) {
      throw new AssertionError(e);
    }
  }

  DynamicObject object() {
    try {
      return DynamicObject.read(elf()).orElseThrow();
    } catch (VerificationException e) {
      throw new AssertionError(e);
    }
  }

  DynamicObject oldObject() {
    try {
      return DynamicObject.read(Headers.read(Bytes.open(name, ByteSource.of(before))))
          .orElseThrow();
    } catch (VerificationException e) {
      throw new AssertionError(e);
    }
  }

  ElfSegment segment(int type) {
    return elf().segment(type).orElseThrow();
  }

  /** The PT_LOAD of a number, counted from 0. */
  ElfSegment load(int number) {
    return elf().loads().get(number);
  }

  ElfSegment lastLoad() {
    return load(elf().loads().size() - 1);
  }

  ElfSection section(String wanted) {
    try {
      for (ElfSection section : elf().sections()) {
        if (elf().nameOf(section).equals(wanted)) {
          return section;
        }
      }
    } catch (VerificationException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no section " + wanted);
  }

  int offsetOf(long address) {
    try {
      return (int) elf().offsetOf("the test", address, 1);
    } catch (VerificationException e) {
      throw new AssertionError(e);
    }
  }

  /** Where the table is in the file that an entry of the dynamic section leads to. */
  int table(long tag) {
    return offsetOf(object().dynamic().value(tag));
  }

  /** Where the value of the first entry of a tag is in the file. */
  int entry(long tag) {
    DynamicArray dynamic = object().dynamic();
    for (DynamicArray.Entry entry : dynamic.entries()) {
      if (entry.tag() == tag) {
        return (int) dynamic.offset() + entry.index() * dynamic.entrySize() + word();
      }
    }
    throw new AssertionError("no entry of tag " + tag);
  }

  /** Where a string with its NUL is in the file. */
  int find(String text) {
    byte[] wanted = (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
    int start = (int) object().strings().offset();
    for (int at = start; at + wanted.length <= after.length; at++) {
      if (Arrays.equals(after, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("no string " + text);
  }

  // ---- spoiling

  private int word() {
    return elf().file().wordSize();
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(after)
        .order(after[5] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  SpoiltEdit flip(long offset) {
    after[(int) offset] ^= 0x55;
    return this;
  }

  SpoiltEdit set8(long offset, int value) {
    after[(int) offset] = (byte) value;
    return this;
  }

  SpoiltEdit set16(long offset, int value) {
    buffer().putShort((int) offset, (short) value);
    return this;
  }

  SpoiltEdit set32(long offset, long value) {
    buffer().putInt((int) offset, (int) value);
    return this;
  }

  SpoiltEdit setWord(long offset, long value) {
    if (word() == 8) {
      buffer().putLong((int) offset, value);
    } else {
      set32(offset, value);
    }
    return this;
  }

  long getWord(long offset) {
    return word() == 8
        ? buffer().getLong((int) offset)
        : buffer().getInt((int) offset) & 0xffffffffL;
  }

  SpoiltEdit set(ElfSegment segment, Ph member, long value) {
    ElfHeader header = elf().header();
    long at = header.programHeaders() + (long) segment.index() * header.programHeaderSize();
    int place = word() == 8 ? member.wide : member.narrow;
    return member.isWord() ? setWord(at + place, value) : set32(at + place, value);
  }

  SpoiltEdit set(ElfSection section, Sh member, long value) {
    ElfHeader header = elf().header();
    long at = header.sectionHeaders() + (long) section.index() * header.sectionHeaderSize();
    int place = word() == 8 ? member.wide : member.narrow;
    return member == Sh.LINK ? set32(at + place, value) : setWord(at + place, value);
  }

  SpoiltEdit setEntry(long tag, long value) {
    return setWord(entry(tag), value);
  }

  /** Sets e_phoff. */
  SpoiltEdit setProgramHeaders(long offset) {
    return setWord(24 + word(), offset);
  }

  /** Sets e_shoff. */
  SpoiltEdit setSectionHeaders(long offset) {
    return setWord(24 + 2L * word(), offset);
  }

  /** Exchanges two program headers. */
  SpoiltEdit swap(ElfSegment one, ElfSegment other) {
    ElfHeader header = elf().header();
    int size = header.programHeaderSize();
    int first = (int) header.programHeaders() + one.index() * size;
    int second = (int) header.programHeaders() + other.index() * size;
    byte[] kept = Arrays.copyOfRange(after, first, first + size);
    System.arraycopy(after, second, after, first, size);
    System.arraycopy(kept, 0, after, second, size);
    return this;
  }

  SpoiltEdit truncate(int size) {
    after = Arrays.copyOf(after, size);
    return this;
  }

  SpoiltEdit copyOld(long offset, long length, long to) {
    System.arraycopy(before, (int) offset, after, (int) to, (int) length);
    return this;
  }
}
