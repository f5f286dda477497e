// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.io.ElfStrings;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the new strings go: first onto strings that exist already, then into bytes that nothing
 * uses, and only what is left to the end of the table.
 *
 * @param offsets the offset of each new string
 * @param writes what changes inside the table, by offset
 * @param tail what is appended to it
 */
record StringPlan(Map<String, Long> offsets, Map<Integer, byte[]> writes, byte[] tail) {

  /**
   * Places strings.
   *
   * @param wanted the new strings
   * @param names new names of symbols; there may be so many that only equal strings are looked for
   * @param used the bytes of the table that are in use
   * @param abandoned the offsets of strings that may have lost their last reference; what nothing
   *     uses of them becomes zero
   */
  static StringPlan place(
      StringTable strings,
      Collection<String> wanted,
      Collection<String> names,
      BitSet used,
      Collection<Integer> abandoned)
      throws ElfFormatException {
    Planner planner = new Planner(strings, used);
    planner.place(wanted);
    planner.append(names);
    for (int start : abandoned) {
      planner.erase(start);
    }
    return new StringPlan(planner.offsets, planner.writes, planner.tail.toByteArray());
  }

  private static final class Planner {
    private final StringTable strings;
    private final BitSet used;
    private final Map<String, Long> offsets = new LinkedHashMap<>();
    private final Map<Integer, byte[]> writes = new LinkedHashMap<>();
    private final ByteArrayOutputStream tail = new ByteArrayOutputStream();

    Planner(StringTable strings, BitSet used) {
      this.strings = strings;
      this.used = (BitSet) used.clone();
    }

    /** Longest first, so that one can be the end of another. */
    void place(Collection<String> wanted) {
      List<String> missing = new ArrayList<>(wanted);
      missing.sort(Planner::longestFirst);
      reuse(missing);
      for (String text : missing) {
        offsets.computeIfAbsent(text, this::create);
      }
    }

    /** Puts each text that is not there yet at the end. */
    void append(Collection<String> texts) {
      for (String text : texts) {
        if (!offsets.containsKey(text)) {
          offsets.put(text, (long) strings.size() + tail.size());
          tail.writeBytes(ElfStrings.bytes(text + "\0"));
        }
      }
    }

    private static int longestFirst(String one, String other) {
      int byLength = Integer.compare(other.length(), one.length());
      return byLength != 0 ? byLength : one.compareTo(other);
    }

    /** Finds those that the table has, in one pass over its NULs. */
    private void reuse(List<String> wanted) {
      if (wanted.isEmpty()) {
        return;
      }
      List<byte[]> texts = new ArrayList<>();
      wanted.forEach(text -> texts.add(ElfStrings.bytes(text)));
      byte[] table = strings.content();
      for (int end = 0; end < table.length; end++) {
        if (table[end] == 0) {
          for (int i = 0; i < texts.size(); i++) {
            match(wanted.get(i), texts.get(i), end);
          }
        }
      }
    }

    private void match(String text, byte[] bytes, int end) {
      int start = end - bytes.length;
      if (!offsets.containsKey(text) && strings.matches(start, bytes)) {
        offsets.put(text, (long) start);
        used.set(start, end + 1);
      }
    }

    private long create(String text) {
      for (Map.Entry<String, Long> longer : offsets.entrySet()) {
        if (longer.getKey().endsWith(text)) {
          return longer.getValue() + longer.getKey().length() - text.length();
        }
      }
      byte[] bytes = ElfStrings.bytes(text + "\0");
      int hole = smallestHole(bytes.length);
      if (hole >= 0) {
        writes.put(hole, bytes);
        used.set(hole, hole + bytes.length);
        return hole;
      }
      long offset = (long) strings.size() + tail.size();
      tail.writeBytes(bytes);
      return offset;
    }

    private void erase(int start) throws ElfFormatException {
      int end = strings.endOf(start);
      int from = used.nextClearBit(start);
      while (from < end) {
        int to = Math.min(end, endOfHole(from));
        writes.put(from, new byte[to - from]);
        used.set(from, to);
        from = used.nextClearBit(to);
      }
    }

    /** A run of free bytes for a string with its NUL, which may be one that is there already. */
    private int smallestHole(int length) {
      int best = -1;
      int bestSize = Integer.MAX_VALUE;
      int start = used.nextClearBit(1);
      while (start < strings.size()) {
        int end = Math.min(strings.size(), endOfHole(start));
        int size = end - start + (end < strings.size() && strings.at(end) == 0 ? 1 : 0);
        if (size >= length && size < bestSize) {
          best = start;
          bestSize = size;
        }
        start = used.nextClearBit(end);
      }
      return best;
    }

    private int endOfHole(int start) {
      int end = used.nextSetBit(start);
      return end < 0 ? strings.size() : end;
    }
  }
}
