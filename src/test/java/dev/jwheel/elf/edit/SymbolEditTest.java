// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.UndefinedSymbol;
import dev.jwheel.elf.VersionNeed;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.SymbolEdits;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of dynamic symbols whose names or versions are edited. */
class SymbolEditTest {
  private static final String NORMAL = "x86_64/normal.so";
  private static final String SUFFIX = "_of_another_name";

  private static EditedElf cleared(String fixture, String... names) {
    SymbolEdits symbols = new SymbolEdits(Map.of(), Set.of(names));
    return EditedElf.of(fixture, ElfEdits.builder().symbols(symbols));
  }

  private static ElfEdits.Builder renaming(Map<String, String> names) {
    return ElfEdits.builder().symbols(new SymbolEdits(names, Set.of()));
  }

  private static List<String> versions(ElfBinary facts, String file) {
    return facts.versionNeeds().stream()
        .filter(need -> need.file().equals(file))
        .flatMap(need -> need.versions().stream())
        .map(VersionNeed.NeededVersion::name)
        .toList();
  }

  // ---- versions

  @Test
  void aVersionThatNoSymbolHasAnyMoreIsNotNeededAnyMore() {
    EditedElf edited = cleared("x86_64/stripped.so", "explicit_bzero");

    assertThat(versions(edited.factsBefore(), "libc.so.6"))
        .containsExactly("GLIBC_2.25", "GLIBC_2.2.5");
    assertThat(versions(edited.facts(), "libc.so.6")).containsExactly("GLIBC_2.2.5");
    assertThat(edited.contains("GLIBC_2.25")).isFalse();
    assertThat(edited.facts().needed()).isEqualTo(edited.factsBefore().needed());
  }

  @Test
  void aVersionThatAnotherSymbolHasStays() {
    EditedElf edited = cleared(NORMAL, "dep_number");

    assertThat(versions(edited.facts(), "libdep.so.1")).containsExactly("DEP_2.0", "DEP_1.0");
    assertThat(edited.facts().undefinedSymbols())
        .filteredOn(symbol -> symbol.version().isEmpty())
        .extracting(UndefinedSymbol::name)
        .containsExactlyInAnyOrder("absent_function", "dep_number");
  }

  @Test
  void aRecordWithoutVersionsGoesAndItsLibraryIsNeededStill() {
    EditedElf edited = cleared(NORMAL, "cos");

    assertThat(edited.versionNeedFiles()).containsExactly("libdep.so.1", "libc.so.6");
    assertThat(edited.dynamic().number(DynamicTags.DT_VERNEEDNUM)).isEqualTo(2);
    assertThat(edited.facts().needed()).contains("libm.so.6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/no-soname.so", "aarch64/normal.so", "mips/normal.so"})
  void aTableWithoutRecordsGoes(String fixture) {
    String[] all =
        ElfFixtures.read(fixture).undefinedSymbols().stream()
            .map(UndefinedSymbol::name)
            .toArray(String[]::new);
    EditedElf edited = cleared(fixture, all);

    assertThat(edited.versionNeedFiles()).isEmpty();
    assertThat(edited.dynamic().has(DynamicTags.DT_VERNEED)).isFalse();
    assertThat(edited.facts().undefinedSymbols())
        .allSatisfy(symbol -> assertThat(symbol.version()).isEmpty());
    assertThat(edited.facts().versionDefinitions())
        .isEqualTo(edited.factsBefore().versionDefinitions());
  }

  @Test
  void aVersionThatNoSymbolHadStays() {
    EditedElf edited = cleared("x86_64/relr.so", "cos", "explicit_bzero", "malloc", "free");

    assertThat(versions(edited.facts(), "libc.so.6")).contains("GLIBC_ABI_DT_RELR");
  }

  @Test
  void clearingVersionsTwiceIsClearingThemOnce() {
    SymbolEdits symbols = new SymbolEdits(Map.of(), Set.of("cos", "normal_data"));
    EditedElf edited = cleared(NORMAL, "cos", "normal_data");

    assertThat(edited.then(ElfEdits.builder().symbols(symbols)).patch().isEmpty()).isTrue();
  }

  @Test
  void aSymbolThatIsNotThereHasNoVersion() {
    assertThat(cleared(NORMAL, "no_such_symbol").patch().isEmpty()).isTrue();
  }

  // ---- names

