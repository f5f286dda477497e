// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfEncoding;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.layout.Layout;
import dev.jwheel.elf.patch.OutputImage;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Writes the names and versions of dynamic symbols, and whatever finds a symbol by its name or by
 * its index: the hash tables, DT_VERSYM and the relocations.
 */
final class SymbolWriter {
  private final SymbolPlan symbols;
  private final EditPlan plan;
  private final Layout layout;
  private final OutputImage output;
  private final ElfImage image;
  private final ElfEncoding encoding;
  private final DynamicSection dynamic;

  SymbolWriter(EditPlan plan, Layout layout, OutputImage output) {
    this.symbols = plan.symbols();
    this.plan = plan;
    this.layout = layout;
    this.output = output;
    this.image = plan.space().image();
    this.encoding = image.encoding();
    this.dynamic = plan.space().dynamic();
  }

  void write() throws ElfFormatException {
    boolean versions =
        !plan.versions().globalVersions().isEmpty() || !symbols.unversioned().isEmpty();
    boolean order = !symbols.order().isEmpty();
    if ((versions || order) && dynamic.has(DynamicTags.DT_VERSYM)) {
      writeVersions();
    }
    if (!symbols.renamed().isEmpty()) {
      writeNames();
      writeHashTable();
    }
    if (symbols.hash().isPresent()) {
      GnuHashPlan hash = symbols.hash().get();
      output.write(layout.offset(hash.offset()), hash.content());
    }
    if (order) {
      writeRelocations();
    }
  }

  /** DT_VERSYM: symbols of a removed library, or without a version now, are bound to any. */
  private void writeVersions() throws ElfFormatException {
    int count = plan.space().symbols().count();
    Location location =
        image.locate("DT_VERSYM", dynamic.number(DynamicTags.DT_VERSYM), count * 2L);
    ByteBuffer before = image.bytes().slice(location.offset(), count * 2L);
    ByteBuffer after = encoding.allocate(count * 2);
    for (int i = 0; i < count; i++) {
      short index = before.getShort(i * 2);
      boolean global =
          plan.versions().globalVersions().contains(index & 0x7fff) || symbols.unversioned().get(i);
      after.putShort(symbols.position(i) * 2, global ? 1 : index);
    }
    output.write(layout.offset(location.offset()), after);
  }

  private void writeNames() throws ElfFormatException {
    int size = SymbolTable.entrySize(encoding);
    int count = plan.space().symbols().count();
    long address = dynamic.number(DynamicTags.DT_SYMTAB);
    Location location = image.locate("DT_SYMTAB", address, (long) count * size);
    ByteBuffer before = image.bytes().slice(location.offset(), (long) count * size);
    ByteBuffer after = encoding.allocate(count * size);
    for (int i = 0; i < count; i++) {
      after.position(symbols.position(i) * size).put(before.slice(i * size, size));
    }
    for (Map.Entry<Integer, String> symbol : symbols.renamed().entrySet()) {
      long name = plan.offset(new StringValue.New(symbol.getValue()));
      after.putInt(symbols.position(symbol.getKey()) * size, (int) name);
    }
    output.write(layout.offset(location.offset()), after.clear());
  }

  // ---- DT_HASH

  /** Every symbol stays in its bucket, but for those with another name. */
  private void writeHashTable() throws ElfFormatException {
    if (!dynamic.has(DynamicTags.DT_HASH)) {
      return;
    }
    int word = image.header().machine().hashWordSize(encoding.elfClass().bits());
    long address = dynamic.number(DynamicTags.DT_HASH);
    HashWords head = new HashWords(image.at("DT_HASH", address, 2L * word), word);
    long buckets = head.get(0);
    long chains = head.get(1);
    Location location = image.locate("DT_HASH", address, (2 + buckets + chains) * word);
    HashWords before =
        new HashWords(image.bytes().slice(location.offset(), (2 + buckets + chains) * word), word);
    HashWords after = new HashWords(encoding.allocate((int) ((2 + buckets + chains) * word)), word);
    after.set(0, buckets);
    after.set(1, chains);
    BitSet seen = new BitSet();
    for (int bucket = 0; bucket < buckets; bucket++) {
      long symbol = before.get(2 + bucket);
      while (symbol > 0 && symbol < chains && !seen.get((int) symbol)) {
        seen.set((int) symbol);
        String name = symbols.renamed().get((int) symbol);
        int now = name == null ? bucket : (int) (SymbolHash.sysv(name) % buckets);
        int position = symbols.position((int) symbol);
        after.set(2 + (int) buckets + position, after.get(2 + now));
        after.set(2 + now, position);
        symbol = before.get(2 + (int) buckets + (int) symbol);
      }
    }
    output.write(layout.offset(location.offset()), after.bytes());
  }

  /** The words of a table of a 32-bit or, on some machines, 64-bit width. */
  private record HashWords(ByteBuffer bytes, int size) {

    long get(int index) {
      return size == 8 ? bytes.getLong(index * 8) : bytes.getInt(index * 4) & 0xffffffffL;
    }

    void set(int index, long value) {
      if (size == 8) {
        bytes.putLong(index * 8, value);
      } else {
        bytes.putInt(index * 4, (int) value);
      }
    }
  }

  // ---- relocations

  private void writeRelocations() throws ElfFormatException {
    boolean addends =
        dynamic.value(DynamicTags.DT_PLTREL).orElse(DynamicTags.DT_RELA) == DynamicTags.DT_RELA;
    for (Table table :
        List.of(
            new Table(DynamicTags.DT_RELA, DynamicTags.DT_RELASZ, true),
            new Table(DynamicTags.DT_REL, DynamicTags.DT_RELSZ, false),
            new Table(DynamicTags.DT_JMPREL, DynamicTags.DT_PLTRELSZ, addends))) {
      if (dynamic.has(table.tag()) && dynamic.number(table.size()) > 0) {
        writeRelocations(table);
      }
    }
  }

  /** A table of relocations; on some machines DT_RELA covers what DT_JMPREL leads to. */
  private record Table(long tag, long size, boolean addends) {}

  private void writeRelocations(Table table) throws ElfFormatException {
    int word = encoding.wordSize();
    int size = (table.addends() ? 3 : 2) * word;
    Location location =
        image.locate("relocations", dynamic.number(table.tag()), dynamic.number(table.size()));
    ByteBuffer before = image.bytes().slice(location.offset(), dynamic.number(table.size()));
    ByteBuffer after = encoding.allocate(before.remaining()).put(before.duplicate()).clear();
    for (int at = 0; at <= before.limit() - size; at += size) {
      if (encoding.wide()) {
        long info = before.getLong(at + word);
        long symbol = symbols.position((int) (info >>> 32));
        after.putLong(at + word, symbol << 32 | info & 0xffffffffL);
      } else {
        int info = before.getInt(at + word);
        after.putInt(at + word, symbols.position(info >>> 8) << 8 | info & 0xff);
      }
    }
    output.write(layout.offset(location.offset()), after);
  }
}
