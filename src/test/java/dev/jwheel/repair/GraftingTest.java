// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.VersionNeed;
import dev.jwheel.elf.patch.StackEdit;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which libraries get into the wheel, under which names, and how they find each other. */
class GraftingTest {
  @TempDir Path directory;

  private Workshop usual() throws Exception {
    return Workshop.wheel(directory)
        .member("demo/m.so", "m-ver.so")
        .library("libver.so.1", "libver.so.1");
  }

  private static String only(List<String> names) {
    assertThat(names).hasSize(1);
    return names.get(0);
  }

  private static List<String> versionFiles(ElfBinary elf) {
    return elf.versionNeeds().stream().map(VersionNeed::file).toList();
  }

  /** The loader aborts on a file whose DT_NEEDED alone was renamed. */
  @Test
  void case2AVersionNeedFollowsItsRenamedLibrary() throws Exception {
    RepairedWheel wheel = usual().repair();
    String graft = only(wheel.in("demo.libs"));
    ElfBinary module = wheel.elf("demo/m.so");
    assertThat(graft).matches("libver-[0-9a-f]{8}\\.so\\.1");
    assertThat(module.needed()).contains(graft).doesNotContain("libver.so.1");
    assertThat(versionFiles(module)).contains(graft).doesNotContain("libver.so.1");
    assertThat(wheel.elf("demo.libs/" + graft).soname()).contains(graft);
  }

