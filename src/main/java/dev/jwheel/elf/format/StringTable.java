package dev.jwheel.elf.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** The dynamic string table: DT_STRTAB and DT_STRSZ. */
public final class StringTable {
  private final ElfImage image;
  private final Location location;
  private final ByteBuffer bytes;

  private StringTable(ElfImage image, Location location, ByteBuffer bytes) {
    this.image = image;
    this.location = location;
    this.bytes = bytes;
  }

  public static StringTable read(ElfImage image, DynamicSection dynamic) throws ElfFormatException {
    OptionalLong address = dynamic.value(DynamicTags.DT_STRTAB);
    OptionalLong size = dynamic.value(DynamicTags.DT_STRSZ);
    if (address.isEmpty() || size.isEmpty()) {
      throw image.broken(
          dynamic.location().offset(), "the dynamic section has no DT_STRTAB or no DT_STRSZ");
    }
    Location location = image.locate("DT_STRTAB", address.getAsLong(), size.getAsLong());
    ByteBuffer bytes = image.bytes().slice(location.offset(), size.getAsLong());
    if (bytes.limit() == 0 || bytes.get(0) != 0 || bytes.get(bytes.limit() - 1) != 0) {
      throw image.broken(
          location.offset(), "the dynamic string table does not start and end with NUL");
    }
    return new StringTable(image, location, bytes);
  }

  public Location location() {
    return location;
  }

  public int size() {
    return bytes.limit();
  }

  /** The address behind its last byte. */
  public long end() {
    return location.address() + size();
  }

  public byte at(int index) {
    return bytes.get(index);
  }

  /** The content, read-only. */
  ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** The string at an offset of the table. */
  public String string(long offset) throws ElfFormatException {
    int start = index(offset);
    int end = endOf(start);
    byte[] text = new byte[end - start];
    bytes.duplicate().position(start).get(text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** An offset that something refers to, once it is known to be inside the table. */
  public int index(long offset) throws ElfFormatException {
    if (offset < 0 || offset >= size()) {
      throw image.broken(
          location.offset(),
          "a name is at offset 0x"
              + Long.toHexString(offset)
              + " of the dynamic string table, which has 0x"
              + Integer.toHexString(size())
              + " bytes");
    }
    return (int) offset;
  }

  /** The index of the NUL that ends the string at an index. */
  public int endOf(int start) {
    int end = start;
    while (bytes.get(end) != 0) {
      end++;
    }
    return end;
  }

  /** Whether the string at an index is this text, up to its NUL. */
  public boolean matches(int start, byte[] text) {
    if (start < 0 || text.length >= size() - start || bytes.get(start + text.length) != 0) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (bytes.get(start + i) != text[i]) {
        return false;
      }
    }
    return true;
  }
}
