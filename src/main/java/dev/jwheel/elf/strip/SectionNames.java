// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.strip;

import dev.jwheel.io.ElfStrings;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A table of section names in which a name may be the end of another, as link editors write it.
 *
 * @param bytes the table
 * @param offsets where each name is
 */
record SectionNames(byte[] bytes, Map<String, Integer> offsets) {

  int size() {
    return bytes.length;
  }

  int offset(String name) {
    return offsets.getOrDefault(name, 0);
  }

  static SectionNames of(List<String> names) {
    List<String> reversed = new ArrayList<>();
    for (String name : names) {
      reversed.add(new StringBuilder(name).reverse().toString());
    }
    reversed.sort((a, b) -> b.compareTo(a));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0);
    Map<String, Integer> offsets = new HashMap<>();
    offsets.put("", 0);
    String longest = "";
    for (String backwards : reversed) {
      String name = new StringBuilder(backwards).reverse().toString();
      if (!longest.endsWith(name)) {
        offsets.put(name, bytes.size());
        bytes.writeBytes(ElfStrings.bytes(name + "\0"));
        longest = name;
      } else if (!name.isEmpty()) {
        int end = Objects.requireNonNull(offsets.get(longest)) + longest.length();
        offsets.put(name, end - name.length());
      }
    }
    return new SectionNames(bytes.toByteArray(), offsets);
  }
}
