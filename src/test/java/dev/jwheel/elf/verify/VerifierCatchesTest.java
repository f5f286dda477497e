// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.LayoutKind;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.SymbolEdits;
import dev.jwheel.elf.verify.SpoiltEdit.Ph;
import dev.jwheel.elf.verify.SpoiltEdit.Sh;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong when ELF files are edited, once each: an edit that is right is spoilt in the way
 * that some tool spoilt real libraries, and the verifier names the invariant.
 */
class VerifierCatchesTest {
  private static final String LIBRARY = "x86_64/normal.so";
  private static final String LLD = "x86_64/lld.so";
  private static final String LARGE_BSS = "x86_64/large-bss.so";
  private static final String PROGRAM = "x86_64/program";

  private static ElfEdits graft() {
    return ElfEdits.builder()
        .soname("libnormal-0badc0de.so.1")
        .replaceNeeded("libdep.so.1", "libdep-deadbeef.so.1")
        .replaceNeeded("libm.so.6", "libm-deadbeef.so.6")
        .rpath(new RpathEdit.SetTo("$ORIGIN/../some.libs", RpathKind.RPATH))
        .build();
  }

  private static ElfEdits rpath(String path) {
    return ElfEdits.builder().rpath(new RpathEdit.SetTo(path, RpathKind.RUNPATH)).build();
  }

  /** More entries than there are spare ones: the dynamic section must move. */
  private static ElfEdits manyNeeded() {
    ElfEdits.Builder edits = ElfEdits.builder();
    for (int i = 0; i < 12; i++) {
      edits.addNeeded("libadded" + i + ".so");
    }
    return edits.build();
  }

  private static SpoiltEdit slid() throws Exception {
    return SpoiltEdit.of(LIBRARY, graft()).requireKind(LayoutKind.SLIDE);
  }

  private static SpoiltEdit throughBss() throws Exception {
    return SpoiltEdit.of(LLD, graft()).requireKind(LayoutKind.THROUGH_BSS);
  }

  private static SpoiltEdit newSegment() throws Exception {
    return SpoiltEdit.of(LARGE_BSS, graft()).requireKind(LayoutKind.NEW_SEGMENT);
  }

  // ---- 1: the wanted values, and all others

  @Test
  void aWantedNameThatDoesNotReadBackIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.setEntry(
        DynamicArray.DT_SONAME, edit.object().dynamic().value(DynamicArray.DT_SONAME) + 1);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void anOsAbiThatIsNotTheWantedOneIsCaught() throws Exception {
    assertThat(slid().set8(7, 9).verdict()).isEqualTo(Invariant.PROGRAM_HEADERS);
    SpoiltEdit edit = SpoiltEdit.of(LIBRARY, ElfEdits.builder().osAbi(9).build());
    assertThat(edit.set8(7, 0).verdict()).isEqualTo(Invariant.PROGRAM_HEADERS);
  }

  @Test
  void aDebugTagWithAValueIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of("x86_64/rpath.so", ElfEdits.builder().debugTag().build());
    edit.setEntry(DynamicArray.DT_DEBUG, 1);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void aVersionNeedThatIsLeftThoughItsLastSymbolLostItIsCaught() throws Exception {
    ElfEdits edits =
        ElfEdits.builder().symbols(new SymbolEdits(Map.of(), Set.of("explicit_bzero"))).build();
    SpoiltEdit edit = SpoiltEdit.of(LIBRARY, edits);
    int table = edit.table(DynamicArray.DT_VERNEED);
    edit.copyOld(table, edit.object().versions().needRange().size(), table);
    assertThat(edit.verdict()).isEqualTo(Invariant.NAMES);
  }

  @Test
  void aRenamedSymbolThatItsHashTableDoesNotFindIsCaught() throws Exception {
    ElfEdits edits =
        ElfEdits.builder()
            .symbols(new SymbolEdits(Map.of("normal_init", "a", "normal_data", "b"), Set.of()))
            .build();
    for (long tag : new long[] {DynamicArray.DT_HASH, DynamicArray.DT_GNU_HASH}) {
      SpoiltEdit edit = SpoiltEdit.of("x86_64/hash-both.so", edits);
      int table = edit.table(tag);
      edit.copyOld(table, 0x5c, table);
      assertThat(edit.verdict()).isEqualTo(Invariant.NAMES);
    }
  }

