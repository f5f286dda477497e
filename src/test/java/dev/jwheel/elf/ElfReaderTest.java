// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.elf.UndefinedSymbol.VersionReference;
import dev.jwheel.elf.VersionNeed.NeededVersion;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.io.ByteSource;
import dev.jwheel.platform.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.fornwall.jelf.ElfDynamicSection;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSymbolTableSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ElfReaderTest {

  @Test
  void theDynamicSectionGivesNamesAndPaths() {
    ElfBinary elf = ElfFixtures.read("x86_64/normal.so");
    assertThat(elf.soname()).contains("libnormal.so.1");
    assertThat(elf.needed()).containsExactly("libdep.so.1", "libm.so.6", "libc.so.6");
    assertThat(elf.runpath()).contains("$ORIGIN/../normal.libs");
    assertThat(elf.rpath()).isEmpty();
  }

  @Test
  void versionNeedsKeepTheirLibraryAndOrder() {
    ElfBinary elf = ElfFixtures.read("x86_64/normal.so");
    assertThat(elf.versionNeeds())
        .filteredOn(need -> need.file().equals("libdep.so.1"))
        .singleElement()
        .extracting(need -> need.versions().stream().map(NeededVersion::name).sorted().toList())
        .isEqualTo(List.of("DEP_1.0", "DEP_2.0"));
  }

  @Test
  void theBaseEntryIsNoVersionDefinition() {
    assertThat(ElfFixtures.read("x86_64/normal.so").versionDefinitions())
        .containsExactlyInAnyOrder("NORMAL_1.0", "NORMAL_2.0");
  }

  @Test
  void anUndefinedSymbolIsBoundToItsVersionAndLibrary() {
    assertThat(ElfFixtures.read("x86_64/normal.so").undefinedSymbols())
        .filteredOn(symbol -> symbol.version().isPresent())
        .extracting(symbol -> symbol.version().get().file())
        .contains("libdep.so.1", "libc.so.6");
  }

  @Test
  void aVersionThatOnlyWeakSymbolsUseIsFlaggedWeak() {
    ElfBinary elf = ElfFixtures.read("x86_64/weak.so");
    List<NeededVersion> weak =
        elf.versionNeeds().stream()
            .flatMap(need -> need.versions().stream())
            .filter(NeededVersion::weak)
            .toList();
    assertThat(weak).isNotEmpty();
    assertThat(elf.undefinedSymbols())
        .filteredOn(
            symbol ->
                symbol
                    .version()
                    .map(VersionReference::version)
                    .equals(Optional.of(weak.get(0).name())))
        .allMatch(UndefinedSymbol::weak);
  }

  @ParameterizedTest
  @CsvSource({
    "x86_64/no-sections.so, x86_64/normal.so",
    "x86_64/no-sections-lld.so, x86_64/lld.so",
    "ppc64le/no-sections.so, ppc64le/normal.so",
    "armv7l/no-sections.so, armv7l/normal.so",
  })
  void sectionHeadersAreNotNeeded(String without, String with) {
    assertThat(ElfFixtures.read(without)).isEqualTo(ElfFixtures.read(with));
  }

  @ParameterizedTest
  @CsvSource({"hash-sysv.so", "hash-both.so", "lld.so", "gold.so", "mold.so"})
  void theSymbolCountComesFromWhicheverHashTableThereIs(String name) {
    assertThat(undefinedNames("x86_64/" + name)).isEqualTo(undefinedNames("x86_64/normal.so"));
  }

  private static List<String> undefinedNames(String fixture) {
    return ElfFixtures.read(fixture).undefinedSymbols().stream()
        .map(UndefinedSymbol::name)
        .filter(name -> !name.startsWith("__") && !name.startsWith("_ITM"))
        .sorted()
        .toList();
  }

  @Test
  void theHashTableOfS390xHasEightByteWords() {
    assertThat(undefinedNames("s390x/hash-sysv.so")).isEqualTo(undefinedNames("s390x/normal.so"));
  }

  @Test
  void aGnuHashTableWithoutExportsDoesNotHideTheUndefinedSymbols() {
    assertThat(ElfFixtures.read("x86_64/exec").undefinedSymbols()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "x86_64, X86_64",
    "i686, I686",
    "aarch64, AARCH64",
    "armv7l, ARMV7L",
    "ppc64le, PPC64LE",
    "ppc64, PPC64",
    "s390x, S390X",
    "riscv64, RISCV64",
    "loongarch64, LOONGARCH64",
    "mips64el, MIPS64",
    "powerpc, PPC",
  })
  void theArchitectureIsThatOfTheHeader(String directory, Architecture architecture) {
    assertThat(ElfFixtures.read(directory + "/normal.so").identity().architecture())
        .contains(architecture);
  }

  @Test
  void aSoftFloatArmFileIsNotArmv7l() {
    byte[] content = ElfFixtures.content("armv7l/normal.so");
    content[36] = 0;
    content[37] = 2;
    ElfBinary hard = ElfFixtures.read("armv7l/normal.so");
    ElfBinary soft = read(content);
    assertThat(soft.identity().architecture()).contains(Architecture.ARMV5L);
    assertThat(hard.identity().loads(soft.identity())).isFalse();
  }

  @Test
  void bothRunPathsAreReported() {
    ElfBinary elf = ElfFixtures.read("x86_64/rpath-and-runpath.so");
    assertThat(elf.rpath()).contains("../normal.libs");
    assertThat(elf.runpath()).contains("$ORIGIN/../normal.libs");
  }

  @Test
  void theStackIsWhatPtGnuStackSays() {
    assertThat(ElfFixtures.read("x86_64/normal.so").stack())
        .isEqualTo(ExecutableStack.NOT_REQUIRED);
    assertThat(ElfFixtures.read("x86_64/execstack.so").stack()).isEqualTo(ExecutableStack.REQUIRED);
    assertThat(ElfFixtures.read("x86_64/no-gnu-stack.so").stack())
        .isEqualTo(ExecutableStack.UNSPECIFIED);
  }

  @Test
  void thePropertyNoteGivesTheInstructionSetLevel() {
    assertThat(ElfFixtures.read("x86_64/normal.so").isaLevel()).isEqualTo(1);
    assertThat(ElfFixtures.read("x86_64/notes.so").isaLevel()).isEqualTo(2);
    assertThat(ElfFixtures.read("x86_64/isa-v3.so").isaLevel()).isEqualTo(3);
    assertThat(ElfFixtures.read("x86_64/isa-v4.so").isaLevel()).isEqualTo(4);
  }

  @Test
  void theBuildIdIsReadFromItsNote() {
    assertThat(ElfFixtures.read("x86_64/notes.so").buildId())
        .contains("00112233445566778899aabbccddeeff00112233");
  }

  @Test
  void anExecutableAsksForItsInterpreter() {
    ElfBinary elf = ElfFixtures.read("x86_64/program");
    assertThat(elf.interpreter()).contains("/lib64/ld-linux-x86-64.so.2");
    assertThat(elf.isExecutable()).isTrue();
    assertThat(ElfFixtures.read("x86_64/normal.so").isExecutable()).isFalse();
  }

  @Test
  void aStaticProgramAndAnObjectFileHaveNoDynamicSection() {
    assertThat(ElfFixtures.read("x86_64/static").dynamic()).isFalse();
    assertThat(ElfFixtures.read("x86_64/relocatable.o").dynamic()).isFalse();
  }

  @Test
  void noDefaultLibrariesIsReported() {
    assertThat(ElfFixtures.read("x86_64/no-default-lib.so").noDefaultLibraries()).isTrue();
    assertThat(ElfFixtures.read("x86_64/normal.so").noDefaultLibraries()).isFalse();
  }

  @Test
  void onlyTheWantedExportsAreKept() throws Exception {
    ElfBytes bytes =
        ElfBytes.of("normal.so", ByteSource.of(ElfFixtures.content("x86_64/normal.so")));
    assertThat(ElfReader.read(bytes, List.of("normal_ans")).exports())
        .containsExactly("normal_answer");
    assertThat(ElfReader.read(bytes).exports()).isEmpty();
  }

  @Test
  void aFileCutOffInASegmentIsTruncated() {
    byte[] content = ElfFixtures.content("x86_64/normal.so");
    assertThatThrownBy(() -> readChecked(Arrays.copyOf(content, 0x1100)))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void theRestOfTheLastPageOfASegmentIsReadAsALoaderMapsIt() throws ElfFormatException {
    byte[] content = ElfFixtures.content("x86_64/normal.so");
    ElfBinary whole = readChecked(content.clone());
    shortenFirstSegment(content, 0x4a0, 0x4a0);
    ElfBinary shortened = readChecked(content);
    assertThat(shortened.needed()).isEqualTo(whole.needed());
    assertThat(shortened.versionNeeds()).isEqualTo(whole.versionNeeds());
  }

  @Test
  void theRestOfTheLastPageIsNotReadWhereALoaderClearsIt() {
    byte[] content = ElfFixtures.content("x86_64/normal.so");
    shortenFirstSegment(content, 0x4a0, 0x8a8);
    assertThatThrownBy(() -> readChecked(content))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("lies in no PT_LOAD segment's file content");
  }

  private static void shortenFirstSegment(byte[] content, long fileSize, long memorySize) {
    ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int first = (int) header.getLong(32);
    assertThat(header.getInt(first)).isEqualTo(ProgramHeader.PT_LOAD);
    header.putLong(first + 32, fileSize).putLong(first + 40, memorySize);
  }

  @Test
  void aProgramHeaderTableOutsideTheFileIsNamedWithItsPlace() {
    byte[] content = ElfFixtures.content("x86_64/normal.so");
    content[38] = 0x7f;
    assertThatThrownBy(() -> readChecked(content))
        .isInstanceOfSatisfying(
            ElfFormatException.class, e -> assertThat(e.offset()).isEqualTo(0x7f000000000040L));
  }

  @ParameterizedTest
  @MethodSource("dev.jwheel.elf.ElfFixtures#all")
  void jelfAgreesWhereverItCanRead(String name) {
    byte[] content = ElfFixtures.content(name);
    ElfBinary elf = ElfFixtures.read(name);
    ElfDynamicSection theirs;
    ElfSymbolTableSection symbols;
    try {
      ElfFile file = ElfFile.from(content);
      theirs = file.getDynamicSection();
      symbols = file.getDynamicSymbolTableSection();
    } catch (RuntimeException e) {
      return; // 8-byte words of DT_HASH, NOBITS sections of debug files: jelf's own limits.
    }
    if (theirs == null || symbols == null || !elf.dynamic()) {
      return;
    }
    assertThat(elf.needed()).isEqualTo(theirs.getNeededLibraries());
    long undefined =
        Arrays.stream(symbols.symbols)
            .filter(symbol -> symbol.st_shndx == 0 && symbol.getBinding() != 0)
            .count();
    assertThat(elf.undefinedSymbols()).hasSize((int) undefined);
  }

  private static ElfBinary read(byte[] content) {
    try {
      return readChecked(content);
    } catch (ElfFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static ElfBinary readChecked(byte[] content) throws ElfFormatException {
    return ElfReader.read(ElfBytes.of("changed", ByteSource.of(content)));
  }
}
