// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.platform.Architecture;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.policy.VersionStatus;
import dev.jwheel.wheel.zip.ZipArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The name, WHEEL, RECORD and the container of a repaired wheel. */
class TagsAndRecordTest {

  @TempDir Path directory;

  private Workshop usual() throws Exception {
    return usual("demo-1.0-cp311-cp311-linux_x86_64");
  }

  private Workshop usual(String name) throws Exception {
    return Workshop.wheel(directory, name)
        .member("demo/__init__.py", "print('ü')\n".getBytes("UTF-8"))
        .member("demo/m.so", "m-ver.so")
        .library("libver.so.1", "libver.so.1");
  }

  private static String platforms(RepairedWheel wheel) {
    String name = wheel.fileName();
    return name.substring(name.lastIndexOf('-') + 1, name.length() - ".whl".length());
  }

  /** auditwheel gives an alias fewer tags. */
  @Test
  void case20EverySpellingOfATagGivesTheSameBytes() throws Exception {
    RepairedWheel alias = usual().platform("manylinux2014_x86_64").output("1").repair();
    RepairedWheel full = usual().platform("manylinux_2_17_x86_64").output("2").repair();
    RepairedWheel brief = usual().platform("manylinux2014").output("3").repair();
    assertThat(alias.fileName()).isEqualTo(full.fileName()).isEqualTo(brief.fileName());
    assertThat(alias.sha256()).isEqualTo(full.sha256()).isEqualTo(brief.sha256());
    assertThat(platforms(alias))
        .isEqualTo(
            "manylinux1_x86_64.manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_5_x86_64");
  }

  @Test
  void case20WithOnlyPlatNoBetterTagIsAdded() throws Exception {
    RepairedWheel wheel = usual().platform("manylinux2014").onlyPlatform().repair();
    assertThat(platforms(wheel)).isEqualTo("manylinux2014_x86_64.manylinux_2_17_x86_64");
  }

  @Test
  void aTagBetweenPoliciesDoesNotHideABetterOne() throws Exception {
    RepairedWheel wheel = usual().platform("manylinux_2_7").repair();
    assertThat(platforms(wheel))
        .isEqualTo("manylinux1_x86_64.manylinux_2_5_x86_64.manylinux_2_7_x86_64");
    assertThat(usual().platform("auto").output("again").repair(wheel.file()).sha256())
        .isEqualTo(wheel.sha256());
  }

  @Test
  void aTagBetweenPoliciesIsJudgedByTheOneBelow() throws Exception {
    Workshop shop =
        Workshop.wheel(directory, "demo-1.0-cp311-cp311-manylinux_2_33_x86_64")
            .member("demo/m.so", "libnew.so.1");
    assertThat(shop.platform("manylinux_2_33").refusal())
        .singleElement()
        .asString()
        .contains("demo/m.so needs GLIBC_2.34");
    assertThat(shop.keepTags().refusal()).isNotEmpty();
  }