  @Test
  void neededLibrariesInAnotherOrderAreCaught() throws Exception {
    SpoiltEdit edit = slid();
    int first = edit.entry(DynamicArray.DT_NEEDED);
    long name = edit.getWord(first);
    edit.setWord(first, edit.getWord(first + 16)).setWord(first + 16, name);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void aLostEntryIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    int last = (int) edit.object().dynamic().entriesEnd() - 16;
    edit.setWord(last, 0);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void anEntryNobodyAskedForIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.setWord(edit.object().dynamic().entriesEnd(), DynamicArray.DT_BIND_NOW);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void anEntryWithAnotherValueIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.setEntry(12 /* DT_INIT */, 0x1008);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void aDynamicSectionWithoutItsEndIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    DynamicArray dynamic = edit.object().dynamic();
    long end = dynamic.offset() + dynamic.segment().fileSize();
    for (long at = dynamic.entriesEnd(); at < end; at += 16) {
      edit.setWord(at, DynamicArray.DT_DEBUG);
    }
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void somethingBehindTheEndOfTheDynamicSectionIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.setWord(edit.object().dynamic().entriesEnd() + 16, DynamicArray.DT_NEEDED);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void twoSearchPathsAreCaught() throws Exception {
    SpoiltEdit edit = slid();
    long path = edit.object().dynamic().value(DynamicArray.DT_RPATH);
    long end = edit.object().dynamic().entriesEnd();
    edit.setWord(end, DynamicArray.DT_RUNPATH).setWord(end + 8, path);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void aSearchPathOfTheWrongKindIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.setWord(edit.entry(DynamicArray.DT_RPATH) - 8, DynamicArray.DT_RUNPATH);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void aStaleVerdefAddressIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.setEntry(DynamicArray.DT_VERDEF, edit.oldObject().dynamic().value(DynamicArray.DT_VERDEF));
    assertThat(edit.verdict()).isIn(Invariant.DYNAMIC_ENTRIES, Invariant.READABLE);
  }

  @Test
  void aStaleDebugMapOfMipsIsCaught() throws Exception {
    SpoiltEdit edit =
        SpoiltEdit.of(
            "mips64el/program",
            ElfEdits.builder().removeNeeded("libdep.so.1").addNeeded("liba.so").build());
    edit.setEntry(
        DynamicArray.DT_MIPS_RLD_MAP_REL,
        edit.object().dynamic().value(DynamicArray.DT_MIPS_RLD_MAP_REL) + 16);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_ENTRIES);
  }

  // ---- 2: symbols, versions, hash tables

