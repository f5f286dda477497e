// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

/**
 * A name of the standard library that is mangled as two letters.
 *
 * @param whole the name with its scope and arguments
 * @param last what its constructors are called
 */
record StandardName(String whole, String last) {
  private static final String OF_CHAR = "<char, std::char_traits<char>";

  /** Returns the name that an {@code S} and a letter stand for. */
  static StandardName of(char code) {
    return switch (code) {
      case 'a' -> new StandardName("std::allocator", "allocator");
      case 'b' -> new StandardName("std::basic_string", "basic_string");
      case 's' -> ofChar("basic_string", ", std::allocator<char> >");
      case 'i' -> ofChar("basic_istream", " >");
      case 'o' -> ofChar("basic_ostream", " >");
      case 'd' -> ofChar("basic_iostream", " >");
      default -> throw new NotDemangledException();
    };
  }

  private static StandardName ofChar(String last, String rest) {
    return new StandardName("std::" + last + OF_CHAR + rest, last);
  }
}