  @Test
  void aFalseTagBetweenPoliciesIsDropped() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory, "demo-1.0-cp311-cp311-manylinux1_x86_64.manylinux_2_33_x86_64")
            .member("demo/m.so", "libnew.so.1")
            .platform("manylinux_2_45")
            .repair();
    assertThat(platforms(wheel)).isEqualTo("manylinux_2_34_x86_64.manylinux_2_45_x86_64");
  }

  /** A module that needs a version of glibc with two digits behind the point. */
  private static byte[] needingGlibc(int minor) throws Exception {
    String text = new String(Workshop.file("libnew.so.1"), StandardCharsets.ISO_8859_1);
    return text.replace("GLIBC_2.34\0", "GLIBC_2." + minor + "\0")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  static IntStream glibcMinors() {
    Policy newest = PolicyCatalog.builtIn().find("manylinux_2_41_x86_64").orElseThrow();
    return IntStream.rangeClosed(10, 41)
        .filter(
            minor ->
                newest.allowsVersion(Architecture.X86_64, "GLIBC_2." + minor)
                    == VersionStatus.ALLOWED);
  }

  @ParameterizedTest
  @MethodSource("glibcMinors")
  void aTrueTagOfAnyGlibcIsKeptAndGivesWayToNoLessCompatibleOne(int minor) throws Exception {
    String claimed = "manylinux_2_" + minor + "_x86_64";
    for (String asked : List.of("auto", claimed, "manylinux_2_45")) {
      RepairPlan plan =
          Workshop.wheel(directory, "demo-1.0-cp311-cp311-" + claimed)
              .member("demo/m.so", needingGlibc(minor))
              .platform(asked)
              .plan();
      assertThat(plan.result().platformTags()).as(asked).contains(claimed);
      assertThat(plan.report().tagBetween().orElseGet(plan.report()::overallTag))
          .hasToString(claimed);
    }
  }

  @Test
  void aTagOfOneGlibcEarlierIsFalse() throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory, "demo-1.0-cp311-cp311-manylinux_2_25_x86_64")
            .member("demo/m.so", needingGlibc(26))
            .platform("auto")
            .plan();
    assertThat(plan.result().platformTags()).containsExactly("manylinux_2_26_x86_64");
  }

  @Test
  void aTagBetweenPoliciesStandsAloneWithOnlyPlat() throws Exception {
    RepairedWheel wheel = usual().platform("manylinux_2_7").onlyPlatform().repair();
    assertThat(platforms(wheel)).isEqualTo("manylinux_2_7_x86_64");
  }

  @Test
  void case20LinuxPromisesNothing() throws Exception {
    RepairedWheel wheel = usual().platform("linux").repair();
    assertThat(platforms(wheel)).isEqualTo("linux_x86_64");
    assertThat(wheel.in("demo.libs")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux_aarch64", "manylinux2014_aarch64", "musllinux_1_2"})
  void aTagOfAnotherMachineOrLibcIsRefused(String tag) throws Exception {
    assertThat(usual().platform(tag).refusal()).isNotEmpty();
  }

  @Test
  void aRefusalForAnotherMachineNamesBothMachines() throws Exception {
    RepairException refused = usual().platform("manylinux2014_i686").refused();
    assertThat(refused.target()).isEqualTo("manylinux_2_17_i686");
    assertThat(refused.reasons())
        .extracting(RefusalReason::sentence)
        .containsExactly("the wheel's files are for x86_64, the tag is for i686");
  }

  /** auditwheel leaves tags of the input standing, false ones too. */
  @Test
  void case19ATagThatDoesNotHoldIsDropped() throws Exception {
    RepairedWheel wheel =
        Workshop.wheel(directory, "demo-1.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_34_x86_64")
            .member("demo/m.so", "libnew.so.1")
            .platform("auto")
            .repair();
    assertThat(platforms(wheel)).isEqualTo("manylinux_2_34_x86_64");
    assertThat(wheel.text("demo-1.0.dist-info/WHEEL")).doesNotContain("2014");
  }

  @Test
  void aTagThatHoldsIsKept() throws Exception {
    RepairedWheel wheel =
        usual("demo-1.0-cp311-cp311-manylinux_2_28_x86_64.linux_x86_64").onlyPlatform().repair();
    assertThat(platforms(wheel))
        .isEqualTo("manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64");
  }

  @Test
  void case21AWheelForAnyPlatformThatHoldsElfBecomesAPlatformWheel() throws Exception {
    RepairedWheel wheel =
        usual("demo-1.0-py2.py3-none-any")
            .wheelFile(
                "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py2-none-any\nTag: py3-none-any\nX-Last: 1\n")
            .onlyPlatform()
            .repair();
    assertThat(wheel.fileName())
        .isEqualTo("demo-1.0-py2.py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl");
    assertThat(wheel.text("demo-1.0.dist-info/WHEEL"))
        .isEqualTo(
            """
            Wheel-Version: 1.0
            Root-Is-Purelib: false
            Tag: py2-none-manylinux2014_x86_64
            Tag: py2-none-manylinux_2_17_x86_64
            Tag: py3-none-manylinux2014_x86_64
            Tag: py3-none-manylinux_2_17_x86_64
            X-Last: 1
            """);
  }

  /** auditwheel corrects it for wheels named any alone. */
  @Test
  void case21RootIsPurelibIsCorrectedWhateverTheName() throws Exception {
    RepairedWheel wheel =
        usual()
            .wheelFile("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: cp311-cp311-linux_x86_64\n")
            .repair();
    assertThat(wheel.text("demo-1.0.dist-info/WHEEL")).contains("Root-Is-Purelib: false");
    assertThat(wheel.plan().notes())
        .extracting(RepairNote::sentence)
        .containsExactly("Root-Is-Purelib becomes false, for the wheel has ELF files");
  }

  @Test
  void aSecondRootIsPurelibThatContradictsTheFirstGoes() throws Exception {
    String usual = "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n";
    RepairedWheel wheel = usual().wheelFile(usual + "Root-Is-Purelib: true\n").repair();
    assertThat(wheel.text("demo-1.0.dist-info/WHEEL"))
        .containsOnlyOnce("Root-Is-Purelib: false")
        .doesNotContain("true");
  }

  @Test
  void otherHeadersAndTheirOrderAreKept() throws Exception {
    RepairedWheel wheel = usual().onlyPlatform().repair();
    assertThat(wheel.text("demo-1.0.dist-info/WHEEL"))
        .startsWith(
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nX-Unknown: kept\nTag: cp311");
  }

  @Test
  void withNoUpdateTagsNameAndWheelStay() throws Exception {
    RepairedWheel wheel = usual().keepTags().repair();
    assertThat(wheel.fileName()).isEqualTo("demo-1.0-cp311-cp311-linux_x86_64.whl");
    assertThat(wheel.text("demo-1.0.dist-info/WHEEL")).contains("Tag: cp311-cp311-linux_x86_64\n");
  }

  /**
   * auditwheel looks at files that RECORD lists alone, ends lines with CRLF, and keeps RECORD.p7s.
   */
  @Test
  void case26RecordIsMadeAnewFromTheContent() throws Exception {
    RepairedWheel wheel =
        usual()
            .member("demo/a,b é.txt", "quoted".getBytes("UTF-8"))
            .member("demo/unlisted.so", "m-ver.so")
            .member("demo-1.0.dist-info/RECORD.jws", new byte[] {1})
            .member("demo-1.0.dist-info/RECORD.p7s", new byte[] {2})
            .record(
                rows ->
                    "gone.py,sha256=AAAA,1\n"
                        + rows.lines()
                            .filter(row -> !row.contains("unlisted") && !row.contains("RECORD."))
                            .reduce("", (a, b) -> a + b + "\r\n"))
            .repair();
    assertThat(wheel.recordDefects()).isEmpty();
    assertThat(wheel.names()).noneMatch(name -> name.contains("RECORD."));
    assertThat(wheel.names()).last().isEqualTo("demo-1.0.dist-info/RECORD");
    String record = wheel.text("demo-1.0.dist-info/RECORD");
    assertThat(record)
        .contains("\"demo/a,b é.txt\",sha256=")
        .doesNotContain("gone.py", "\r")
        .endsWith("demo-1.0.dist-info/RECORD,,\n");
    assertThat(wheel.elf("demo/unlisted.so").needed()).doesNotContain("libver.so.1");
  }

  @ParameterizedTest
  @CsvSource({"demo/__init__.py,12", "demo/m.so,", "demo-1.0.dist-info/WHEEL,"})
  void contentThatRecordContradictsIsNotCertifiedAnew(String member, String size) throws Exception {
    String row = member + ",sha256=" + "A".repeat(43) + "," + (size == null ? "" : size) + "\n";
    Workshop shop = usual().record(rows -> row + without(member, rows));
    assertThat(shop.refusal()).singleElement().asString().contains(member, "RECORD states");
    assertThatThrownBy(shop::rehearse)
        .isInstanceOf(RepairException.class)
        .hasMessageContainingAll(member, "RECORD states");
  }

  @Test
  void contentThatAnotherHashContradictsIsNotCertifiedAnew() throws Exception {
    String row = "demo/m.so,sha512=" + "A".repeat(86) + ",\n";
    Workshop shop = usual().record(rows -> row + without("demo/m.so", rows));
    assertThat(shop.refusal())
        .singleElement()
        .asString()
        .startsWith("demo/m.so has the hash sha512=")
        .endsWith("RECORD states sha512=" + "A".repeat(86));
  }

  @Test
  void aHashOfRecordMayBePaddedOrInHexadecimalDigits() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Workshop.file("m-ver.so"));
    String hex = "demo/m.so,sha256=" + HexFormat.of().formatHex(digest) + ",\n";
    String padded = "demo/m.so,sha256=" + Base64.getUrlEncoder().encodeToString(digest) + ",\n";
    for (String row : List.of(hex, padded)) {
      RepairedWheel wheel = usual().record(rows -> row + without("demo/m.so", rows)).repair();
      assertThat(wheel.recordDefects()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'demo/m.so,\n', the row of demo/m.so has 2 columns",
    "'\"demo/m.so', ends inside a quoted column",
    "'demo/m.so,,many\n', 'the row of demo/m.so has the size many'"
  })
  void aRecordThatCannotBeReadIsRefused(String record, String reason) throws Exception {
    assertThat(usual().record(rows -> record).refusal())
        .isNotEmpty()
        .anyMatch(problem -> problem.startsWith("demo-1.0.dist-info/RECORD: " + reason));
  }

  @Test
  void aLaterVersionOfTheFormatIsRefused() throws Exception {
    String later = "Wheel-Version: 2.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n";
    assertThat(usual().wheelFile(later).refusal())
        .containsExactly("demo-1.0.dist-info/WHEEL: its Wheel-Version is 2.0, expected 1.0");
  }

  @Test
  void whatRecordDidNotListIsToldInOneSentence() throws Exception {
    assertThat(usual().record(rows -> "").plan().notes())
        .extracting(RepairNote::sentence)
        .containsExactly(
            "each of these is not listed in RECORD: demo/__init__.py, demo/m.so,"
                + " demo-1.0.dist-info/METADATA, demo-1.0.dist-info/WHEEL,"
                + " demo-1.0.dist-info/RECORD");
  }

  @Test
  void aRefusalForAnotherReasonNamesWhatRecordContradictsToo() throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-glibc-2.34.so")
            .member("demo/data.txt", "text".getBytes(StandardCharsets.UTF_8))
            .record(rows -> "demo/data.txt,,5\n" + without("demo/data.txt", rows));
    assertThat(shop.refusal())
        .anyMatch(reason -> reason.contains("demo/m.so") && reason.contains("GLIBC_2.34"))
        .anyMatch(reason -> reason.equals("demo/data.txt has 4 bytes, RECORD states 5"));
  }

  private static String without(String member, String rows) {
    return rows.lines().filter(line -> !line.startsWith(member)).reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void unchangedMembersComeFirstInTheirOrderThenNewOnesThenDistInfo() throws Exception {
    RepairedWheel wheel =
        usual().member("z.txt", new byte[0]).member("a.txt", new byte[0]).repair();
    List<String> names = wheel.names();
    assertThat(names.subList(0, 4))
        .containsExactly("demo/__init__.py", "demo/m.so", "z.txt", "a.txt");
    assertThat(names.get(4)).startsWith("demo.libs/");
    assertThat(names.subList(5, names.size()))
        .containsExactly(
            "demo-1.0.dist-info/METADATA",
            "demo-1.0.dist-info/WHEEL",
            "demo-1.0.dist-info/sboms/jwheel.cdx.json",
            "demo-1.0.dist-info/RECORD");
  }

  /** auditwheel names the library and no file, or the policy and no symbol; and one at a time. */
  @Test
  void case27EveryReasonIsNamedAndNothingIsWritten() throws Exception {
    List<String> reasons =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-glibc-2.34.so")
            .member("demo/n.so", "m-new.so")
            .library("libnew.so.1", "libnew.so.1")
            .library("liblost.so.1", "liblost.so.1")
            .refusal();
    assertThat(reasons)
        .anyMatch(reason -> reason.contains("demo/m.so") && reason.contains("GLIBC_2.34"))
        .anyMatch(reason -> reason.contains("demo/m.so") && reason.contains("libnowhere.so.1"))
        .anyMatch(reason -> reason.contains("liblost.so.1") && reason.contains("libnowhere.so.2"))
        .anyMatch(reason -> reason.contains("libnew.so.1") && reason.contains("GLIBC_2.34"));
  }

  @Test
  void aVersionThatIsTooNewIsNamedWithItsSymbolsAndTheFirstPolicyThatHasIt() throws Exception {
    List<String> reasons =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-glibc-2.34.so")
            .member("demo/n.so", "m-new.so")
            .library("libnew.so.1", "libnew.so.1")
            .refusal();
    assertThat(reasons)
        .anyMatch(
            reason -> reason.matches("demo/m\\.so needs .*@GLIBC_2\\.34.*manylinux_2_34 is.*"))
        .anyMatch(
            reason -> reason.matches(".*libnew.* needs .*@GLIBC_2\\.34.*manylinux_2_34 is.*"));
  }

  @Test
  void aRefusalNamesTheTagThatIsPossible() throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .member("demo/n.so", "m-new.so")
            .library("libnew.so.1", "libnew.so.1");
    assertThat(shop.refused().notes()).contains("it can be repaired to manylinux_2_34_x86_64");
    shop.member("demo/e.so", "m-fpe.so");
    assertThat(shop.refused().notes()).noneMatch(note -> note.contains("can be repaired"));
  }

  @Test
  void aRefusalForNewSymbolsTellsWhereOlderOnesComeFrom() throws Exception {
    Workshop grafted =
        Workshop.wheel(directory)
            .member("demo/n.so", "m-new.so")
            .library("libnew.so.1", "libnew.so.1");
    assertThat(grafted.refused().notes())
        .contains("--sysroot names an older system to graft from, such as a manylinux image");
    Workshop own = Workshop.wheel(directory).member("demo/n.so", "libnew.so.1");
    assertThat(own.refused().notes())
        .contains(
            "to need older symbols the wheel has to be built on an older system, such as a"
                + " manylinux image");
  }

  @Test
  void sparePyFpeIsRefused() throws Exception {
    assertThat(Workshop.wheel(directory).member("m.so", "m-fpe.so").refusal())
        .anyMatch(reason -> reason.contains("PyFPE_jbuf"));
  }

  @ParameterizedTest
  @CsvSource({
    "cp27-none,m-cp27.so,false",
    "cp27-cp27mu,m-cp27.so,true",
    "cp27-cp27m,m-cp27.so,true",
    "cp27-cp27m,m-cp27-wide.so,false",
    "cp27-cp27mu,m-cp27-wide.so,true"
  })
  void spareTheAbiTagOfCPython2HasToTellTheWidthOfUnicode(String tags, String file, boolean right)
      throws Exception {
    Workshop shop =
        Workshop.wheel(directory, "m-1.0-" + tags + "-linux_x86_64").member("m.so", file);
    if (right) {
      assertThat(platforms(shop.repair())).contains("manylinux_2_5_x86_64");
    } else {
      assertThat(shop.refusal()).anyMatch(reason -> reason.contains("ABI tag"));
    }
  }

  /** auditwheel needs SOURCE_DATE_EPOCH and one umask for it. */
  @Test
  void case30OneWheelHasOneSha256() throws Exception {
    String expected = usual().output("first").repair().sha256();
    TimeZone zone = TimeZone.getDefault();
    Locale locale = Locale.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
      assertThat(usual().output("elsewhere").repair().sha256()).isEqualTo(expected);
      assertThat(usual().output("threads").threads(5).repair().sha256()).isEqualTo(expected);
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"manylinux_2_17", "auto", "linux"})
  void case30RepairingARepairedWheelChangesNothing(String tag) throws Exception {
    RepairedWheel once = usual().platform(tag).repair();
    RepairedWheel twice = usual().platform(tag).output("twice").repair(once.file());
    assertThat(twice.fileName()).isEqualTo(once.fileName());
    assertThat(Files.readAllBytes(twice.file())).isEqualTo(Files.readAllBytes(once.file()));
    assertThat(twice.plan().changesNothing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"musllinux_1_1", "musllinux_1_2", "musllinux_1_3"})
  void case30RepairingARepairedMuslWheelChangesNothing(String tag) throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .platform(tag)
            .member("demo/m.so", "musl-m.so")
            .library("libver.so.1", "musl-libver.so.1");
    RepairedWheel once = shop.repair();
    assertThat(platforms(once)).isEqualTo(tag + "_x86_64");
    RepairedWheel twice = shop.output("twice").repair(once.file());
    assertThat(Files.readAllBytes(twice.file())).isEqualTo(Files.readAllBytes(once.file()));
  }

  @Test
  void case30UnchangedMembersKeepTheirCompressedBytes() throws Exception {
    Workshop shop = usual();
    try (ZipArchive before = ZipArchive.open(shop.make());
        ZipArchive after = ZipArchive.open(shop.repair().file())) {
      ZipMember metadata = before.find("demo-1.0.dist-info/METADATA").orElseThrow();
      ZipMember copy = after.find("demo-1.0.dist-info/METADATA").orElseThrow();
      assertThat(after.isCopy(copy, before, metadata)).isTrue();
      assertThat(copy.dosTime()).isEqualTo(metadata.dosTime());
    }
  }
}