  private static Map<String, String> allRenamed(List<String> names, String suffix) {
    Map<String, String> renamed = new LinkedHashMap<>();
    names.forEach(name -> renamed.put(name, name + suffix));
    return renamed;
  }

  /** The dynamic symbols with their values, without their order. */
  private static List<String> symbols(EditedElf file) {
    return symbols(file, name -> name);
  }

  private static List<String> symbols(EditedElf file, UnaryOperator<String> naming) {
    List<String> found = new ArrayList<>();
    try {
      SymbolTable symbols = SymbolTable.largest(file.image(), file.dynamic());
      StringTable strings = StringTable.read(file.image(), file.dynamic());
      for (int i = 1; i < symbols.count(); i++) {
        String name = strings.string(symbols.name(i));
        if (!name.isEmpty()) {
          found.add(naming.apply(name) + " " + symbols.value(i));
        }
      }
    } catch (ElfFormatException e) {
      throw new AssertionError(e);
    }
    Collections.sort(found);
    return found;
  }

  private static List<String> names(EditedElf file) {
    return symbols(file).stream().map(symbol -> symbol.substring(0, symbol.indexOf(' '))).toList();
  }

  /** The verifier looks up each name in the hash tables, and compares relocations and versions. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        NORMAL,
        "x86_64/many.so",
        "x86_64/many-lld.so",
        "x86_64/many-gold.so",
        "x86_64/many-mold.so",
        "x86_64/hash-both.so",
        "x86_64/hash-sysv.so",
        "x86_64/no-sections.so",
        "x86_64/tails.so",
        "i686/normal.so",
        "armv7l/normal.so",
        "aarch64/many.so",
        "ppc64/normal.so",
        "s390x/hash-both.so",
        "mips/normal.so",
        "mips64el/normal.so"
      })
  void everySymbolIsRenamedAndRenamedBack(String fixture) {
    EditedElf before = EditedElf.of(fixture, ElfEdits.builder());
    Map<String, String> names = allRenamed(names(before), SUFFIX);
    EditedElf edited = EditedElf.of(fixture, renaming(names));

    assertThat(symbols(edited)).isEqualTo(symbols(before, name -> name + SUFFIX));
    assertThat(edited.facts().versionNeeds()).isEqualTo(before.facts().versionNeeds());
    Map<String, String> back = new LinkedHashMap<>();
    names.forEach((oldName, newName) -> back.put(newName, oldName));
    EditedElf restored = edited.then(renaming(back));
    assertThat(symbols(restored)).isEqualTo(symbols(before));
    assertThat(restored.facts().undefinedSymbols())
        .containsExactlyInAnyOrderElementsOf(before.facts().undefinedSymbols());
  }

  @Test
  void twoSymbolsCanSwapTheirNames() {
    Map<String, String> swap = Map.of("normal_init", "normal_fini", "normal_fini", "normal_init");
    EditedElf edited = EditedElf.of(NORMAL, renaming(swap));

    EditedElf before = EditedElf.of(NORMAL, ElfEdits.builder());
    assertThat(symbols(edited))
        .isEqualTo(symbols(before, name -> swap.getOrDefault(name, name)))
        .isNotEqualTo(symbols(before));
  }

  @Test
  void anOldNameLeavesTheFile() {
    EditedElf edited = EditedElf.of("x86_64/stripped.so", renaming(Map.of("normal_answer", "a")));

    assertThat(new String(edited.before(), StandardCharsets.ISO_8859_1)).contains("normal_answer");
    assertThat(edited.contains("normal_answer")).isFalse();
  }

  @Test
  void symbolsThatAreNotThereAreNotRenamed() {
    assertThat(EditedElf.of(NORMAL, renaming(Map.of("none", "any"))).patch().isEmpty()).isTrue();
  }

  @Test
  void symbolsWithPackedRelocationsKeepTheirPlaces() throws Exception {
    String fixture = "x86_64/android.so";
    ElfBytes file = ElfBytes.of(fixture, ByteSource.of(ElfFixtures.content(fixture)));
    List<String> names = names(EditedElf.of(fixture, ElfEdits.builder()));
    ElfEdits edits = renaming(allRenamed(names, "y")).build();

    assertThatThrownBy(() -> ElfEditor.edit(file, edits))
        .isInstanceOf(UnsupportedLayoutException.class)
        .hasMessageContaining("packed relocations");
  }
}