  @Test
  void aRenamedSymbolIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    assertThat(edit.flip(edit.find("normal_answer")).verdict()).isEqualTo(Invariant.NAMES);
  }

  @Test
  void anOverwrittenSharedTailIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of("x86_64/tails.so", rpath("$ORIGIN/short"));
    int tail = edit.find("libtails.so.1") + "libtails.so.".length();
    assertThat(edit.set8(tail - 2, 'X').verdict()).isIn(Invariant.NAMES, Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void garbageInTheStringTableIsCaught() throws Exception {
    SpoiltEdit edit = throughBss();
    long end = edit.object().strings().offset() + edit.object().strings().size();
    int unused = edit.find("libnormal-0badc0de.so.1") - 1;
    assertThat(unused).isLessThan((int) end);
    assertThat(edit.set8(unused, 'Z').verdict()).isIn(Invariant.NAMES, Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void aRenamedVersionDefinitionIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    assertThat(edit.flip(edit.find("NORMAL_2.0")).verdict()).isEqualTo(Invariant.NAMES);
  }

  @Test
  void aChangedVersionDefinitionIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    assertThat(edit.flip(edit.table(DynamicArray.DT_VERDEF) + 8).verdict())
        .isEqualTo(Invariant.NAMES);
  }

  @Test
  void aChangedVersionNeedIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    assertThat(edit.flip(edit.table(DynamicArray.DT_VERNEED) + 16).verdict())
        .isEqualTo(Invariant.NAMES);
  }

  @Test
  void aChangedSymbolIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    assertThat(edit.flip(edit.table(DynamicArray.DT_SYMTAB) + 24 + 4).verdict())
        .isEqualTo(Invariant.NAMES);
  }

  @Test
  void aChangedSymbolVersionIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    assertThat(edit.flip(edit.table(DynamicArray.DT_VERSYM) + 2).verdict())
        .isEqualTo(Invariant.NAMES);
  }

  @Test
  void aSymbolThatKeepsTheVersionOfARemovedLibraryIsCaught() throws Exception {
    SpoiltEdit edit =
        SpoiltEdit.of(LIBRARY, ElfEdits.builder().removeNeeded("libdep.so.1").build());
    long table = edit.table(DynamicArray.DT_VERSYM);
    int index = edit.oldObject().versions().needs().get(0).versions().get(0).index();
    long size = 2 * edit.object().symbols().count();
    assertThat(edit.copyOld(table, size, table).verdict()).isEqualTo(Invariant.NAMES);
    assertThat(index).isGreaterThan(1);
  }

  @Test
  void aMovedHashTableThatDiffersIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of("x86_64/mold.so", graft());
    assertThat(edit.flip(edit.table(DynamicArray.DT_GNU_HASH) + 20).verdict())
        .isIn(Invariant.NAMES, Invariant.MEMORY_IMAGE);
  }

  @Test
  void movedRelocationsThatDifferAreCaught() throws Exception {
    SpoiltEdit edit = slid();
    assertThat(edit.table(DynamicArray.DT_RELA))
        .isNotEqualTo((int) edit.oldObject().dynamic().value(DynamicArray.DT_RELA));
    assertThat(edit.flip(edit.table(DynamicArray.DT_RELA) + 16).verdict())
        .isEqualTo(Invariant.NAMES);
  }

  // ---- 3: the memory image

  @Test
  void aChangedByteOfCodeIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    assertThat(edit.flip(edit.load(1).offset() + 5).verdict()).isEqualTo(Invariant.MEMORY_IMAGE);
  }

  @Test
  void garbageInTheBssIsCaught() throws Exception {
    SpoiltEdit edit = throughBss();
    ElfSegment old = edit.oldObject().elf().loads().get(3);
    assertThat(edit.set8(old.fileEnd() + 1, 'G').verdict()).isEqualTo(Invariant.MEMORY_IMAGE);
  }

  @Test
  void garbageBesideWhatAnEditAddedIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of("s390x/normal.so", graft()).requireKind(LayoutKind.THROUGH_BSS);
    long oldEnd = edit.oldObject().elf().loads().get(1).memorySize();
    long added = edit.lastLoad().offset() + oldEnd;
    assertThat(added).isLessThan(edit.object().strings().offset());
    assertThat(edit.set8(added, 'G').verdict()).isEqualTo(Invariant.MEMORY_IMAGE);
  }

  @Test
  void garbageWhereATableWasIsCaught() throws Exception {
    SpoiltEdit edit = throughBss();
    long old = edit.oldObject().strings().offset();
    assertThat(edit.object().strings().offset()).isNotEqualTo(old);
    assertThat(edit.set8(old + 20, 'Z').verdict()).isEqualTo(Invariant.MEMORY_IMAGE);
  }

  @Test
  void programHeadersLaidOverCodeAreCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of("x86_64/tight.so", rpath("$ORIGIN/" + "x".repeat(300)));
    int end = (int) edit.oldObject().elf().header().programHeaderTable().end();
    assertThat(edit.flip(end + 4).verdict()).isEqualTo(Invariant.MEMORY_IMAGE);
  }

  @Test
  void memoryThatIsNotMappedAnyMoreIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    ElfSegment data = edit.lastLoad();
    edit.set(data, Ph.MEMORY_SIZE, data.fileSize());
    assertThat(edit.verdict())
        .isIn(Invariant.PROGRAM_HEADERS, Invariant.MEMORY_IMAGE, Invariant.SECTIONS);
  }

  @Test
  void anotherLoadAddressIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of("x86_64/exec", rpath("/opt/lib"));
    ElfSegment first = edit.load(0);
    edit.set(first, Ph.ADDRESS, first.address() - 0x1000);
    assertThat(edit.verdict()).isIn(Invariant.PROGRAM_HEADERS, Invariant.READABLE);
  }

  // ---- 4: the loadable segments

  @Test
  void aMisalignedLoadSegmentIsCaught() throws Exception {
    SpoiltEdit edit = newSegment();
    ElfSegment added = edit.lastLoad();
    edit.set(added, Ph.ADDRESS, added.address() + 0x100);
    assertThat(edit.verdict()).isIn(Invariant.LOAD_SEGMENTS, Invariant.READABLE);
    edit.set(added, Ph.ADDRESS, added.address()).set(added, Ph.ALIGN, 0x200000);
    assertThat(edit.verdict()).isEqualTo(Invariant.LOAD_SEGMENTS);
  }

  @Test
  void loadSegmentsOutOfOrderAreCaught() throws Exception {
    SpoiltEdit edit = newSegment();
    int last = edit.elf().loads().size() - 1;
    edit.swap(edit.load(last), edit.load(last - 1));
    assertThat(edit.verdict()).isEqualTo(Invariant.LOAD_SEGMENTS);
  }

  @Test
  void aSegmentWithASmallerAlignmentThanTheOthersIsCaught() throws Exception {
    SpoiltEdit edit = newSegment();
    edit.set(edit.lastLoad(), Ph.ALIGN, 0x100);
    assertThat(edit.verdict()).isEqualTo(Invariant.LOAD_SEGMENTS);
  }

  @Test
  void aWritableAndExecutableSegmentIsCaught() throws Exception {
    SpoiltEdit edit = newSegment();
    edit.set(edit.lastLoad(), Ph.FLAGS, 7);
    assertThat(edit.verdict()).isEqualTo(Invariant.LOAD_SEGMENTS);
  }

  @Test
  void aSegmentThatBecameWritableIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.set(edit.load(0), Ph.FLAGS, 6);
    assertThat(edit.verdict()).isEqualTo(Invariant.PROGRAM_HEADERS);
  }

  @Test
  void aSegmentBehindTheEndOfTheFileIsCaught() throws Exception {
    SpoiltEdit edit = newSegment();
    edit.set(edit.lastLoad(), Ph.OFFSET, edit.lastLoad().offset() + 0x10000);
    assertThat(edit.verdict()).isEqualTo(Invariant.LOAD_SEGMENTS);
  }

  @Test
  void aSegmentLargerInTheFileThanInMemoryIsCaught() throws Exception {
    SpoiltEdit edit = newSegment();
    edit.set(edit.lastLoad(), Ph.MEMORY_SIZE, 1);
    assertThat(edit.verdict()).isEqualTo(Invariant.LOAD_SEGMENTS);
  }

  @Test
  void aNewSegmentInAPageThatIsInUseIsCaught() throws Exception {
    SpoiltEdit edit = newSegment();
    ElfSegment added = edit.lastLoad();
    long page = edit.load(1).memoryEnd() & -0x1000;
    long address = page + (added.address() & 0xfff);
    long inPage = address < edit.load(1).memoryEnd() ? edit.load(1).memoryEnd() : address;
    edit.set(added, Ph.ADDRESS, inPage);
    assertThat(edit.verdict())
        .isIn(Invariant.LOAD_SEGMENTS, Invariant.READABLE, Invariant.PROGRAM_HEADERS);
  }

  @Test
  void aSegmentBelowTheFirstIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of("x86_64/image-base.so", graft());
    ElfSegment data = edit.lastLoad();
    edit.set(data, Ph.ADDRESS, 0x1000 + (data.address() & 0xfff));
    assertThat(edit.verdict()).isIn(Invariant.PROGRAM_HEADERS, Invariant.READABLE);
  }

  // ---- 5: nothing overlaps

  @Test
  void aSectionHeaderTableOverASectionIsCaught() throws Exception {
    SpoiltEdit edit = throughBss();
    ElfHeader header = edit.elf().header();
    long table = header.sectionHeaders();
    long size = header.sectionHeaderTable().size();
    long over = edit.section(".comment").offset() & -8;
    System.arraycopy(edit.after(), (int) table, edit.after(), (int) over, (int) size);
    edit.setSectionHeaders(over);
    assertThat(edit.verdict()).isEqualTo(Invariant.NO_OVERLAP);
  }

  @Test
  void aSectionLaidOverAnotherIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.set(edit.section(".symtab"), Sh.OFFSET, edit.section(".data").offset());
    assertThat(edit.verdict()).isEqualTo(Invariant.NO_OVERLAP);
  }

  @Test
  void aTruncatedFileIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.truncate(edit.after().length - 30);
    assertThat(edit.verdict()).isEqualTo(Invariant.SECTIONS);
  }

  // ---- 6: the dynamic section and its strings

  @Test
  void aDynamicSectionInAReadOnlySegmentIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of(LARGE_BSS, manyNeeded()).requireKind(LayoutKind.NEW_SEGMENT);
    assertThat(edit.lastLoad().has(ElfSegment.PF_W)).isTrue();
    edit.set(edit.lastLoad(), Ph.FLAGS, 4);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_TABLES);
  }

  @Test
  void aScrubbedOldDynamicSectionIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of(LARGE_BSS, manyNeeded());
    DynamicArray old = edit.oldObject().dynamic();
    assertThat(edit.object().dynamic().offset()).isNotEqualTo(old.offset());
    Arrays.fill(edit.after(), (int) old.offset(), (int) old.offset() + 64, (byte) 'Z');
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_TABLES);
  }

  @Test
  void aDynamicSectionHeaderThatContradictsItsSegmentIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.set(edit.section(".dynamic"), Sh.SIZE, edit.section(".dynamic").size() - 16);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_TABLES);
  }

  @Test
  void aStringTableHeaderThatContradictsTheDynamicSectionIsCaught() throws Exception {
    SpoiltEdit edit = throughBss();
    ElfSection strings = edit.section(".dynstr");
    edit.set(strings, Sh.SIZE, strings.size() - 1);
    assertThat(edit.verdict()).isEqualTo(Invariant.DYNAMIC_TABLES);
  }

  @Test
  void aStringTableWithoutItsLastNulIsCaught() throws Exception {
    SpoiltEdit edit = throughBss();
    DynamicStrings strings = edit.object().strings();
    assertThat(edit.set8(strings.offset() + strings.size() - 1, 'x').verdict())
        .isIn(Invariant.DYNAMIC_TABLES, Invariant.READABLE);
  }

  @Test
  void aStringTableThatEndsTooEarlyIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.setEntry(DynamicArray.DT_STRSZ, edit.oldObject().strings().size() - 1);
    assertThat(edit.verdict()).isIn(Invariant.DYNAMIC_TABLES, Invariant.READABLE);
  }

  // ---- 7: the program headers

  @Test
  void aProgramHeaderTableInNoSegmentIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    Range table = edit.elf().header().programHeaderTable();
    int end = edit.after().length;
    byte[] moved = Arrays.copyOfRange(edit.after(), (int) table.start(), (int) table.end());
    edit.truncate((end + 7 & -8) + moved.length);
    System.arraycopy(moved, 0, edit.after(), end + 7 & -8, moved.length);
    edit.setProgramHeaders(end + 7 & -8);
    assertThat(edit.verdict()).isEqualTo(Invariant.PROGRAM_HEADERS);
  }

  @Test
  void aStalePtPhdrIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of(PROGRAM, rpath("/opt/lib"));
    ElfSegment table = edit.segment(ElfSegment.PT_PHDR);
    edit.set(table, Ph.OFFSET, table.offset() + 8);
    assertThat(edit.verdict()).isEqualTo(Invariant.PROGRAM_HEADERS);
  }

  @Test
  void aLostGnuStackIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.set(edit.segment(ElfSegment.PT_GNU_STACK), Ph.TYPE, ElfSegment.PT_NULL);
    assertThat(edit.verdict()).isEqualTo(Invariant.PROGRAM_HEADERS);
  }

  @Test
  void anExecutableStackThatNobodyAskedForIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.set(edit.segment(ElfSegment.PT_GNU_STACK), Ph.FLAGS, 7);
    assertThat(edit.verdict()).isEqualTo(Invariant.PROGRAM_HEADERS);
  }

  @Test
  void aMovedRelroIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    ElfSegment relro = edit.segment(0x6474e552);
    edit.set(relro, Ph.ADDRESS, relro.address() + 16).set(relro, Ph.OFFSET, relro.offset() + 16);
    assertThat(edit.verdict()).isEqualTo(Invariant.PROGRAM_HEADERS);
  }

  @Test
  void anInterpreterThatChangedIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of(PROGRAM, rpath("/opt/lib"));
    assertThat(edit.flip(edit.segment(ElfSegment.PT_INTERP).offset()).verdict())
        .isEqualTo(Invariant.PROGRAM_HEADERS);
  }

  @Test
  void anotherEntryPointIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of(PROGRAM, rpath("/opt/lib"));
    assertThat(edit.setWord(24, edit.getWord(24) + 1).verdict())
        .isEqualTo(Invariant.PROGRAM_HEADERS);
  }

  @Test
  void aNoteThatIsNotWhereItsProgramHeaderSaysIsCaught() throws Exception {
    SpoiltEdit edit = SpoiltEdit.of("x86_64/notes.so", graft());
    ElfSegment note = edit.segment(ElfSegment.PT_NOTE);
    edit.set(note, Ph.OFFSET, note.offset() + 8);
    assertThat(edit.verdict()).isEqualTo(Invariant.PROGRAM_HEADERS);
  }

  // ---- 8: the sections

  @Test
  void aSectionAwayFromItsSegmentIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    ElfSection data = edit.section(".data");
    edit.set(data, Sh.ADDRESS, data.address() + 8);
    assertThat(edit.verdict()).isEqualTo(Invariant.SECTIONS);
  }

  @Test
  void aSectionLinkedToAnotherIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.set(edit.section(".dynsym"), Sh.LINK, edit.section(".dynsym").link() + 1);
    assertThat(edit.verdict()).isEqualTo(Invariant.SECTIONS);
  }

  @Test
  void aChangedSectionThatIsNotLoadedIsCaught() throws Exception {
    SpoiltEdit edit = throughBss();
    assertThat(edit.flip(edit.section(".comment").offset()).verdict())
        .isEqualTo(Invariant.SECTIONS);
    edit = throughBss();
    assertThat(edit.flip(edit.section(".symtab").offset() + 24 + 4).verdict())
        .isEqualTo(Invariant.SECTIONS);
  }

  // ---- 9: version needs

  @Test
  void aRenamedLibraryWithoutItsVersionNeedIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    int need = edit.table(DynamicArray.DT_VERNEED);
    int unchanged = edit.find("libc.so.6") - (int) edit.object().strings().offset();
    assertThat(edit.set32(need + 4, unchanged).verdict())
        .isIn(Invariant.NAMES, Invariant.VERSION_NEEDS);
  }

  @Test
  void aRemovedLibraryThatKeepsItsVersionNeedIsCaught() throws Exception {
    SpoiltEdit edit =
        SpoiltEdit.of(LIBRARY, ElfEdits.builder().removeNeeded("libdep.so.1").build());
    DynamicArray old = edit.oldObject().dynamic();
    long table = edit.offsetOf(old.value(DynamicArray.DT_VERNEED));
    long size = edit.oldObject().versions().needRange().size();
    edit.setEntry(DynamicArray.DT_VERNEED, old.value(DynamicArray.DT_VERNEED))
        .setEntry(DynamicArray.DT_VERNEEDNUM, old.value(DynamicArray.DT_VERNEEDNUM))
        .copyOld(table, size, table);
    assertThat(edit.verdict()).isIn(Invariant.NAMES, Invariant.DYNAMIC_ENTRIES);
  }

  @Test
  void aCountOfVersionNeedsThatIsWrongIsCaught() throws Exception {
    SpoiltEdit edit = slid();
    edit.setEntry(
        DynamicArray.DT_VERNEEDNUM, edit.object().dynamic().value(DynamicArray.DT_VERNEEDNUM) + 1);
    assertThat(edit.verdict()).isEqualTo(Invariant.NAMES);
  }
}
