// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No symbol loses its name, whichever source knows of it. */
class EverySymbolTest {
  private static final Path ATTACKS = Path.of("testdata", "attacks");

  /** The exports of every file here; they are the last of its symbols. */
  private static final List<String> EXPORTS = List.of("answer", "answers");

  private static final ElfEdits EDITS =
      ElfEdits.builder()
          .soname("libbase-0123abcd.so.1")
          .replaceNeeded("libabsent.so.9", "libabsent-89abcdef.so.9")
          .rpath(new RpathEdit.SetTo("$ORIGIN/../package.libs", RpathKind.RPATH))
          .build();

  @ParameterizedTest
  @ValueSource(strings = {"control.so", "hash-first-symbol-no-sections.so", "hash-wiped-out.so"})
  void anEditKeepsTheNamesOfAllSymbolsBeforeTheNextTable(String name) throws Exception {
    ByteSource before = ByteSource.of(ATTACKS.resolve(name));
    assertThat(names(before)).containsAll(EXPORTS);
    ElfPatch patch;
    try {
      patch = ElfEditor.edit(ElfBytes.of(name, before), EDITS);
    } catch (UnsupportedLayoutException e) {
      return;
    }
    assertThat(names(patch.view(before))).containsAll(EXPORTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"control.so", "hash-wiped-out.so"})
  void aFileIsEditedThoughItsHashTableIsGone(String name) throws Exception {
    ByteSource before = ByteSource.of(ATTACKS.resolve(name));
    ElfPatch patch = ElfEditor.edit(ElfBytes.of(name, before), EDITS);
    assertThat(names(patch.view(before))).containsAll(EXPORTS);
  }

  private static List<String> names(ByteSource file) throws ElfFormatException {
    ElfImage image = ElfImage.read(ElfBytes.of("file", file));
    DynamicSection dynamic = DynamicSection.read(image).orElseThrow();
    StringTable strings = StringTable.read(image, dynamic);
    SymbolTable symbols = SymbolTable.possible(image, dynamic, SymbolTable.largest(image, dynamic));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < symbols.count(); i++) {
      if (symbols.name(i) < strings.size()) {
        names.add(strings.string(symbols.name(i)));
      }
    }
    return names;
  }
}