  @Test
  void aFilteredLibraryIsGraftedAndNamedAsTheGraft() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "../attacks/filter.so")
            .library("libabsent.so.9", "libver.so.1")
            .repair();
    String graft = only(wheel.in("demo.libs"));
    assertThat(wheel.elf("demo/m.so").filters()).containsExactly(graft);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tight",
        "lld",
        "mold",
        "no-spare",
        "page-64k",
        "no-sections",
        "no-sections-lld",
        "no-sections-no-separate-code"
      })
  void case3NoLayoutOfALibraryStandsInTheWay(String layout) throws Exception {
    RepairedWheel wheel = foreign("x86_64", layout + ".so");
    String graft = only(wheel.in("demo.libs"));
    assertThat(wheel.elf("demo/m.so").needed()).contains(graft);
    assertThat(wheel.elf("demo/m.so").rpath().orElseThrow()).endsWith("$ORIGIN/../demo.libs");
  }

  /**
   * What the loader of such a machine makes of the file is the matter of the tests of the editor.
   */
  @ParameterizedTest
  @CsvSource({"aarch64,normal.so", "ppc64le,normal.so", "ppc64le,lld.so"})
  void case4SegmentsStayAlignedTo64KiB(String machine, String file) throws Exception {
    RepairedWheel wheel = foreign(machine, file);
    byte[] content = wheel.content("demo/m.so");
    java.nio.ByteBuffer elf =
        java.nio.ByteBuffer.wrap(content).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int table = (int) elf.getLong(32);
    int loads = 0;
    for (int i = 0; i < elf.getShort(56); i++) {
      int header = table + i * elf.getShort(54);
      if (elf.getInt(header) == 1) {
        loads++;
        long align = elf.getLong(header + 48);
        assertThat(align).isEqualTo(0x10000);
        assertThat(elf.getLong(header + 8) % align).isEqualTo(elf.getLong(header + 16) % align);
      }
    }
    assertThat(loads).isPositive();
  }

  /** auditwheel repairs to tags of its own machine. */
  @ParameterizedTest
  @ValueSource(strings = {"s390x", "i686", "armv7l", "riscv64", "aarch64", "ppc64le"})
  void case5ForeignMachinesAreRepairedLikeTheHosts(String machine) throws Exception {
    RepairedWheel wheel = foreign(machine, "normal.so");
    String graft = only(wheel.in("demo.libs"));
    assertThat(wheel.elf("demo/m.so").needed()).contains(graft).doesNotContain("libdep.so.1");
    assertThat(versionFiles(wheel.elf("demo/m.so"))).contains(graft);
    assertThat(wheel.fileName())
        .endsWith("_" + machine + ".whl")
        .doesNotContain("linux_" + machine + ".m");
  }

  private RepairedWheel foreign(String machine, String file) throws Exception {
    return Workshop.wheel(directory, "demo-1.0-cp311-cp311-linux_" + machine)
        .platform("linux")
        .member("demo/m.so", machine + "/" + file)
        .library("libdep.so.1", machine + "/libdep.so.1")
        .repair();
  }

  @Test
  void case12EveryModuleKeepsItsOwnFileOfOneSoname() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/a.so", "m-q-a.so")
            .member("demo/b.so", "m-q-b.so")
            .library("a/libq.so.1", "libq-a.so.1")
            .library("b/libq.so.1", "libq-b.so.1")
            .repair();
    assertThat(wheel.in("demo.libs")).hasSize(2);
    List<String> ofA = wheel.elf("demo/a.so").needed();
    List<String> ofB = wheel.elf("demo/b.so").needed();
    assertThat(ofA).hasSize(2).doesNotContain("libq.so.1");
    assertThat(ofB).hasSize(2).doesNotContain("libq.so.1");
    assertThat(ofA).isNotEqualTo(ofB);
  }

  /** auditwheel points such a library at the file that it met last. */
  @Test
  void case12AGraftedLibraryThatWouldNeedTwoFilesIsRefusedWithBothPaths() throws Exception {
    List<String> reasons =
        Workshop.wheel(directory)
            .member("demo/a.so", "m-needq-a.so")
            .member("demo/b.so", "m-needq-b.so")
            .library("libneedq.so.1", "libneedq.so.1")
            .library("a/libq.so.1", "libq-a.so.1")
            .library("b/libq.so.1", "libq-b.so.1")
            .refusal();
    assertThat(reasons)
        .singleElement()
        .asString()
        .contains("libneedq.so.1 needs libq.so.1", "/a/libq.so.1", "/b/libq.so.1");
  }

  @Test
  void case13OneFileUnderTwoSonamesIsOneCopy() throws Exception {
    assumeTrue(File.separatorChar == '/', "no symbolic links on this host");
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-two.so")
            .library("libone.so.1", "libone.so.1")
            .link("libtwo.so.1", "libone.so.1")
            .repair();
    String graft = only(wheel.in("demo.libs"));
    assertThat(wheel.elf("demo/m.so").needed())
        .contains(graft)
        .doesNotContain("libone.so.1", "libtwo.so.1");
  }

  @Test
  void twoFilesOfOneContentAndNameAreOneCopy() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/a.so", "m-q-a.so")
            .member("demo/b.so", "m-q-b.so")
            .library("a/libq.so.1", "libq-a.so.1")
            .library("b/libq.so.1", "libq-a.so.1")
            .repair();
    assertThat(wheel.in("demo.libs")).hasSize(1);
  }

  /** The names are those of auditwheel; it has none for a name without a dot. */
  @Test
  void case24NamesAreMangledBeforeTheFirstDot() throws Exception {
    assumeTrue(File.separatorChar == '/', "no symbolic links on this host");
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-names.so")
            .library("nodot", "nodot")
            .library("libgrid-2.0.so.0.5", "libgrid-2.0.so.0.5")
            .link("libgrid-2.0.so.0", "libgrid-2.0.so.0.5")
            .repair();
    List<String> grafts = wheel.in("demo.libs");
    assertThat(grafts).hasSize(2);
    assertThat(grafts.get(0)).matches("libgrid-2-[0-9a-f]{8}\\.0\\.so\\.0\\.5");
    assertThat(grafts.get(1)).matches("nodot-[0-9a-f]{8}");
    assertThat(wheel.elf("demo/m.so").needed()).containsAll(grafts);
  }

  @Test
  void case24ANameThatEndsWithTheHashOfItsContentStays() {
    String hash = "0123abcd" + "0".repeat(56);
    assertThat(GraftNames.withHash("libx-0123abcd.so", hash)).isEqualTo("libx-0123abcd.so");
    assertThat(GraftNames.withHash("libx-0123abce.so", hash))
        .isEqualTo("libx-0123abce-0123abcd.so");
    assertThat(GraftNames.withHash("nodot", hash)).isEqualTo("nodot-0123abcd");
  }

  @Test
  void case25ALibraryNeededByItsPathAndWithoutSonameGetsBoth() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-abs.so")
            .library("abs/libabs.so.2", "libabs.so.2")
            .repair();
    String graft = only(wheel.in("demo.libs"));
    assertThat(wheel.elf("demo/m.so").needed()).contains(graft).doesNotContain("/abs/libabs.so.2");
    assertThat(wheel.elf("demo.libs/" + graft).soname()).contains(graft);
  }

  @Test
  void graftedLibrariesFindEachOtherAndForgetTheBuildMachine() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-top.so")
            .library("libtop.so.1", "libtop.so.1")
            .library("libver.so.1", "libver.so.1")
            .repair();
    List<String> grafts = wheel.in("demo.libs");
    assertThat(grafts).hasSize(2);
    ElfBinary top = wheel.elf("demo.libs/" + grafts.get(0));
    ElfBinary ver = wheel.elf("demo.libs/" + grafts.get(1));
    assertThat(top.needed()).contains(grafts.get(1));
    assertThat(versionFiles(top)).contains(grafts.get(1));
    assertThat(top.rpath()).contains("$ORIGIN");
    assertThat(top.runpath()).isEmpty();
    assertThat(ver.rpath()).isEmpty();
    assertThat(wheel.elf("demo/m.so").needed())
        .contains(grafts.get(0))
        .doesNotContain(grafts.get(1));
  }

  @Test
  void anExcludedLibraryIsLeftWhereItIs() throws Exception {
    RepairedWheel wheel = usual().exclude("libver.so*").repair();
    assertThat(wheel.in("demo.libs")).isEmpty();
    assertThat(wheel.elf("demo/m.so").needed()).contains("libver.so.1");
    assertThat(wheel.plan().notes())
        .extracting(RepairNote::sentence)
        .singleElement()
        .asString()
        .contains("libver.so.1", "--exclude libver.so*", "demo/m.so");
  }

  @Test
  void aLibraryIsExcludedByItsRealPathToo() throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .library("opt/libver.so.1.2.3", "libver.so.1")
            .link("libver.so.1", "../opt/libver.so.1.2.3")
            .exclude("/opt/*");
    RepairedWheel wheel = shop.repair();
    assertThat(wheel.in("demo.libs")).isEmpty();
    assertThat(wheel.elf("demo/m.so").needed()).contains("libver.so.1");
    assertThat(wheel.plan().notes())
        .extracting(RepairNote::sentence)
        .singleElement()
        .asString()
        .contains("--exclude /opt/*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"libver.so.1.2.3", "/lib/libver.so.1", "LIBVER.so.1.2.3"})
  void theNearMissOfAnExcludePatternMayBeAPath(String pattern) throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .library("opt/libver.so.1.2.3", "libver.so.1")
            .link("libver.so.1", "../opt/libver.so.1.2.3")
            .exclude(pattern);
    assertThat(shop.plan().notes())
        .extracting(RepairNote::sentence)
        .containsExactly(
            "--exclude "
                + pattern
                + " matches nothing; the wheel needs libver.so.1, which is /opt/libver.so.1.2.3");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no file of Windows has such a name")
  void aLibraryThatNoMemberCanBeNamedAfterIsRefused() throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .library("opt/lib\\ver.so", "libver.so.1")
            .link("libver.so.1", "../opt/lib\\ver.so");
    assertThat(shop.refusal())
        .containsExactly(
            "/opt/lib\\ver.so has a backslash in its name, which no member of a wheel may have");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo.libs", "demo.libs/sub"})
  void aFileInTheWayOfTheLibraryDirectoryIsNamed(String directory) throws Exception {
    String suffix = directory.substring("demo".length());
    assertThat(usual().suffix(suffix).member("demo.libs", new byte[1]).refusal())
        .containsExactly("demo.libs is a file of the wheel, expected the library directory there");
  }

  @Test
  void aNameOfElfIsShownAsItIsRead() throws Exception {
    byte[] module =
        new String(Workshop.file("m-ver.so"), StandardCharsets.ISO_8859_1)
            .replace("libver.so.1\0", "lib\u00c3\u00bc.so.10\0")
            .getBytes(StandardCharsets.ISO_8859_1);
    Workshop shop = Workshop.wheel(directory).member("demo/m.so", module);
    assertThat(shop.refusal())
        .containsExactly("demo/m.so needs lib\u00fc.so.10, which was found nowhere");
    assertThat(shop.exclude("lib\u00fc.*").plan().notes())
        .extracting(RepairNote::sentence)
        .singleElement()
        .asString()
        .startsWith("lib\u00fc.so.10 is left out by --exclude lib\u00fc.*");
  }

  @Test
  void anExcludePatternThatMatchesNothingIsReportedWithTheNearMiss() throws Exception {
    assertThat(usual().exclude("libver.so").exclude("libother.so.1").plan().notes())
        .extracting(RepairNote::sentence)
        .hasSize(2)
        .anyMatch(note -> note.contains("--exclude libver.so ") && note.contains("libver.so.1"))
        .anyMatch(note -> note.contains("--exclude libother.so.1"));
  }

  @Test
  void aRefusalTellsOfAnExcludePatternThatMatchesNothing() throws Exception {
    Workshop shop = Workshop.wheel(directory).member("demo/m.so", "m-cuda.so");
    assertThat(shop.exclude("libcuda.so").refused().notes())
        .anyMatch(
            note -> note.contains("--exclude libcuda.so matches") && note.contains("libcuda.so.1"));
  }

  @Test
  void aRefusalNamesWhatMayBeLeftToTheSystem() throws Exception {
    Workshop shop =
        Workshop.wheel(directory).member("demo/c.so", "m-cuda.so").member("demo/v.so", "m-ver.so");
    assertThat(shop.refused().excludable()).containsExactly("libcuda.so.1", "libver.so.1");
    assertThat(shop.exclude("libcuda.so.1").exclude("libver.so.1").plan().grafts()).isEmpty();
  }

  @Test
  void aDriversLibraryIsRefusedWithTheOptionThatLeavesItOut() throws Exception {
    Workshop shop = Workshop.wheel(directory).member("demo/m.so", "m-cuda.so");
    assertThat(shop.refusal())
        .singleElement()
        .asString()
        .contains("demo/m.so", "libcuda.so.1", "--exclude libcuda.so.1");
    assertThat(shop.library("libcuda.so.1", "libcuda.so.1").refusal())
        .singleElement()
        .asString()
        .contains("demo/m.so", "libcuda.so.1", "--exclude libcuda.so.1");
  }

  @Test
  void spareALibpythonIsNoLongerNeededByModules() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-python.so")
            .library("libver.so.1", "libver.so.1")
            .library("libpython3.11.so.1.0", "libone.so.1")
            .repair();
    assertThat(wheel.elf("demo/m.so").needed()).noneMatch(name -> name.startsWith("libpython"));
    assertThat(wheel.in("demo.libs")).hasSize(1);
    assertThat(wheel.plan().notes())
        .extracting(RepairNote::sentence)
        .anyMatch(note -> note.contains("libpython3.11.so.1.0"));
  }

  /** auditwheel takes it from programs too, which then do not start. */
  @Test
  void spareALibpythonIsKeptByPrograms() throws Exception {
    Workshop shop = Workshop.wheel(directory).member("demo/embedder", "p-python");
    RepairedWheel wheel = shop.platform("linux").repair();
    assertThat(wheel.elf("demo/embedder").needed()).contains("libpython3.11.so.1.0");
    assertThat(shop.platform(Workshop.TARGET).output("refused").refusal())
        .anyMatch(reason -> reason.contains("demo/embedder") && reason.contains("libpython"));
  }

  @Test
  void spareAnExecutableStackDoesNotGoUnnoticed() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-execstack.so")
            .library("libver.so.1", "libver.so.1")
            .repair();
    assertThat(wheel.plan().report().findings())
        .anyMatch(finding -> finding.code().id().equals("executable-stack"));
    assertThat(wheel.plan().notes())
        .extracting(RepairNote::sentence)
        .singleElement()
        .asString()
        .contains("demo/m.so", "executable stack", "--clear-execstack");
  }

  @Test
  void anExecutableStackIsClearedWhereThereIsOne() throws Exception {
    RepairPlan plan = usual().member("demo/s.so", "m-execstack.so").clearStack().plan();
    assertThat(plan.edits())
        .filteredOn(edit -> edit.edits().stack() == StackEdit.CLEAR)
        .extracting(MemberEdit::member)
        .containsExactly("demo/s.so");
  }

  @Test
  void spareAnExecutableStackOfAGraftDoesNotGoUnnoticed() throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .library("libver.so.1", "m-execstack.so")
            .exclude("nothing");
    assertThat(shop.plan().notes())
        .extracting(RepairNote::sentence)
        .anyMatch(note -> note.contains("libver.so.1") && note.contains("--clear-execstack"));
  }

  @Test
  void aCopyThatAnEarlierRepairLeftIsUsedAgain() throws Exception {
    RepairedWheel first = usual().repair();
    String graft = only(first.in("demo.libs"));
    RepairedWheel second =
        Workshop.wheel(directory)
            .output("again")
            .member("demo/m.so", "m-ver.so")
            .member("demo.libs/" + graft, first.content("demo.libs/" + graft))
            .repair();
    assertThat(second.in("demo.libs")).containsExactly(graft);
    assertThat(second.content("demo.libs/" + graft)).isEqualTo(first.content("demo.libs/" + graft));
    assertThat(second.elf("demo/m.so").needed()).contains(graft);
  }

  @Test
  void aMemberThatOnlyLooksLikeACopyIsNotOverwritten() throws Exception {
    String graft = only(usual().repair().in("demo.libs"));
    assertThat(
            usual()
                .output("again")
                .member("demo.libs/" + graft, Workshop.file("libone.so.1"))
                .refusal())
        .singleElement()
        .asString()
        .contains("demo.libs/" + graft, "is in the wheel");
  }

  @ParameterizedTest
  @ValueSource(strings = {":x", "$x", "/../x", "\\x", "/x/", "\n", "-1.0.dist-info", ".data/data"})
  void aLibraryDirectoryThatNoRunPathCanNameIsRefused(String suffix) throws Exception {
    assertThat(usual().suffix(suffix).refusal()).anyMatch(reason -> reason.contains("directory"));
  }

  @ParameterizedTest
  @ValueSource(strings = {".libs", "_lib s", "/lib", ".bücher", ""})
  void aLibraryDirectoryOfAnyOtherNameServes(String suffix) throws Exception {
    RepairedWheel wheel = usual().suffix(suffix).repair();
    assertThat(wheel.in("demo" + suffix)).anyMatch(name -> name.startsWith("libver-"));
  }
}
