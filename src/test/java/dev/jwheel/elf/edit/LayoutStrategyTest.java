// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.layout.LayoutStrategy;
import dev.jwheel.elf.layout.MovedTableStrategy;
import dev.jwheel.elf.layout.NewSegmentStrategy;
import dev.jwheel.elf.layout.SlideStrategy;
import dev.jwheel.elf.layout.ThroughBssStrategy;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.LayoutKind;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each layout strategy: when it is taken, and what it leaves of the file. */
final class LayoutStrategyTest {
  private static final String SOME = "$ORIGIN/" + "some/longer/path/".repeat(4);

  private static ElfEdits.Builder longerPath() {
    return path(SOME);
  }

  private static ElfEdits.Builder path(String path) {
    return ElfEdits.builder().rpath(new RpathEdit.SetTo(path, RpathKind.RUNPATH));
  }

  private static void assertPath(EditedElf edited, String path) {
    assertThat(edited.facts().runpath()).contains(path);
  }

  private static ProgramHeader last(List<ProgramHeader> headers) {
    ProgramHeader last = headers.get(0);
    for (ProgramHeader header : headers) {
      if (header.isLoad() && (!last.isLoad() || header.address() >= last.address())) {
        last = header;
      }
    }
    return last;
  }

  @Nested
  final class InPlace {

    @Test
    void aShorterNameIsWrittenOverTheOld() {
      EditedElf edited = EditedElf.of("x86_64/normal.so", path("$ORIGIN"));

      assertThat(edited.patch().layout()).isEqualTo(LayoutKind.IN_PLACE);
      assertThat(edited.patch().growth()).isZero();
    }

    @Test
    void newNamesFitInBytesThatOthersGaveUp() {
      EditedElf edited =
          EditedElf.of(
              "x86_64/many.so",
              ElfEdits.builder().soname("libdep-1.so").replaceNeeded("libdep.so.1", "libmany.so"));

      assertThat(edited.patch().layout()).isEqualTo(LayoutKind.IN_PLACE);
    }

    @Test
    void theStringTableKeepsItsSizeAndPlace() {
      EditedElf edited = EditedElf.of("x86_64/normal.so", path("$ORIGIN"));

      assertThat(edited.section(".dynstr")).isEqualTo(edited.sectionBefore(".dynstr"));
    }
  }

  @Nested
  final class GrowAtEnd {

    @ParameterizedTest
    @ValueSource(strings = {"x86_64/lld.so", "aarch64/normal.so", "s390x/normal.so"})
    void aStringTableThatEndsItsSegmentGrowsThere(String fixture) {
      EditedElf first = EditedElf.of(fixture, longerPath());
      String longer = SOME + "x".repeat(100);
      EditedElf second = first.then(path(longer));

      assertThat(first.patch().layout()).isEqualTo(LayoutKind.THROUGH_BSS);
      assertThat(second.patch().layout()).isEqualTo(LayoutKind.GROW_AT_END);
      assertThat(second.section(".dynstr").address()).isEqualTo(first.section(".dynstr").address());
      assertPath(second, longer);
    }

    @Test
    void growingCostsNoMoreThanTheNewBytesAndTheirAlignment() {
      EditedElf first = EditedElf.of("x86_64/lld.so", longerPath());

      assertThat(first.then(path(SOME + "x".repeat(100))).patch().growth()).isLessThan(192 + 16);
    }

    @Test
    void aFileEditedAgainAndAgainDoesNotGrow() {
      EditedElf edited = EditedElf.of("x86_64/lld.so", longerPath());
      for (int i = 0; i < 10; i++) {
        edited = edited.then(path(SOME.replace("some", "run" + i)));
        edited = edited.then(longerPath());
        assertThat(edited.patch().growth()).isZero();
      }
    }
  }

