// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/**
 * {@link Invariant#NAMES} of a file in which symbols were renamed: each symbol has the name that
 * was wanted, is otherwise what it was, is found by its name through both hash tables, and every
 * relocation names the symbol that it named.
 */
final class RenameCheck {
  private static final Invariant INVARIANT = Invariant.NAMES;
  private static final int NAME_SIZE = 4;

  private final BeforeAfter pair;
  private final DynamicObject old;
  private final DynamicObject now;
  private final StringCheck strings;
  private final Map<String, String> renamed;
  private final int count;

  /** The new name of each symbol by its old index; empty if it keeps its own. */
  private final String[] newNames;

  RenameCheck(BeforeAfter pair, DynamicObject old, DynamicObject now, StringCheck strings) {
    this.pair = pair;
    this.old = old;
    this.now = now;
    this.strings = strings;
    this.renamed = pair.wanted().symbols().renamed();
    this.count = Math.toIntExact(old.symbols().count());
    this.newNames = new String[count];
    Arrays.fill(newNames, "");
  }

  /** Whether a table is judged here, if symbols are renamed. */
  static boolean judges(long tag) {
    return tag == DynamicArray.DT_HASH
        || tag == DynamicArray.DT_GNU_HASH
        || tag == DynamicArray.DT_RELA
        || tag == DynamicArray.DT_REL
        || tag == DynamicArray.DT_JMPREL;
  }

  void check() throws VerificationException {
    checkOrder();
    checkSymbols();
    checkHashTable();
    checkGnuHashTable();
    checkRelocations(DynamicArray.DT_RELA, DynamicArray.DT_RELASZ, true);
    checkRelocations(DynamicArray.DT_REL, DynamicArray.DT_RELSZ, false);
    boolean addends = old.dynamic().value(DynamicArray.DT_PLTREL) == DynamicArray.DT_RELA;
    checkRelocations(DynamicArray.DT_JMPREL, DynamicArray.DT_PLTRELSZ, addends);
    boolean packed =
        old.has(DynamicArray.DT_ANDROID_REL)
            || old.has(DynamicArray.DT_ANDROID_RELA)
            || old.dynamic().isMips();
    pair.require(
        pair.declared().symbolOrder().isEmpty() || !packed,
        INVARIANT,
        "DT_SYMTAB",
        "symbols changed places where more than relocations depends on them");
  }

  /** No two symbols have one place, and those that change theirs stay among the known ones. */
  private void checkOrder() throws VerificationException {
    int length = pair.declared().symbolOrder().size();
    BitSet taken = new BitSet(count);
    boolean sound = length <= count;
    for (int i = 0; i < count && sound; i++) {
      int place = place(i);
      sound = place >= 0 && place < count && !taken.get(place);
      if (sound) {
        taken.set(place);
      }
    }
    pair.require(sound, INVARIANT, "DT_SYMTAB", "the declared order of the symbols is none");
  }

  private int place(int index) {
    return (int) pair.declared().symbolIndex(index);
  }

  private void checkSymbols() throws VerificationException {
    SymbolComparison comparison = new SymbolComparison(pair, INVARIANT, "DT_SYMTAB");
    int size = old.symbols().entrySize();
    for (int i = 0; i < count; i++) {
      long oldAt = old.symbols().offset() + (long) i * size;
      long newAt = now.symbols().offset() + (long) place(i) * size;
      Optional<String> name = i == 0 ? Optional.empty() : old.nameAmong(i, renamed.keySet());
      if (name.isPresent()) {
        String wanted = String.valueOf(renamed.get(name.get()));
        newNames[i] = wanted.equals(name.get()) ? "" : wanted;
        Position place = new Position("dynamic symbol", i);
        pair.requireEqual(INVARIANT, place, wanted, now.strings().get(now.file().u32(newAt)));
      } else {
        long reference = old.file().u32(oldAt);
        pair.requireEqual(INVARIANT, "DT_SYMTAB", "st_name", reference, now.file().u32(newAt));
        strings.checkSame(reference, new Position("dynamic symbol", i));
      }
      comparison.checkSymbol(oldAt, newAt, i, old.strings()::get, NAME_SIZE);
    }
  }

  // ---- DT_HASH

  private void checkHashTable() throws VerificationException {
    if (!old.has(DynamicArray.DT_HASH)) {
      return;
    }
    int[] were = buckets(old);
    int[] are = buckets(now);
    pair.requireEqual(
        INVARIANT, "DT_HASH", "the number of buckets", bucketCount(old), bucketCount(now));
    for (int i = 0; i < count; i++) {
      int expected =
          were[i] >= 0 && !newNames[i].isEmpty()
              ? (int) (sysvHash(newNames[i]) % bucketCount(old))
              : were[i];
      pair.requireEqual(
          INVARIANT, new Position("DT_HASH, symbol", i), "its bucket", expected, are[place(i)]);
      boolean isUnused = are[place(i)] < 0 && i < hashWord(now, 1);
      pair.require(
          !isUnused || hashWord(now, 2 + bucketCount(now) + place(i)) == 0,
          INVARIANT,
          new Position("DT_HASH, symbol", i),
          "it is in no bucket and has a successor");
    }
  }

  private long bucketCount(DynamicObject object) throws VerificationException {
    return hashWord(object, 0);
  }

  private long hashWord(DynamicObject object, long index) throws VerificationException {
    int word = DynamicSymbols.hashWordSize(object.elf());
    long table = object.dynamic().value(DynamicArray.DT_HASH);
    long at = object.elf().offsetOf("DT_HASH", table + index * word, word);
    return word == 8 ? object.file().u64(at) : object.file().u32(at);
  }

  /** The bucket in which a loader finds each symbol; negative where it finds none. */
  private int[] buckets(DynamicObject object) throws VerificationException {
    int[] found = new int[count];
    Arrays.fill(found, -1);
    long buckets = bucketCount(object);
    long chains = hashWord(object, 1);
    for (long bucket = 0; bucket < buckets; bucket++) {
      long symbol = hashWord(object, 2 + bucket);
      while (symbol != 0) {
        boolean sound = symbol < Math.min(chains, count) && found[(int) symbol] < 0;
        pair.require(sound, INVARIANT, "DT_HASH", "its chains do not hold each symbol once");
        found[(int) symbol] = (int) bucket;
        symbol = hashWord(object, 2 + buckets + symbol);
      }
    }
    return found;
  }

  private static long sysvHash(String name) {
    long hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash << 4) + name.charAt(i);
      hash = (hash ^ (hash & 0xf0000000L) >>> 24) & 0x0fffffffL;
    }
    return hash;
  }

  // ---- DT_GNU_HASH

  private void checkGnuHashTable() throws VerificationException {
    if (!old.has(DynamicArray.DT_GNU_HASH)) {
      return;
    }
    GnuHashWords were = GnuHashWords.read(old);
    GnuHashWords are = GnuHashWords.read(now);
    pair.require(were.sameHead(are), INVARIANT, "DT_GNU_HASH", "its head differs from what it was");
    long[] filter = were.filter();
    int[] oldBuckets = were.buckets(count);
    int[] newBuckets = are.buckets(count);
    for (int i = 0; i < count; i++) {
      boolean isNew = oldBuckets[i] >= 0 && !newNames[i].isEmpty();
      long hash = isNew ? GnuHashWords.hash(newNames[i]) : 0;
      int bucket = isNew ? (int) (hash % were.bucketCount()) : oldBuckets[i];
      Position symbol = new Position("DT_GNU_HASH, symbol", i);
      pair.requireEqual(INVARIANT, symbol, "its bucket", bucket, newBuckets[place(i)]);
      if (bucket >= 0) {
        long expected = isNew ? hash & ~1 : were.chain(i) & ~1;
        pair.requireEqual(INVARIANT, symbol, "its hash", expected, are.chain(place(i)) & ~1);
        if (isNew) {
          were.allow(hash, filter);
        }
      }
    }
    pair.require(
        Arrays.equals(filter, are.filter()),
        INVARIANT,
        "DT_GNU_HASH",
        "its Bloom filter is not that of the names");
  }

  // ---- relocations

  private void checkRelocations(long tag, long sizeTag, boolean addends)
      throws VerificationException {
    long length = old.dynamic().value(sizeTag);
    if (!old.has(tag) || length == 0) {
      return;
    }
    int word = old.file().wordSize();
    int size = (addends ? 3 : 2) * word;
    long oldAt = pair.before().offsetOf("relocations", old.dynamic().value(tag), length);
    long newAt = pair.after().offsetOf("relocations", now.dynamic().value(tag), length);
    for (long at = 0; at + size <= length; at += size) {
      ByteBuffer was = old.file().slice(oldAt + at, size);
      ByteBuffer is = now.file().slice(newAt + at, size);
      for (int i = 0; i < size; i += word) {
        long before = word == 8 ? was.getLong(i) : was.getInt(i) & 0xffffffffL;
        long after = word == 8 ? is.getLong(i) : is.getInt(i) & 0xffffffffL;
        pair.requireEqual(
            INVARIANT,
            new Position("relocation at byte", at),
            "a word of it",
            i == word ? info(before) : before,
            after);
      }
    }
  }

  /** The r_info that names the symbol at its new place. */
  private long info(long before) {
    int shift = old.file().wide() ? 32 : 8;
    long type = before & (1L << shift) - 1;
    return pair.declared().symbolIndex(before >>> shift) << shift | type;
  }
}
