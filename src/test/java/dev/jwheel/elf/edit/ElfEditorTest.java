// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.ExecutableStack;
import dev.jwheel.elf.UndefinedSymbol;
import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.LayoutKind;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ElfEditorTest {
  private static final String NORMAL = "x86_64/normal.so";

  private static ElfEdits.Builder edits() {
    return ElfEdits.builder();
  }

  private static RpathEdit rpath(String path) {
    return new RpathEdit.SetTo(path, RpathKind.RPATH);
  }

  private static RpathEdit runpath(String path) {
    return new RpathEdit.SetTo(path, RpathKind.RUNPATH);
  }

  /** What a repair does: SONAME, every NEEDED and the search path get new names. */
  private static ElfEdits.Builder repair(String fixture) {
    ElfEdits.Builder edits = edits().rpath(rpath("$ORIGIN/../package.libs"));
    ElfFixtures.read(fixture).soname().ifPresent(name -> edits.soname(grafted(name)));
    for (String name : ElfFixtures.read(fixture).needed()) {
      edits.replaceNeeded(name, grafted(name));
    }
    return edits;
  }

  private static String grafted(String name) {
    int dot = name.indexOf('.');
    return name.substring(0, dot) + "-1a2b3c4d" + name.substring(dot);
  }

  /** The fixtures that have a dynamic section with content, and are no static-pie. */
  static Stream<String> dynamicFixtures() {
    return ElfFixtures.all().stream()
        .filter(name -> ElfFixtures.read(name).dynamic() && !name.endsWith("/static-pie"));
  }

  // ---- any file

  @ParameterizedTest
  @MethodSource("dynamicFixtures")
  void everyNameOfARepairIsReadBack(String fixture) {
    EditedElf edited = EditedElf.of(fixture, repair(fixture));

    assertThat(edited.facts().needed())
        .isEqualTo(edited.factsBefore().needed().stream().map(ElfEditorTest::grafted).toList());
    assertThat(edited.facts().soname())
        .isEqualTo(edited.factsBefore().soname().map(ElfEditorTest::grafted));
    assertThat(edited.facts().rpath()).contains("$ORIGIN/../package.libs");
    assertThat(edited.facts().runpath()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dynamicFixtures")
  void theSecondIdenticalEditChangesNoByte(String fixture) {
    ElfEdits.Builder edits = repair(fixture).addNeeded("libshim.so.1").noDefaultLibraries();

    assertThat(EditedElf.of(fixture, edits).then(edits).patch().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("dynamicFixtures")
  void symbolsAndVersionsKeepTheirNames(String fixture) {
    EditedElf edited = EditedElf.of(fixture, repair(fixture));

    assertThat(edited.facts().undefinedSymbols().stream().map(UndefinedSymbol::name))
        .isEqualTo(
            edited.factsBefore().undefinedSymbols().stream().map(UndefinedSymbol::name).toList());
    assertThat(edited.facts().versionDefinitions())
        .isEqualTo(edited.factsBefore().versionDefinitions());
  }

  @ParameterizedTest
  @MethodSource("dynamicFixtures")
  void nothingWantedChangesNothing(String fixture) {
    assertThat(EditedElf.of(fixture, edits()).patch().isEmpty()).isTrue();
    assertThat(EditedElf.of(fixture, edits().removeNeeded("libabsent.so")).patch().isEmpty())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("dynamicFixtures")
  void anEditAndItsReverseGiveTheOldFacts(String fixture) {
    EditedElf edited =
        EditedElf.of(
            fixture, edits().replaceNeeded("libdep.so.1", "libdep-with-a-longer-name.so.1"));
    EditedElf restored =
        edited.then(edits().replaceNeeded("libdep-with-a-longer-name.so.1", "libdep.so.1"));

    assertThat(restored.facts()).isEqualTo(edited.factsBefore());
  }

  // ---- SONAME

  @Test
  void aMissingSonameIsAdded() {
    assertThat(EditedElf.of("x86_64/no-soname.so", edits().soname("libnew.so.1")).facts().soname())
        .contains("libnew.so.1");
  }

  @Test
  void aPositionIndependentExecutableMayHaveASoname() {
    assertThat(EditedElf.of("x86_64/program", edits().soname("libnew.so.1")).facts().soname())
        .contains("libnew.so.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/exec", "x86_64/exec-lld"})
  void anExecutableAtAFixedAddressGetsNoSoname(String fixture) {
    assertThat(EditedElf.of(fixture, edits().soname("libnew.so.1")).patch().isEmpty()).isTrue();
  }

  @Test
  void aSonameThatNamesAVersionStaysTheVersion() {
    EditedElf edited = EditedElf.of("x86_64/vendor.so", edits().soname("libother.so.1"));

    assertThat(edited.facts().soname()).contains("libother.so.1");
    assertThat(edited.facts().versionDefinitions()).containsExactly("libvendor.so.1");
  }

  // ---- NEEDED and version needs

  @Test
  void aReplacedLibraryKeepsItsPosition() {
    EditedElf edited = EditedElf.of(NORMAL, edits().replaceNeeded("libm.so.6", "libm-1.so.6"));

    assertThat(edited.facts().needed()).containsExactly("libdep.so.1", "libm-1.so.6", "libc.so.6");
  }

  @Test
  void librariesCanSwapTheirNames() {
    EditedElf edited =
        EditedElf.of(
            NORMAL,
            edits()
                .replaceNeeded("libm.so.6", "libdep.so.1")
                .replaceNeeded("libdep.so.1", "libm.so.6"));

    assertThat(edited.facts().needed()).containsExactly("libm.so.6", "libdep.so.1", "libc.so.6");
    assertThat(edited.versionNeedFiles()).containsExactly("libdep.so.1", "libm.so.6", "libc.so.6");
  }

  @Test
  void aVersionNeedFollowsItsRenamedLibrary() {
    EditedElf edited = EditedElf.of(NORMAL, edits().replaceNeeded("libdep.so.1", "libdep-1.so.1"));

    assertThat(edited.versionNeedFiles())
        .containsExactly("libm.so.6", "libdep-1.so.1", "libc.so.6");
  }

  @Test
  void aVersionNeedWithoutItsLibraryFollowsToo() {
    String fixture = "x86_64/stale-version-need.so";
    String stale =
        ElfFixtures.read(fixture).versionNeeds().stream()
            .map(need -> need.file())
            .filter(file -> !ElfFixtures.read(fixture).needed().contains(file))
            .findFirst()
            .orElseThrow();
    EditedElf edited = EditedElf.of(fixture, edits().replaceNeeded(stale, "libfresh.so.1"));

    assertThat(edited.versionNeedFiles()).contains("libfresh.so.1").doesNotContain(stale);
  }

  @Test
  void aRemovedLibraryTakesItsVersionNeedsAlong() {
    EditedElf edited = EditedElf.of(NORMAL, edits().removeNeeded("libdep.so.1"));

    assertThat(edited.facts().needed()).containsExactly("libm.so.6", "libc.so.6");
    assertThat(edited.versionNeedFiles()).containsExactly("libm.so.6", "libc.so.6");
    assertThat(edited.dynamic().number(DynamicTags.DT_VERNEEDNUM)).isEqualTo(2);
    assertThat(edited.section(".gnu.version_r").info()).isEqualTo(2);
  }

  @Test
  void aRemovedFirstVersionNeedMovesTheTable() {
    EditedElf edited = EditedElf.of(NORMAL, edits().removeNeeded("libm.so.6"));
    SectionHeader before = edited.sectionBefore(".gnu.version_r");
    SectionHeader section = edited.section(".gnu.version_r");

    assertThat(edited.versionNeedFiles()).containsExactly("libdep.so.1", "libc.so.6");
    assertThat(edited.dynamic().number(DynamicTags.DT_VERNEED)).isEqualTo(before.address() + 0x20);
    assertThat(section.address()).isEqualTo(before.address() + 0x20);
    assertThat(section.offset()).isEqualTo(before.offset() + 0x20);
    assertThat(section.size()).isEqualTo(before.size() - 0x20);
    assertThat(section.info()).isEqualTo(2);
  }

  @Test
  void theSymbolOfTheVersionNeedsFollowsTheFirstRecordLeft() throws Exception {
    String fixture = "s390x/normal.so";
    String first = ElfFixtures.read(fixture).versionNeeds().get(0).file();
    EditedElf edited = EditedElf.of(fixture, edits().removeNeeded(first));
    long address = edited.section(".gnu.version_r").address();

    assertThat(address).isNotEqualTo(edited.sectionBefore(".gnu.version_r").address());
    assertThat(sectionSymbols(edited)).contains(address);
  }

  /** The values of the symbols that stand for sections. */
  private static List<Long> sectionSymbols(EditedElf edited) throws ElfFormatException {
    SymbolTable symbols = SymbolTable.of(edited.image(), edited.section(".symtab"));
    return IntStream.range(0, symbols.count())
        .filter(i -> symbols.type(i) == SymbolTable.STT_SECTION)
        .mapToObj(symbols::value)
        .toList();
  }

  @Test
  void symbolsOfARemovedLibraryAreBoundToAnyVersion() {
    EditedElf edited = EditedElf.of(NORMAL, edits().removeNeeded("libdep.so.1"));

    assertThat(edited.patch().changes().globalVersions()).containsExactlyInAnyOrder(6, 7);
    assertThat(edited.facts().undefinedSymbols())
        .filteredOn(symbol -> symbol.name().startsWith("dep_"))
        .isNotEmpty()
        .allSatisfy(symbol -> assertThat(symbol.version()).isEmpty());
    assertThat(edited.facts().undefinedSymbols())
        .filteredOn(symbol -> symbol.name().equals("explicit_bzero"))
        .allSatisfy(symbol -> assertThat(symbol.version()).isPresent());
  }

  @Test
  void theLastRemovedVersionNeedDropsItsTable() {
    EditedElf edited =
        EditedElf.of(
            NORMAL,
            edits()
                .removeNeeded("libdep.so.1")
                .removeNeeded("libm.so.6")
                .removeNeeded("libc.so.6"));

    assertThat(edited.facts().versionNeeds()).isEmpty();
    assertThat(edited.dynamic().has(DynamicTags.DT_VERNEED)).isFalse();
    assertThat(edited.dynamic().has(DynamicTags.DT_VERNEEDNUM)).isFalse();
    assertThat(edited.section(".gnu.version_r").type()).isEqualTo(SectionHeader.SHT_PROGBITS);
  }

  @Test
  void symbolVersionsStayAsLongAsTheFileDefinesVersions() {
    EditedElf edited =
        EditedElf.of(
            NORMAL,
            edits()
                .removeNeeded("libdep.so.1")
                .removeNeeded("libm.so.6")
                .removeNeeded("libc.so.6"));

    assertThat(edited.dynamic().has(DynamicTags.DT_VERSYM)).isTrue();
    assertThat(edited.section(".gnu.version").type()).isEqualTo(SectionHeader.SHT_GNU_VERSYM);
  }

  @Test
  void symbolVersionsGoWithTheLastVersionTable() {
    EditedElf edited =
        EditedElf.of("x86_64/vendor-user.so", edits().removeNeeded("libvendor.so.1"));

    assertThat(edited.dynamic().has(DynamicTags.DT_VERSYM)).isFalse();
    assertThat(edited.section(".gnu.version").type()).isEqualTo(SectionHeader.SHT_PROGBITS);
  }

  @Test
  void addedLibrariesComeFirst() {
    EditedElf edited =
        EditedElf.of(NORMAL, edits().addNeeded("libshim.so").addNeeded("libearly.so"));

    assertThat(edited.facts().needed())
        .containsExactly("libshim.so", "libearly.so", "libdep.so.1", "libm.so.6", "libc.so.6");
  }

  @Test
  void aLibraryThatIsNeededIsNotAddedAgain() {
    assertThat(EditedElf.of(NORMAL, edits().addNeeded("libm.so.6")).patch().isEmpty()).isTrue();
  }

  @Test
  void aLibraryCanBeAddedWhereNoneIsNeeded() {
    EditedElf edited = EditedElf.of("x86_64/plain.so", edits().addNeeded("libshim.so"));

    assertThat(edited.facts().needed()).containsExactly("libshim.so");
  }

  @Test
  void aLibraryCanReplaceARemovedOne() {
    EditedElf edited =
        EditedElf.of(NORMAL, edits().removeNeeded("libm.so.6").addNeeded("libm.so.6"));

    assertThat(edited.facts().needed()).containsExactly("libm.so.6", "libdep.so.1", "libc.so.6");
  }

  // ---- RPATH and RUNPATH

  @ParameterizedTest
  @ValueSource(
      strings = {NORMAL, "x86_64/rpath.so", "x86_64/no-rpath.so", "x86_64/rpath-and-runpath.so"})
  void exactlyOneSearchPathIsLeft(String fixture) {
    EditedElf asRpath = EditedElf.of(fixture, edits().rpath(rpath("$ORIGIN/a")));
    EditedElf asRunpath = EditedElf.of(fixture, edits().rpath(runpath("$ORIGIN/a")));

    assertThat(asRpath.facts().rpath()).contains("$ORIGIN/a");
    assertThat(asRpath.facts().runpath()).isEmpty();
    assertThat(asRunpath.facts().runpath()).contains("$ORIGIN/a");
    assertThat(asRunpath.facts().rpath()).isEmpty();
  }

  @Test
  void aSearchPathIsAppendedToTheOneThatCounts() {
    RpathEdit append = new RpathEdit.Append("$ORIGIN/more", RpathKind.RUNPATH);
    EditedElf edited = EditedElf.of("x86_64/rpath-and-runpath.so", edits().rpath(append));

    assertThat(edited.facts().runpath()).contains("$ORIGIN/../normal.libs:$ORIGIN/more");
    assertThat(edited.facts().rpath()).isEmpty();
  }

  @Test
  void aDirectoryIsAppendedOnce() {
    RpathEdit append =
        new RpathEdit.Append("$ORIGIN/more:$ORIGIN/../normal.libs", RpathKind.RUNPATH);

    assertThat(EditedElf.of(NORMAL, edits().rpath(append)).facts().runpath())
        .contains("$ORIGIN/../normal.libs:$ORIGIN/more");
  }

  @Test
  void appendingToNoSearchPathSetsOne() {
    RpathEdit append = new RpathEdit.Append("$ORIGIN/more", RpathKind.RPATH);

    assertThat(EditedElf.of("x86_64/no-rpath.so", edits().rpath(append)).facts().rpath())
        .contains("$ORIGIN/more");
  }

  @Test
  void aRemovedSearchPathLeavesNoEntry() {
    EditedElf edited =
        EditedElf.of("x86_64/rpath-and-runpath.so", edits().rpath(new RpathEdit.Remove()));

    assertThat(edited.facts().rpath()).isEmpty();
    assertThat(edited.facts().runpath()).isEmpty();
  }

  @Test
  void anEmptySearchPathAddsNoEntry() {
    assertThat(EditedElf.of("x86_64/no-rpath.so", edits().rpath(rpath(""))).patch().isEmpty())
        .isTrue();
  }

  @Test
  void anOldSearchPathIsErased() {
    EditedElf edited = EditedElf.of(NORMAL, edits().rpath(rpath("$ORIGIN")));

    assertThat(edited.patch().layout()).isEqualTo(LayoutKind.IN_PLACE);
    assertThat(edited.contains("normal.libs")).isFalse();
  }

  // ---- shared strings

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/tails.so", "x86_64/tails-lld.so"})
  void aSharedStringTailIsNeverOverwritten(String fixture) {
    EditedElf edited =
        EditedElf.of(
            fixture,
            edits().soname("libX.so").replaceNeeded("libdep.so.1", "X").rpath(rpath("$ORIGIN/X")));

    assertThat(symbolNames(edited.image(), edited.dynamic()))
        .contains("tails.so.1", "dep.so.1", "tails.libs", "S_1.0")
        .isEqualTo(symbolNames(edited.imageBefore(), edited.dynamicBefore()));
  }

  private static List<String> symbolNames(ElfImage image, DynamicSection dynamic) {
    try {
      StringTable strings = StringTable.read(image, dynamic);
      SymbolTable symbols = SymbolTable.largest(image, dynamic);
      String[] names = new String[symbols.count()];
      for (int i = 0; i < names.length; i++) {
        names[i] = strings.string(symbols.name(i));
      }
      return Arrays.asList(names);
    } catch (ElfFormatException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNameThatIsTheEndOfAnotherNeedsNoRoom() {
    EditedElf edited = EditedElf.of(NORMAL, edits().soname("dep.so.1"));

    assertThat(edited.patch().layout()).isEqualTo(LayoutKind.IN_PLACE);
    assertThat(edited.facts().soname()).contains("dep.so.1");
  }

  // ---- the other edits

  @Test
  void theExecutableStackIsCleared() {
    EditedElf edited = EditedElf.of("x86_64/execstack.so", edits().stack(StackEdit.CLEAR));

    assertThat(edited.facts().stack()).isEqualTo(ExecutableStack.NOT_REQUIRED);
    assertThat(edited.patch().growth()).isZero();
  }

  @Test
  void theExecutableStackIsSet() {
    assertThat(EditedElf.of(NORMAL, edits().stack(StackEdit.SET)).facts().stack())
        .isEqualTo(ExecutableStack.REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/no-gnu-stack.so", "x86_64/no-gnu-stack-bfd.so"})
  void aMissingStackHeaderTakesAFreeEntry(String fixture) {
    EditedElf edited = EditedElf.of(fixture, edits().stack(StackEdit.CLEAR));

    assertThat(edited.facts().stack()).isEqualTo(ExecutableStack.NOT_REQUIRED);
    assertThat(edited.patch().growth()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/static", "x86_64/static-pie", "x86_64/debug.so.debug"})
  void theExecutableStackOfAFileThatNoLoaderLoadsIsSetAndCleared(String fixture) {
    EditedElf set = EditedElf.of(fixture, edits().stack(StackEdit.SET));
    EditedElf cleared = set.then(edits().stack(StackEdit.CLEAR));

    assertThat(set.facts().stack()).isEqualTo(ExecutableStack.REQUIRED);
    assertThat(cleared.facts().stack()).isEqualTo(ExecutableStack.NOT_REQUIRED);
    assertThat(cleared.after()).isEqualTo(set.before());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/program", "x86_64/program-lld", "x86_64/exec", "i686/program"})
  void aShorterInterpreterIsWrittenInPlace(String fixture) {
    EditedElf edited = EditedElf.of(fixture, edits().interpreter("/lib/ld.so"));

    assertThat(edited.facts().interpreter()).contains("/lib/ld.so");
    assertThat(edited.patch().layout()).isEqualTo(LayoutKind.IN_PLACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x86_64/program",
        "x86_64/program-lld",
        "x86_64/exec",
        "x86_64/exec-lld",
        "i686/exec",
        "aarch64/program",
        "armv7l/program",
        "ppc64/program",
        "mips64el/program"
      })
  void aLongerInterpreterFindsRoomLikeStrings(String fixture) {
    String path = "/opt/a/much/longer/path/to/the/interpreter/than/any/before/ld-linux.so.2";
    EditedElf edited = EditedElf.of(fixture, edits().interpreter(path));

    assertThat(edited.facts().interpreter()).contains(path);
    assertThat(edited.patch().layout()).isGreaterThan(LayoutKind.IN_PLACE);
    assertThat(edited.then(edits().interpreter(path)).patch().isEmpty()).isTrue();
  }

  @Test
  void theDefaultLibrariesAreSwitchedOff() {
    assertThat(EditedElf.of(NORMAL, edits().noDefaultLibraries()).facts().noDefaultLibraries())
        .isTrue();
  }

  @Test
  void theDefaultLibrariesAreSwitchedOffOnce() {
    assertThat(
            EditedElf.of("x86_64/no-default-lib.so", edits().noDefaultLibraries())
                .patch()
                .isEmpty())
        .isTrue();
  }

  // ---- the dynamic section

  @Test
  void anEntryRelativeToItsOwnPlaceFollowsTheCompaction() {
    String fixture = "mips64el/program";
    EditedElf edited = EditedElf.of(fixture, edits().removeNeeded("libdep.so.1"));
    long entry = 2 * 8;

    assertThat(edited.dynamic().number(DynamicTags.DT_MIPS_RLD_MAP_REL))
        .isEqualTo(edited.dynamicBefore().number(DynamicTags.DT_MIPS_RLD_MAP_REL) + entry);
  }

  @Test
  void anEntryRelativeToItsOwnPlaceWrapsAroundIn32Bits() {
    ElfEdits.Builder edits = edits();
    for (int i = 0; i < 10; i++) {
      edits.addNeeded("libadded" + i + ".so");
    }
    EditedElf edited = EditedElf.of("mips/program", edits);
    long tag = DynamicTags.DT_MIPS_RLD_MAP_REL;

    assertThat(edited.dynamic().number(tag)).isGreaterThan(0xffff0000L);
    assertThat((int) (debugMap(edited.dynamic()) - debugMap(edited.dynamicBefore()))).isZero();
  }

  /** The address that DT_MIPS_RLD_MAP_REL leads to. */
  private static long debugMap(DynamicSection dynamic) {
    for (int i = 0; i < dynamic.entries().size(); i++) {
      if (dynamic.entries().get(i).tag() == DynamicTags.DT_MIPS_RLD_MAP_REL) {
        return dynamic.location().address() + i * 8L + dynamic.entries().get(i).value();
      }
    }
    throw new AssertionError("no DT_MIPS_RLD_MAP_REL");
  }

  @Test
  void aHintIsGivenUpBeforeTheDynamicSectionMoves() {
    EditedElf edited = EditedElf.of("x86_64/no-spare.so", edits().addNeeded("libshim.so"));

    assertThat(edited.patch().changes().droppedTags()).containsExactly(DynamicTags.DT_RELACOUNT);
    assertThat(edited.dynamic().location()).isEqualTo(edited.dynamicBefore().location());
  }

  @Test
  void aFlagThatIsRepeatedIsGivenUpBeforeAHint() {
    EditedElf edited = EditedElf.of("x86_64/no-spare-now.so", edits().addNeeded("libshim.so"));

    assertThat(edited.patch().changes().droppedTags()).containsExactly(DynamicTags.DT_BIND_NOW);
  }

  @Test
  void theOldDynamicSectionStaysTrueWhenItMoves() {
    EditedElf edited =
        EditedElf.of(
            "x86_64/lld.so",
            edits().addNeeded("liba.so").addNeeded("libb.so").addNeeded("libc.so"));
    Location before = edited.dynamicBefore().location();

    assertThat(edited.dynamic().location()).isNotEqualTo(before);
    assertThat(tagsAt(edited, before.offset()))
        .startsWith(
            edited.dynamicBefore().entries().stream()
                .map(DynamicEntry::tag)
                .toList()
                .toArray(Long[]::new));
  }

  private static List<Long> tagsAt(EditedElf edited, long offset) {
    ByteBuffer bytes = ByteBuffer.wrap(edited.after()).order(ByteOrder.LITTLE_ENDIAN);
    return Stream.iterate(0, i -> i + 1)
        .limit(edited.dynamicBefore().slots())
        .map(i -> bytes.getLong((int) offset + 16 * i))
        .toList();
  }

  @Test
  void whatPrelinkWroteIsDropped() {
    byte[] prelinked = ElfFixtures.content(NORMAL);
    EditedElf original = EditedElf.of(NORMAL, edits());
    int spare =
        (int) original.dynamic().location().offset() + 16 * original.dynamic().entries().size();
    ByteBuffer.wrap(prelinked)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(spare, DynamicTags.DT_GNU_PRELINKED)
        .putLong(spare + 8, 0x5f000000);
    EditedElf edited = EditedElf.of("prelinked", prelinked, edits().soname("X").build());

    assertThat(edited.dynamic().has(DynamicTags.DT_GNU_PRELINKED)).isFalse();
    assertThat(edited.patch().changes().droppedTags())
        .containsExactly(DynamicTags.DT_GNU_PRELINKED);
  }

  // ---- what is refused

  @Test
  void aStaticPieIsRefused() {
    assertRefused("x86_64/static-pie", edits().rpath(rpath("$ORIGIN")), "static");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/debug.so.debug", "x86_64/static"})
  void aFileWithoutADynamicSectionIsRefused(String fixture) {
    assertRefused(fixture, edits().rpath(rpath("$ORIGIN")), "no dynamic section");
  }

  @Test
  void aStaticFileWithoutAStackHeaderGetsNone() throws Exception {
    byte[] content = ElfFixtures.content("x86_64/static");
    setNull(content, ProgramHeader.PT_GNU_STACK);
    ElfBytes file = ElfBytes.of("static", ByteSource.of(content));

    assertThatThrownBy(() -> ElfEditor.edit(file, edits().stack(StackEdit.SET).build()))
        .isInstanceOf(UnsupportedLayoutException.class)
        .hasMessageContaining("no PT_GNU_STACK");
  }

  @Test
  void anInterpreterThatFitsNeedsNoDynamicSection() throws Exception {
    byte[] content = withoutDynamicSection("x86_64/program");
    EditedElf edited = EditedElf.of("program", content, edits().interpreter("/lib/ld.so").build());

    assertThat(edited.facts().interpreter()).contains("/lib/ld.so");
    assertThat(edited.after()).hasSameSizeAs(content);
  }

  @Test
  void anInterpreterThatDoesNotFitNeedsADynamicSection() throws Exception {
    byte[] content = withoutDynamicSection("x86_64/program");
    ElfBytes file = ElfBytes.of("program", ByteSource.of(content));
    ElfEdits longer = edits().interpreter("/lib/" + "x".repeat(99)).build();

    assertThatThrownBy(() -> ElfEditor.edit(file, longer))
        .isInstanceOf(UnsupportedLayoutException.class)
        .hasMessageContaining("no dynamic section, so that nothing can move");
  }

  private static byte[] withoutDynamicSection(String fixture) throws Exception {
    byte[] content = ElfFixtures.content(fixture);
    setNull(content, ProgramHeader.PT_DYNAMIC);
    return content;
  }

  private static void setNull(byte[] content, int type) throws Exception {
    ElfImage image = ElfImage.read(ElfBytes.of("any", ByteSource.of(content)));
    for (int i = 0; i < image.programHeaders().size(); i++) {
      if (image.programHeaders().get(i).type() == type) {
        ByteBuffer.wrap(content).putInt((int) image.header().programHeaderOffset() + i * 56, 0);
      }
    }
  }

  @Test
  void whatRemovedVersionNeedsLeaveSlidesWithTheTables() {
    EditedElf edited =
        EditedElf.of("i686/hash-sysv.so", edits().removeNeeded("libc.so.6"))
            .then(edits().removeNeeded("libdep.so.1"))
            .then(edits().rpath(rpath("a".repeat(240))));

    assertThat(edited.patch().layout()).isEqualTo(LayoutKind.SLIDE);
  }

  @Test
  void theOsAbiIsSetWhereItIs() {
    EditedElf edited = EditedElf.of(NORMAL, edits().osAbi(9));

    byte[] expected = edited.before().clone();
    expected[7] = 9;
    assertThat(edited.after()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/static", "x86_64/static-pie"})
  void theOsAbiOfAStaticFileIsSetToo(String fixture) {
    assertThat(EditedElf.of(fixture, edits().osAbi(9)).after()[7]).isEqualTo((byte) 9);
  }

  @Test
  void theOsAbiIsSetBesideOtherEdits() {
    EditedElf edited =
        EditedElf.of(NORMAL, edits().osAbi(9).rpath(rpath("$ORIGIN/" + "x".repeat(99))));

    assertThat(edited.after()[7]).isEqualTo((byte) 9);
    assertThat(edited.facts().rpath()).contains("$ORIGIN/" + "x".repeat(99));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x86_64/rpath.so", "aarch64/normal.so", "mips/normal.so", "x86_64/no-spare.so"})
  void aDebugTagIsAddedOnce(String fixture) {
    EditedElf edited = EditedElf.of(fixture, edits().debugTag());

    assertThat(edited.dynamicBefore().has(DynamicTags.DT_DEBUG)).isFalse();
    assertThat(edited.dynamic().value(DynamicTags.DT_DEBUG)).hasValue(0);
    assertThat(edited.then(edits().debugTag()).patch().isEmpty()).isTrue();
  }

  @Test
  void aSonameIsNothingToAProgramThatIsLinkedStatically() {
    assertThat(EditedElf.of("x86_64/static", edits().soname("libx.so")).patch().isEmpty()).isTrue();
  }

  @Test
  void anObjectFileIsRefusedEvenIfNothingHasToChange() {
    assertRefused("x86_64/relocatable.o", edits().rpath(new RpathEdit.Remove()), "e_type is 1");
  }

  @Test
  void aFileThatIsNeitherLibraryNorExecutableIsRefused() throws Exception {
    byte[] content = ElfFixtures.content(NORMAL);
    content[16] = 4; // ET_CORE
    ElfBytes file = ElfBytes.of("core", ByteSource.of(content));

    assertThatThrownBy(() -> ElfEditor.edit(file, edits().rpath(rpath("$ORIGIN")).build()))
        .isInstanceOf(UnsupportedLayoutException.class)
        .hasMessageContaining("e_type is 4");
  }

  @Test
  void aLibraryHasNoInterpreterToChange() {
    assertRefused(NORMAL, edits().interpreter("/lib/ld.so"), "no interpreter");
  }

  private static void assertRefused(String fixture, ElfEdits.Builder edits, String reason) {
    assertThatThrownBy(
            () ->
                ElfEditor.edit(
                    ElfBytes.of(fixture, ByteSource.of(ElfFixtures.content(fixture))),
                    edits.build()))
        .isInstanceOf(UnsupportedLayoutException.class)
        .hasMessageContaining(fixture)
        .hasMessageContaining(reason);
  }
}