  @Nested
  final class Slide {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "x86_64/normal.so",
          "x86_64/hash-both.so",
          "x86_64/relr.so",
          "x86_64/many-separate-code.so",
          "x86_64/no-sections.so",
          "x86_64/program",
          "i686/normal.so",
          "i686/program",
          "i686/no-sections.so"
        })
    void tablesSlideIntoThePadding(String fixture) {
      EditedElf edited = EditedElf.of(fixture, longerPath());

      assertThat(edited.patch().layout()).isEqualTo(LayoutKind.SLIDE);
      assertThat(edited.patch().growth()).isZero();
      assertPath(edited, SOME);
    }

    @Test
    void theTablesKeepTheirAlignment() {
      EditedElf edited = EditedElf.of("x86_64/normal.so", longerPath());

      for (SectionHeader section : edited.image().sections()) {
        assertThat(section.address() % Math.max(1, section.alignment())).isZero();
      }
    }

    @Test
    void dynamicEntriesAndSectionsSlideAlike() {
      EditedElf edited = EditedElf.of("x86_64/normal.so", longerPath());

      assertThat(edited.dynamic().number(DynamicTags.DT_VERSYM))
          .isEqualTo(edited.section(".gnu.version").address())
          .isGreaterThan(edited.dynamicBefore().number(DynamicTags.DT_VERSYM));
      assertThat(edited.dynamic().number(DynamicTags.DT_JMPREL))
          .isEqualTo(edited.section(".rela.plt").address());
      assertThat(edited.dynamic().number(DynamicTags.DT_GNU_HASH))
          .isEqualTo(edited.dynamicBefore().number(DynamicTags.DT_GNU_HASH));
    }

    @Test
    void noProgramHeaderIsAdded() {
      EditedElf edited = EditedElf.of("x86_64/normal.so", longerPath());

      assertThat(edited.image().programHeaders())
          .hasSameSizeAs(edited.imageBefore().programHeaders());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64/no-separate-code.so", "x86_64/lld.so", "x86_64/gold.so"})
    void whatIsNoTableNeverSlides(String fixture) {
      assertThatThrownBy(() -> EditedElf.by(new SlideStrategy(), fixture, longerPath()))
          .hasCauseInstanceOf(UnsupportedLayoutException.class);
    }

    @Test
    void moreThanThePaddingHoldsDoesNotSlide() {
      EditedElf edited = EditedElf.of("x86_64/normal.so", path("$ORIGIN/" + "x".repeat(4096)));

      assertThat(edited.patch().layout()).isEqualTo(LayoutKind.THROUGH_BSS);
    }

    @Test
    void aNewInterpreterFollowsTheTables() {
      String interpreter = "/opt/" + "x".repeat(100);
      EditedElf edited = EditedElf.of("x86_64/program", longerPath().interpreter(interpreter));

      assertThat(edited.patch().layout()).isEqualTo(LayoutKind.SLIDE);
      assertThat(edited.facts().interpreter()).contains(interpreter);
      assertPath(edited, SOME);
    }
  }

  @Nested
  final class ThroughBss {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "x86_64/no-separate-code.so",
          "x86_64/no-bss.so",
          "x86_64/lld.so",
          "x86_64/gold.so",
          "x86_64/mold.so",
          "x86_64/page-2m.so",
          "x86_64/image-base.so",
          "x86_64/exec",
          "i686/lld.so",
          "aarch64/normal.so",
          "armv7l/normal.so",
          "ppc64/normal.so",
          "ppc64le/normal.so",
          "s390x/normal.so",
          "riscv64/normal.so",
          "loongarch64/normal.so",
          "mips64el/normal.so",
          "powerpc/normal.so"
        })
    void theStringsComeBehindTheBss(String fixture) {
      EditedElf edited = EditedElf.by(new ThroughBssStrategy(0x10000), fixture, longerPath());
      ProgramHeader before = last(edited.imageBefore().programHeaders());
      ProgramHeader after = last(edited.image().programHeaders());

      assertThat(edited.dynamic().number(DynamicTags.DT_STRTAB))
          .isGreaterThanOrEqualTo(before.end());
      assertThat(after.fileSize()).isEqualTo(after.memorySize());
      assertThat(after.offset()).isEqualTo(before.offset());
      assertThat(edited.image().programHeaders())
          .hasSameSizeAs(edited.imageBefore().programHeaders());
      assertPath(edited, SOME);
    }

    @Test
    void dataThatIsExecutableAnywayGrowsAndCodeThatIsNotDataDoesNot() {
      ElfEdits edits = path("$ORIGIN/" + "x".repeat(8192)).build();
      int writeAndExecute = ProgramHeader.PF_R | ProgramHeader.PF_W | ProgramHeader.PF_X;
      byte[] executableData = withFlagsOfTheLastSegment("x86_64/exec", writeAndExecute);
      byte[] code =
          withFlagsOfTheLastSegment("x86_64/no-bss.so", writeAndExecute & ~ProgramHeader.PF_W);

      assertThat(EditedElf.of("data", executableData, edits).patch().layout())
          .isEqualTo(LayoutKind.THROUGH_BSS);
      assertThat(EditedElf.of("code", code, edits).patch().layout())
          .isEqualTo(LayoutKind.NEW_SEGMENT);
    }

    private static byte[] withFlagsOfTheLastSegment(String fixture, int flags) {
      ElfImage image = EditedElf.of(fixture, ElfEdits.builder()).image();
      int index = image.programHeaders().indexOf(last(image.programHeaders()));
      long at = image.header().programHeaderOffset() + (long) index * 56 + 4;
      byte[] content = ElfFixtures.content(fixture);
      content[(int) at] = (byte) flags;
      return content;
    }

    @Test
    void theBssBecomesZerosOfTheFile() {
      EditedElf edited = EditedElf.of("x86_64/lld.so", longerPath());
      ProgramHeader before = last(edited.imageBefore().programHeaders());
      long bss = before.memorySize() - before.fileSize();

      assertThat(bss).isPositive();
      for (long i = 0; i < bss; i++) {
        assertThat(edited.after()[(int) (before.fileEnd() + i)]).isZero();
      }
    }

    @Test
    void theBssKeepsItsSectionHeader() {
      EditedElf edited = EditedElf.of("x86_64/lld.so", longerPath());

      assertThat(edited.section(".bss")).isEqualTo(edited.sectionBefore(".bss"));
    }

    @Test
    void whatIsNotLoadedShiftsWithItsContent() {
      EditedElf edited = EditedElf.of("x86_64/no-separate-code.so", longerPath());
      SectionHeader before = edited.sectionBefore(".symtab");
      SectionHeader after = edited.section(".symtab");

      assertThat(after.offset()).isEqualTo(before.offset() + edited.patch().growth());
      assertThat(edited.image().header().sectionHeaderOffset())
          .isEqualTo(edited.imageBefore().header().sectionHeaderOffset() + edited.patch().growth());
    }

    @Test
    void whatIsNotLoadedKeepsItsAlignment() {
      EditedElf edited = EditedElf.of("x86_64/no-separate-code.so", longerPath());

      assertThat(edited.patch().growth() % 16).isZero();
    }

    @ParameterizedTest
    @CsvSource({
      "x86_64/many.so, .gnu.version",
      "x86_64/many-gold.so, .gnu.hash",
      "aarch64/many.so, .gnu.version"
    })
    void aSmallNeighbourIsEvictedForALargeStringTable(String fixture, String neighbour) {
      EditedElf edited = EditedElf.by(new ThroughBssStrategy(0x10000), fixture, longerPath());

      assertThat(edited.section(".dynstr").address())
          .isEqualTo(edited.sectionBefore(".dynstr").address());
      assertThat(edited.section(neighbour).address())
          .isGreaterThanOrEqualTo(last(edited.imageBefore().programHeaders()).end());
      assertThat(edited.patch().growth()).isLessThan(edited.section(".dynstr").size() / 2);
      assertPath(edited, SOME);
    }

    @Test
    void anEvictedTableIsFoundByItsDynamicEntry() {
      EditedElf edited =
          EditedElf.by(new ThroughBssStrategy(0x10000), "x86_64/many.so", longerPath());

      assertThat(edited.dynamic().number(DynamicTags.DT_VERSYM))
          .isEqualTo(edited.section(".gnu.version").address());
    }

    @Test
    void aStringTableSmallerThanItsNeighboursMovesItself() {
      EditedElf edited =
          EditedElf.by(
              new ThroughBssStrategy(0x10000),
              "x86_64/many.so",
              path("$ORIGIN/" + "x".repeat(60000)));

      assertThat(edited.section(".gnu.version")).isEqualTo(edited.sectionBefore(".gnu.version"));
      assertThat(edited.section(".dynstr").address())
          .isGreaterThanOrEqualTo(last(edited.imageBefore().programHeaders()).end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64/large-bss.so", "x86_64/large-bss-lld.so"})
    void aLargeBssStaysOutOfTheFile(String fixture) {
      EditedElf edited = EditedElf.of(fixture, path("$ORIGIN/" + "x".repeat(4096)));

      assertThat(edited.patch().layout()).isEqualTo(LayoutKind.NEW_SEGMENT);
      assertThat(edited.patch().growth()).isLessThan(10_000);
    }

    @Test
    void theDynamicSectionMovesWhereTheLoaderCanWrite() {
      EditedElf edited =
          EditedElf.of(
              "x86_64/lld.so",
              ElfEdits.builder().addNeeded("liba.so").addNeeded("libb.so").addNeeded("libd.so"));
      ProgramHeader segment =
          edited.image().programHeaders().stream()
              .filter(
                  header ->
                      header.isLoad() && header.holds(edited.dynamic().location().address(), 1))
              .findFirst()
              .orElseThrow();

      assertThat(segment.hasFlag(ProgramHeader.PF_W)).isTrue();
      assertThat(segment.hasFlag(ProgramHeader.PF_X)).isFalse();
      assertThat(edited.section(".dynamic").address())
          .isEqualTo(edited.dynamic().location().address());
      assertThat(edited.facts().needed()).startsWith("liba.so", "libb.so", "libd.so");
    }

    @Test
    void aDynamicSectionThatNoLoaderWritesToStaysReadOnly() {
      ElfEdits.Builder edits = ElfEdits.builder();
      for (int i = 0; i < 10; i++) {
        edits.addNeeded("libadded" + i + ".so");
      }
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), "mips/normal.so", edits);

      assertThat(edited.dynamic().location()).isNotEqualTo(edited.dynamicBefore().location());
      assertThat(edited.image().loads().stream().filter(load -> load.hasFlag(ProgramHeader.PF_W)))
          .hasSameSizeAs(
              edited.imageBefore().loads().stream()
                  .filter(load -> load.hasFlag(ProgramHeader.PF_W))
                  .toList());
    }

    /** What becomes read-only after relocation is data around the dynamic section, too. */
    @ParameterizedTest
    @ValueSource(strings = {"x86_64/plain-lld.so", "x86_64/many-lld.so", "x86_64/program-lld"})
    void relroStaysWhenTheDynamicSectionMoves(String fixture) {
      EditedElf edited = EditedElf.of(fixture, path("$ORIGIN/../package.libs"));

      assertThat(edited.dynamic().location()).isNotEqualTo(edited.dynamicBefore().location());
      assertThat(relro(edited.image())).isEqualTo(relro(edited.imageBefore()));
    }

    private static ProgramHeader relro(ElfImage image) {
      return image.find(ProgramHeader.PT_GNU_RELRO).orElseThrow();
    }
  }

  @Nested
  final class NewSegment {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "x86_64/normal.so",
          "x86_64/no-separate-code.so",
          "x86_64/lld.so",
          "x86_64/page-2m.so",
          "x86_64/image-base.so",
          "x86_64/notes.so",
          "i686/normal.so",
          "aarch64/normal.so",
          "aarch64/page-4k.so",
          "armv7l/normal.so",
          "ppc64/normal.so",
          "s390x/normal.so",
          "riscv64/normal.so",
          "mips64el/normal.so",
          "powerpc/normal.so"
        })
    void theStringsLieInASegmentOfTheirOwn(String fixture) {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), fixture, longerPath());
      ProgramHeader segment = last(edited.image().programHeaders());

      assertThat(edited.headers(ProgramHeader.PT_LOAD))
          .isEqualTo(edited.imageBefore().loads().size() + 1);
      assertThat(segment.holds(edited.dynamic().number(DynamicTags.DT_STRTAB), 1)).isTrue();
      assertPath(edited, SOME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64/page-2m.so", "aarch64/normal.so", "x86_64/image-base.so"})
    void aNewSegmentNeedsNoHoleInTheFile(String fixture) {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), fixture, longerPath());
      ProgramHeader segment = last(edited.image().programHeaders());

      assertThat(segment.offset() - edited.before().length).isBetween(0L, 15L);
      assertThat((segment.address() - segment.offset()) % segment.alignment()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64/page-2m.so", "aarch64/page-16k.so", "aarch64/page-4k.so"})
    void aNewSegmentIsAlignedLikeTheOthers(String fixture) {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), fixture, longerPath());

      assertThat(edited.image().loads())
          .allSatisfy(
              load ->
                  assertThat(load.alignment())
                      .isEqualTo(edited.imageBefore().loads().get(0).alignment()));
    }

    @Test
    void aNewSegmentSharesNoPageOfAnyKernel() {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), "aarch64/page-4k.so", longerPath());
      ProgramHeader before = last(edited.imageBefore().programHeaders());
      ProgramHeader segment = last(edited.image().programHeaders());

      assertThat(segment.address() / 0x10000).isGreaterThan((before.end() - 1) / 0x10000);
    }

    @Test
    void aNewSegmentIsReadOnly() {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), "x86_64/normal.so", longerPath());

      assertThat(last(edited.image().programHeaders()).flags()).isEqualTo(ProgramHeader.PF_R);
    }

    @Test
    void anUnusedHeaderIsTakenFirst() {
      EditedElf edited =
          EditedElf.by(new NewSegmentStrategy(), "x86_64/no-gnu-stack-bfd.so", longerPath());

      assertThat(edited.headers(ProgramHeader.PT_NULL)).isZero();
      assertThat(edited.image().programHeaders())
          .hasSameSizeAs(edited.imageBefore().programHeaders());
    }

    @Test
    void aLibraryGivesUpItsHeaderForTheTable() {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), "x86_64/lld.so", longerPath());

      assertThat(edited.headers(ProgramHeader.PT_PHDR)).isZero();
    }

    @Test
    void aHeaderThatRepeatsASectionIsGivenUpLast() {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), "riscv64/program", longerPath());

      assertThat(edited.headers(ProgramHeader.PT_RISCV_ATTRIBUTES)).isZero();
      assertThat(edited.headers(ProgramHeader.PT_INTERP)).isEqualTo(1);
    }

    @Test
    void aProgramKeepsItsHeaderForTheTable() {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), "riscv64/program", longerPath());
      ProgramHeader table =
          edited.image().programHeaders().stream()
              .filter(header -> header.type() == ProgramHeader.PT_PHDR)
              .findFirst()
              .orElseThrow();

      assertThat(table.fileSize()).isEqualTo(56L * edited.image().programHeaders().size());
    }

    @Test
    void tablesBehindTheHeadersMakeRoom() {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), "x86_64/normal.so", longerPath());

      assertThat(edited.section(".gnu.hash").address())
          .isGreaterThan(edited.sectionBefore(".bss").address());
      assertThat(edited.dynamic().number(DynamicTags.DT_GNU_HASH))
          .isEqualTo(edited.section(".gnu.hash").address());
    }

    @Test
    void notesMoveWithTheirHeader() {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), "x86_64/notes.so", longerPath());

      for (ProgramHeader header : edited.image().programHeaders()) {
        if (header.isNote()) {
          assertThat(last(edited.image().programHeaders()).holds(header.address(), 1)).isTrue();
        }
      }
      assertThat(edited.facts().buildId()).isEqualTo(edited.factsBefore().buildId());
      assertThat(edited.facts().isaLevel()).isEqualTo(edited.factsBefore().isaLevel());
    }

    @Test
    void theTableStaysBehindTheHeader() {
      EditedElf edited = EditedElf.by(new NewSegmentStrategy(), "x86_64/normal.so", longerPath());

      assertThat(edited.image().header().programHeaderOffset()).isEqualTo(64);
    }

    @Test
    void codeBehindTheHeadersDoesNotMakeRoom() {
      assertThatThrownBy(
              () -> EditedElf.by(new NewSegmentStrategy(), "x86_64/tight.so", longerPath()))
          .hasCauseInstanceOf(UnsupportedLayoutException.class);
    }
  }

  @Nested
  final class MovedTable {

    @ParameterizedTest
    @ValueSource(strings = {"x86_64/tight.so", "x86_64/normal.so", "s390x/normal.so"})
    void theTableStartsTheNewSegment(String fixture) {
      EditedElf edited = EditedElf.by(new MovedTableStrategy(), fixture, longerPath());

      assertThat(edited.image().header().programHeaderOffset())
          .isEqualTo(last(edited.image().programHeaders()).offset());
      assertThat(edited.patch().layout()).isEqualTo(LayoutKind.MOVED_TABLE);
      assertPath(edited, SOME);
    }

    @Test
    void theHeaderForTheTableFollowsIt() {
      EditedElf edited = EditedElf.by(new MovedTableStrategy(), "x86_64/lld.so", longerPath());
      ProgramHeader table =
          edited.image().programHeaders().stream()
              .filter(header -> header.type() == ProgramHeader.PT_PHDR)
              .findFirst()
              .orElseThrow();

      assertThat(table.offset()).isEqualTo(edited.image().header().programHeaderOffset());
      assertThat(table.fileSize()).isEqualTo(56L * edited.image().programHeaders().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64/program", "x86_64/exec", "aarch64/program"})
    void aProgramIsRefusedWhereTheKernelWouldNotFindTheTable(String fixture) {
      assertThatThrownBy(() -> EditedElf.by(new MovedTableStrategy(), fixture, longerPath()))
          .hasCauseInstanceOf(UnsupportedLayoutException.class);
    }

    @Test
    void whatBionicMustFindIsRefusedToo() {
      assertThatThrownBy(
              () -> EditedElf.by(new MovedTableStrategy(), "x86_64/android.so", longerPath()))
          .hasCauseInstanceOf(UnsupportedLayoutException.class);
    }
  }

  @Nested
  final class Together {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "x86_64/normal.so",
          "x86_64/lld.so",
          "x86_64/page-64k.so",
          "i686/normal.so",
          "aarch64/normal.so",
          "ppc64/normal.so",
          "mips64el/normal.so"
        })
    void everyStrategyAgreesOnTheFacts(String fixture) {
      EditedElf byEditor = EditedElf.of(fixture, longerPath());
      List<LayoutStrategy> strategies =
          List.of(
              new ThroughBssStrategy(0x10000), new NewSegmentStrategy(), new MovedTableStrategy());
      for (LayoutStrategy strategy : strategies) {
        assertThat(EditedElf.by(strategy, fixture, longerPath()).facts())
            .isEqualTo(byEditor.facts());
      }
    }

    @Test
    void aMissingStackHeaderAndStringsShareTheNewSegment() {
      EditedElf edited =
          EditedElf.by(
              new NewSegmentStrategy(),
              "x86_64/no-gnu-stack.so",
              longerPath().stack(StackEdit.CLEAR));

      assertThat(edited.headers(ProgramHeader.PT_GNU_STACK)).isEqualTo(1);
      assertPath(edited, SOME);
    }
  }
}
