// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dynamic string table.
 *
 * @param elf the file
 * @param address DT_STRTAB
 * @param offset where it is in the file
 * @param size DT_STRSZ
 */
record DynamicStrings(Headers elf, long address, long offset, long size) {

  static DynamicStrings read(Headers elf, DynamicArray dynamic) throws VerificationException {
    long address = dynamic.value(DynamicArray.DT_STRTAB);
    long size = dynamic.value(DynamicArray.DT_STRSZ);
    long offset = size == 0 ? 0 : elf.offsetOf("DT_STRTAB", address, size);
    return new DynamicStrings(elf, address, offset, size);
  }

  /** The string that a reference leads to. */
  String get(long reference) throws VerificationException {
    if (reference < 0 || reference >= size) {
      throw elf.file()
          .broken(
              Invariant.READABLE,
              "DT_STRTAB",
              "a string reference 0x"
                  + Long.toHexString(reference)
                  + " leads out of a table of "
                  + size
                  + " bytes");
    }
    return elf.file().string(offset + reference, offset + size);
  }

  /** The string that a reference leads to, if it is one of some; longer ones are not read. */
  Optional<String> among(long reference, Set<String> wanted) throws VerificationException {
    int longest = 0;
    for (String text : wanted) {
      longest = Math.max(longest, text.length());
    }
    if (reference < 0 || reference >= size) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (long at = reference; at < size && text.length() <= longest; at++) {
      int letter = elf.file().u8(offset + at);
      if (letter == 0) {
        String found = text.toString();
        return wanted.contains(found) ? Optional.of(found) : Optional.empty();
      }
      text.append((char) letter);
    }
    return Optional.empty();
  }

  /** The strings of the entries of one tag, in table order. */
  List<String> all(DynamicArray dynamic, long tag) throws VerificationException {
    List<String> strings = new ArrayList<>();
    for (DynamicArray.Entry entry : dynamic.entries()) {
      if (entry.tag() == tag) {
        strings.add(get(entry.value()));
      }
    }
    return strings;
  }

  Range addresses() {
    return Range.sized(address, size);
  }
}
