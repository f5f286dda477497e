// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries and programs that an installer puts into the prefix ({@code NAME.data/data}). */
class DataSchemeTest {
  private static final String DATA = "demo-1.0.data/data/";
  private static final String LIBRARIES = DATA + "lib/demo.libs";

  @TempDir private Path directory;

  private Workshop wheel() throws Exception {
    return Workshop.wheel(directory).library("libver.so.1", "libver.so.1");
  }

  private static List<String> notes(RepairedWheel wheel) {
    return wheel.plan().notes().stream().map(RepairNote::sentence).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "lib/libm.so, m-ver.so, $ORIGIN/demo.libs",
    "lib/deep/libm.so, m-ver.so, $ORIGIN/../demo.libs",
    "lib64/libm.so, m-ver.so, $ORIGIN/../lib/demo.libs",
    "libexec/p, p-ver, $ORIGIN/../lib/demo.libs",
    "p, p-ver, $ORIGIN/lib/demo.libs"
  })
  void aGraftOfAFileInThePrefixGoesIntoThePrefixToo(String place, String file, String path)
      throws Exception {
    RepairedWheel wheel = wheel().member(DATA + place, file).repair();
    assertThat(wheel.in(LIBRARIES))
        .singleElement()
        .asString()
        .matches("libver-[0-9a-f]{8}\\.so\\.1");
    assertThat(wheel.in("demo.libs")).isEmpty();
    assertThat(wheel.elf(DATA + place).rpath()).contains(path);
    assertThat(wheel.elf(DATA + place).needed()).containsAll(wheel.in(LIBRARIES));
    assertThat(wheel.recordDefects()).isEmpty();
  }

  /** {@code pip install --target} leaves out the prefix's {@code lib}, but not its {@code bin}. */
  @Test
  void aProgramOfTheDirectoryOfProgramsMovesAsOneAmongTheScriptsDoes() throws Exception {
    RepairedWheel wheel = wheel().member(DATA + "bin/p", "p-ver").repair();
    assertThat(wheel.elf("demo.scripts/p").rpath()).contains("$ORIGIN/../demo.libs");
    assertThat(wheel.text("demo-1.0.data/scripts/p"))
        .startsWith("#!python\n")
        .contains("demo.scripts/p");
    assertThat(wheel.names()).doesNotContain(DATA + "bin/p");
    assertThat(wheel.in(LIBRARIES)).isEmpty();
    assertThat(wheel.recordDefects()).isEmpty();
  }

  @Test
  void aScriptInTheWayOfTheOneThatStartsAProgramIsNamed() throws Exception {
    Workshop shop =
        wheel().member(DATA + "bin/p", "p-ver").member("demo-1.0.data/scripts/p", new byte[1]);
    assertThat(shop.refusal())
        .containsExactly(
            "demo-1.0.data/data/bin/p would have to be started by demo-1.0.data/scripts/p, which is"
                + " in the wheel");
  }

  @Test
  void whatAGraftNeedsGoesWithIt() throws Exception {
    RepairedWheel wheel =
        wheel()
            .member(DATA + "lib/libm.so", "m-top.so")
            .library("libtop.so.1", "libtop.so.1")
            .repair();
    assertThat(wheel.in(LIBRARIES)).hasSize(2);
    assertThat(wheel.elf(LIBRARIES + "/" + wheel.in(LIBRARIES).get(0)).rpath()).contains("$ORIGIN");
  }

  @Test
  void aLibraryOfThePrefixIsReachedFromThePrefix() throws Exception {
    RepairedWheel wheel =
        wheel()
            .member(DATA + "bin/p", needs("p-ver"))
            .member(DATA + "lib/liba.so", "liba.so")
            .member(DATA + "lib/sub/libb.so", "libb.so")
            .repair();
    assertThat(wheel.elf(DATA + "lib/liba.so").rpath()).contains("$ORIGIN/sub");
    assertThat(wheel.elf(DATA + "bin/p").rpath()).contains("$ORIGIN/../lib");
    assertThat(wheel.elf(DATA + "lib/sub/libb.so").rpath()).contains("$ORIGIN/../demo.libs");
  }

  /** The file with liba.so in place of libver.so.1. */
  private static byte[] needs(String file) throws Exception {
    return Workshop.edited(
        file, ElfEdits.builder().removeNeeded("libver.so.1").addNeeded("liba.so").build());
  }

  @Test
  void aGraftThatBothSidesNeedIsInBoth() throws Exception {
    RepairedWheel wheel =
        wheel().member(DATA + "lib/libm.so", "m-ver.so").member("demo/m.so", "m-ver.so").repair();
    String graft = wheel.in("demo.libs").get(0);
    assertThat(wheel.in(LIBRARIES)).containsExactly(graft);
    assertThat(wheel.content(LIBRARIES + "/" + graft))
        .isEqualTo(wheel.content("demo.libs/" + graft));
    assertThat(wheel.elf("demo/m.so").rpath()).contains("$ORIGIN/../demo.libs");
    assertThat(wheel.elf(DATA + "lib/libm.so").rpath()).contains("$ORIGIN/demo.libs");
    assertThat(notes(wheel))
        .contains(
            "these are grafted into site-packages and into the prefix, because files of both need"
                + " them: "
                + graft);
  }

  @Test
  void aGraftThatOneSideNeedsIsThereOnly() throws Exception {
    RepairedWheel wheel =
        wheel()
            .member(DATA + "lib/libm.so", "m-ver.so")
            .member("demo/m.so", "m-new.so")
            .library("libnew.so.1", "libnew.so.1")
            .platform("manylinux_2_34")
            .repair();
    assertThat(wheel.in("demo.libs")).singleElement().asString().startsWith("libnew-");
    assertThat(wheel.in(LIBRARIES)).singleElement().asString().startsWith("libver-");
    assertThat(notes(wheel)).noneMatch(note -> note.contains("site-packages and into the prefix"));
  }

  @Test
  void theResultIsRepairedAlready() throws Exception {
    Path first =
        wheel()
            .member(DATA + "lib/libm.so", "m-ver.so")
            .member("demo/m.so", "m-ver.so")
            .repair()
            .file();
    RepairedWheel again = wheel().repair(first);
    assertThat(again.plan().grafts()).isEmpty();
    assertThat(again.plan().edits()).isEmpty();
  }

  @Test
  void aProgramAmongTheScriptsThatNeedsALibraryOfThePrefixStaysThere() throws Exception {
    RepairedWheel wheel =
        wheel()
            .member("demo-1.0.data/scripts/p", needs("p-ver"))
            .member(DATA + "lib/liba.so", "libb.so")
            .repair();
    assertThat(wheel.elf("demo-1.0.data/scripts/p").rpath()).contains("$ORIGIN/../lib");
    assertThat(wheel.in("demo.scripts")).isEmpty();
  }

  @Test
  void aLibraryOfTheOtherSideThatIsNotReachedIsRefused() throws Exception {
    Workshop shop =
        wheel().member("demo/m.so", needs("m-ver.so")).member(DATA + "lib/liba.so", "libb.so");
    assertThat(shop.refusal())
        .contains(
            "demo/m.so needs demo-1.0.data/data/lib/liba.so, to which no way is known from there before the wheel"
                + " is installed; expected both in platlib, or both in data");
  }

  /** As an environment has it: the module's directory, site-packages, pythonX.Y, lib. */
  @Test
  void theWayOfAModuleToALibraryOfThePrefixStaysWhenItGetsGrafts() throws Exception {
    ElfEdits edits =
        ElfEdits.builder()
            .addNeeded("liba.so")
            .rpath(new RpathEdit.SetTo("$ORIGIN/../../..:/opt/x", RpathKind.RPATH))
            .build();
    RepairedWheel wheel =
        wheel()
            .member("demo/m.so", Workshop.edited("m-ver.so", edits))
            .member(DATA + "lib/liba.so", "libb.so")
            .repair();
    assertThat(wheel.elf("demo/m.so").rpath()).contains("$ORIGIN/../../..:$ORIGIN/../demo.libs");
    assertThat(notes(wheel))
        .contains(
            "run paths keep $ORIGIN/../../.. for a library of the wheel elsewhere in demo/m.so");
  }
}
