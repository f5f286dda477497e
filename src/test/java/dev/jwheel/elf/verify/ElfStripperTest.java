// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.elf.strip.ElfStripper;
import dev.jwheel.io.ByteSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElfStripperTest {

  static List<String> loadable() {
    return ElfFixtures.all().stream()
        .filter(name -> !name.endsWith(".o") && !name.endsWith(".debug"))
        .toList();
  }

  private static ElfBytes bytes(String name) throws Exception {
    return bytes(name, ElfFixtures.content(name));
  }

  private static ElfBytes bytes(String name, byte[] content) throws Exception {
    return ElfBytes.of(name, ByteSource.of(content));
  }

  private static byte[] output(ElfBytes before, ElfPatch patch) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    patch.applyTo(before.source(), Channels.newChannel(output));
    return output.toByteArray();
  }

  private static byte[] stripped(String name) throws Exception {
    ElfBytes before = bytes(name);
    return output(before, ElfStripper.strip(before));
  }

  private static List<String> sectionNames(byte[] content) throws Exception {
    Headers elf = Headers.read(Bytes.open("stripped", ByteSource.of(content)));
    List<String> names = new ArrayList<>();
    for (ElfSection section : elf.sections()) {
      names.add(elf.nameOf(section));
    }
    return names;
  }

  @Test
  void symbolsAndTheirStringsGo() throws Exception {
    assertThat(sectionNames(ElfFixtures.content("x86_64/lld.so"))).contains(".symtab", ".strtab");
    assertThat(sectionNames(stripped("x86_64/lld.so"))).doesNotContain(".symtab", ".strtab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/debug.so", "x86_64/debug-compressed.so"})
  void debugSectionsGo(String name) throws Exception {
    assertThat(sectionNames(ElfFixtures.content(name)))
        .anyMatch(section -> section.startsWith(".debug"));
    assertThat(sectionNames(stripped(name))).noneMatch(section -> section.startsWith(".debug"));
  }

  @Test
  void whatIsNeitherLoadedNorForDebuggersStays() throws Exception {
    assertThat(sectionNames(stripped("x86_64/lld.so")))
        .contains(".comment", ".shstrtab", ".dynsym", ".dynstr", ".text");
    assertThat(sectionNames(stripped("armv7l/normal.so"))).contains(".ARM.attributes");
    assertThat(sectionNames(stripped("riscv64/normal.so"))).contains(".riscv.attributes");
  }

  @ParameterizedTest
  @MethodSource("loadable")
  void everyByteThatAProgramHeaderCoversStays(String name) throws Exception {
    byte[] before = ElfFixtures.content(name);
    byte[] after = stripped(name);
    Headers elf = Headers.read(Bytes.open(name, ByteSource.of(before)));
    int headerEnd = elf.header().size();
    for (ElfSegment segment : elf.segments()) {
      int start = Math.max(headerEnd, (int) segment.offset());
      int end = Math.max(start, (int) segment.fileEnd());
      assertThat(Arrays.mismatch(before, start, end, after, start, end))
          .as(segment.toString())
          .isNegative();
    }
  }

  @ParameterizedTest
  @MethodSource("loadable")
  void theLoaderReadsWhatItRead(String name) throws Exception {
    byte[] after = stripped(name);
    assertThat(ElfReader.read(bytes(name, after))).isEqualTo(ElfReader.read(bytes(name)));
  }

  @ParameterizedTest
  @MethodSource("loadable")
  void nothingIsLeftToStrip(String name) throws Exception {
    byte[] once = stripped(name);
    assertThat(once.length).isLessThanOrEqualTo(ElfFixtures.content(name).length);
    assertThat(ElfStripper.strip(bytes(name, once)).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64/no-sections.so", "x86_64/stripped.so"})
  void aFileWithNothingToDropIsUnchanged(String name) throws Exception {
    assertThat(ElfStripper.strip(bytes(name)).isEmpty()).isTrue();
  }

  @Test
  void dynamicSymbolsFollowTheNewIndexesOfTheirSections() throws Exception {
    byte[] before = withDebugSectionFirst();
    ElfBytes file = bytes("reordered.so", before);
    byte[] after = output(file, ElfStripper.strip(file));
    DynamicObject old = object(before);
    DynamicObject now = object(after);
    int renumbered = 0;
    for (int i = 0; i < old.symbols().count(); i++) {
      int was = sectionOf(old, i);
      if (was > 0 && was < 0xff00) {
        assertThat(nameOf(now, sectionOf(now, i))).isEqualTo(nameOf(old, was));
        renumbered += sectionOf(now, i) == was ? 0 : 1;
      }
    }
    assertThat(renumbered).isPositive();
  }

  /** A library whose second section is one that goes: exchanges a debug section and the first. */
  private static byte[] withDebugSectionFirst() throws Exception {
    byte[] content = ElfFixtures.content("x86_64/debug.so");
    Headers elf = Headers.read(Bytes.open("debug.so", ByteSource.of(content)));
    int debug = sectionNames(content).indexOf(".debug_info");
    int table = (int) elf.header().sectionHeaders();
    byte[] first = Arrays.copyOfRange(content, table + 64, table + 128);
    System.arraycopy(content, table + 64 * debug, content, table + 64, 64);
    System.arraycopy(first, 0, content, table + 64 * debug, 64);
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elf.sections().size(); i++) {
      int link = table + 64 * i + 40;
      int target = buffer.getInt(link);
      buffer.putInt(link, target == 1 ? debug : target == debug ? 1 : target);
    }
    DynamicObject object = object(content);
    for (int i = 0; i < object.symbols().count(); i++) {
      int at = (int) object.symbols().offset() + 24 * i + 6;
      if (buffer.getShort(at) != 0 && (buffer.getShort(at) & 0xffff) < 0xff00) {
        buffer.putShort(at, (short) debug); // any section that stays but gets another index
      }
    }
    return content;
  }

  private static DynamicObject object(byte[] content) throws Exception {
    return DynamicObject.read(Headers.read(Bytes.open("test", ByteSource.of(content))))
        .orElseThrow();
  }

  private static int sectionOf(DynamicObject object, int symbol) throws Exception {
    return object.file().u16(object.symbols().offset() + 24L * symbol + 6);
  }

  private static String nameOf(DynamicObject object, int section) throws Exception {
    return object.elf().nameOf(object.elf().sections().get(section));
  }

  @Test
  void aSectionThatIsNeededAndReadsADroppedOneIsRefused() throws Exception {
    byte[] content = linkedToSymtab("x86_64/lld.so", ".dynsym");
    assertThatThrownBy(() -> ElfStripper.strip(bytes("lld.so", content)))
        .isInstanceOf(UnsupportedLayoutException.class)
        .hasMessageContaining(".dynsym refers to .symtab");
  }

  @Test
  void relocationsOfAStaticExecutableDoWithoutTheSymbolsTheyWereLinkedTo() throws Exception {
    byte[] content = linkedToSymtab("x86_64/lld.so", ".rela.dyn");
    byte[] stripped = output(bytes("static", content), ElfStripper.strip(bytes("static", content)));

    assertThat(sectionNames(stripped)).doesNotContain(".symtab");
    assertThat(section(stripped, ".rela.dyn").link()).isZero();
  }

  /** A fixture of x86_64, in which a section says that it reads .symtab. */
  private static byte[] linkedToSymtab(String fixture, String section) throws Exception {
    byte[] content = ElfFixtures.content(fixture);
    Headers elf = Headers.read(Bytes.open(fixture, ByteSource.of(content)));
    int index = sectionNames(content).indexOf(section);
    int symtab = sectionNames(content).indexOf(".symtab");
    ByteBuffer.wrap(content)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) elf.header().sectionHeaders() + 64 * index + 40, symtab);
    return content;
  }

  private static ElfSection section(byte[] content, String name) throws Exception {
    Headers elf = Headers.read(Bytes.open("stripped", ByteSource.of(content)));
    return elf.sections().get(sectionNames(content).indexOf(name));
  }

  @Test
  void whatWasAppendedToAFileStaysBehindIt() throws Exception {
    byte[] library = ElfFixtures.content("x86_64/lld.so");
    byte[] content = Arrays.copyOf(library, library.length + 5000);
    Arrays.fill(content, library.length, content.length, (byte) 'P');
    ElfBytes file = bytes("with-archive.so", content);
    byte[] after = output(file, ElfStripper.strip(file));
    assertThat(after.length).isLessThan(content.length);
    assertThat(Arrays.copyOfRange(after, after.length - 5000, after.length))
        .containsOnly((byte) 'P');
  }

  @Test
  void anObjectFileIsRefused() {
    assertThatThrownBy(() -> ElfStripper.strip(bytes("x86_64/relocatable.o")))
        .isInstanceOf(UnsupportedLayoutException.class)
        .hasMessageContaining("relocatable.o");
  }

  @ParameterizedTest
  @MethodSource("loadable")
  void strippingAndEditingIsOnePatch(String name) throws Exception {
    ElfBytes file = bytes(name);
    ElfEdits.Builder edits =
        ElfEdits.builder().rpath(new RpathEdit.SetTo("$ORIGIN/a.libs", RpathKind.RPATH));
    ElfPatch both;
    ElfPatch alone;
    try {
      alone = ElfEditor.edit(bytes(name, stripped(name)), edits.build());
      both = ElfEditor.edit(file, edits.strip().build());
    } catch (UnsupportedLayoutException e) {
      return; // static programs have no search path
    }
    assertThat(output(file, both)).isEqualTo(output(bytes(name, stripped(name)), alone));
    new ElfVerifier()
        .verify(name, file.source(), both.view(file.source()), edits.build(), both.changes());
  }
}
