// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.GnuHashTable;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The new order of the symbols in DT_GNU_HASH, whose symbols stand in the order of their buckets,
 * and its new content. The Bloom filter keeps its bits: it may say yes too often, never no.
 */
final class GnuHashPlan {
  private static final int HEAD_SIZE = 16;

  private final ElfImage image;
  private final GnuHashTable table;
  private final int first;
  private final int[] positions;
  private final ByteBuffer content;

  private GnuHashPlan(
      ElfImage image, GnuHashTable table, int first, int[] positions, ByteBuffer content) {
    this.image = image;
    this.table = table;
    this.first = first;
    this.positions = positions;
    this.content = content;
  }

  /**
   * Plans the table; empty if there is none or no symbol in it gets another name.
   *
   * @param renamed the new names by the index of their symbol
   * @throws UnsupportedLayoutException if symbols would have to change places where more than
   *     relocations and versions depends on them
   */
  static Optional<GnuHashPlan> of(
      ElfImage image, DynamicSection dynamic, SymbolTable symbols, Map<Integer, String> renamed)
      throws ElfFormatException, UnsupportedLayoutException {
    if (dynamic.has(DynamicTags.DT_MIPS_XHASH)) {
      throw refused(image, "DT_MIPS_XHASH");
    }
    Optional<GnuHashTable> found = GnuHashTable.read(image, dynamic);
    OptionalLong end = found.isEmpty() ? OptionalLong.empty() : found.get().end();
    if (end.isEmpty() || end.getAsLong() > symbols.count()) {
      return Optional.empty();
    }
    GnuHashTable table = found.get();
    int first = (int) table.firstSymbol();
    int count = (int) end.getAsLong() - first;
    ByteBuffer content =
        image.at(
            "DT_GNU_HASH", dynamic.number(DynamicTags.DT_GNU_HASH), table.size(end.getAsLong()));
    Planner planner = new Planner(image, table, content, count);
    planner.readBuckets();
    for (Map.Entry<Integer, String> symbol : renamed.entrySet()) {
      if (symbol.getKey() >= first && symbol.getKey() < first + count) {
        planner.rename(symbol.getKey() - first, SymbolHash.gnu(symbol.getValue()));
      }
    }
    GnuHashPlan plan = new GnuHashPlan(image, table, first, planner.positions(), planner.written());
    if (plan.isReordered()) {
      checkOrderIsFree(image, dynamic);
    }
    return Optional.of(plan);
  }

  /** Packed relocations name symbols too, and on MIPS the GOT follows the order of the symbols. */
  private static void checkOrderIsFree(ElfImage image, DynamicSection dynamic)
      throws UnsupportedLayoutException {
    if (dynamic.has(DynamicTags.DT_ANDROID_REL) || dynamic.has(DynamicTags.DT_ANDROID_RELA)) {
      throw refused(image, "packed relocations");
    }
    if (dynamic.has(DynamicTags.DT_MIPS_SYMTABNO)) {
      throw refused(image, "a GOT in the order of the symbols (MIPS)");
    }
  }

  private static UnsupportedLayoutException refused(ElfImage image, String obstacle) {
    return new UnsupportedLayoutException(
        image.name(), "symbols of a file with " + obstacle + " cannot be renamed");
  }

  /** The index of a symbol after the edit. */
  int position(int index) {
    int at = index - first;
    return at >= 0 && at < positions.length ? first + positions[at] : index;
  }

  boolean isReordered() {
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] != i) {
        return true;
      }
    }
    return false;
  }

  /** The new index of each symbol up to the last in the table, by its old one. */
  List<Integer> order() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < first + positions.length; i++) {
      order.add(position(i));
    }
    return order;
  }

  /** Where the table is in the file before the edit. */
  long offset() {
    return table.offset();
  }

  /** The new content of the table. */
  ByteBuffer content() {
    return content.duplicate().order(image.bytes().order());
  }

  private static final class Planner {
    private final ElfImage image;
    private final GnuHashTable table;
    private final ByteBuffer content;
    private final int buckets;
    private final int bucketsAt;
    private final int chainsAt;
    private final long[] hashes;
    private final int[] bucketOf;

    Planner(ElfImage image, GnuHashTable table, ByteBuffer before, int count) {
      this.image = image;
      this.table = table;
      this.content = image.encoding().allocate(before.remaining());
      content.put(before).flip();
      this.buckets = (int) table.buckets();
      this.bucketsAt = HEAD_SIZE + (int) table.bloomSize();
      this.chainsAt = bucketsAt + 4 * buckets;
      this.hashes = new long[count];
      this.bucketOf = new int[count];
      Arrays.fill(bucketOf, -1);
      for (int i = 0; i < count; i++) {
        hashes[i] = content.getInt(chainsAt + 4 * i) & 0xffffffffL;
      }
    }

    void readBuckets() throws ElfFormatException {
      for (int bucket = 0; bucket < buckets; bucket++) {
        long start = content.getInt(bucketsAt + 4 * bucket) & 0xffffffffL;
        long at = start - table.firstSymbol();
        boolean more = start != 0;
        while (more) {
          if (at < 0 || at >= bucketOf.length || bucketOf[(int) at] >= 0) {
            throw broken();
          }
          bucketOf[(int) at] = bucket;
          more = (hashes[(int) at] & 1) == 0;
          at++;
        }
      }
      for (int bucket : bucketOf) {
        if (bucket < 0) {
          throw broken();
        }
      }
    }

    private ElfFormatException broken() {
      return image.broken(table.offset(), "the chains of DT_GNU_HASH do not hold each symbol once");
    }

    void rename(int at, long hash) {
      hashes[at] = hash;
      bucketOf[at] = (int) (hash % buckets);
      int bits = 8 * image.encoding().wordSize();
      long words = table.bloomSize() / image.encoding().wordSize();
      if (words > 0) {
        int word = HEAD_SIZE + (int) (hash / bits % words) * image.encoding().wordSize();
        setBit(word, (int) (hash % bits));
        setBit(word, (int) ((hash >>> (content.getInt(12) & 31)) % bits));
      }
    }

    private void setBit(int word, int bit) {
      if (image.encoding().wide()) {
        content.putLong(word, content.getLong(word) | 1L << bit);
      } else {
        content.putInt(word, content.getInt(word) | 1 << bit);
      }
    }

    /** Sorts by bucket; those of one bucket keep their order. */
    int[] positions() {
      int[] starts = new int[buckets + 1];
      for (int bucket : bucketOf) {
        starts[bucket + 1]++;
      }
      for (int bucket = 0; bucket < buckets; bucket++) {
        starts[bucket + 1] += starts[bucket];
      }
      int[] positions = new int[bucketOf.length];
      for (int i = 0; i < bucketOf.length; i++) {
        positions[i] = starts[bucketOf[i]]++;
      }
      return positions;
    }

    ByteBuffer written() {
      int[] positions = positions();
      int[] sizes = new int[buckets];
      for (int bucket : bucketOf) {
        sizes[bucket]++;
      }
      int[] ends = new int[buckets];
      int end = 0;
      for (int bucket = 0; bucket < buckets; bucket++) {
        long start = sizes[bucket] == 0 ? 0 : table.firstSymbol() + end;
        content.putInt(bucketsAt + 4 * bucket, (int) start);
        end += sizes[bucket];
        ends[bucket] = end;
      }
      for (int i = 0; i < positions.length; i++) {
        boolean last = positions[i] == ends[bucketOf[i]] - 1;
        content.putInt(chainsAt + 4 * positions[i], (int) (last ? hashes[i] | 1 : hashes[i] & ~1L));
      }
      return content;
    }
  }
}
