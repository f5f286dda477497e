// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTableTest {
  private static final int EF_ARM_EABI5_HARD_FLOAT = 0x05000400;

  /** The two files that may name numbers of machines, and architectures one by one. */
  private static final Set<String> TABLE = Set.of("Machine.java", "Architecture.java");

  static Set<Architecture> architecturesOfThePolicies() {
    Set<Architecture> found = EnumSet.noneOf(Architecture.class);
    for (Policy policy : PolicyCatalog.builtIn().policies()) {
      found.addAll(policy.architectures());
    }
    return found;
  }

  @Test
  void thePoliciesSpeakOfMoreThanAHandfulOfArchitectures() {
    assertThat(architecturesOfThePolicies())
        .contains(Architecture.X86_64, Architecture.S390X, Architecture.RISCV64)
        .hasSizeGreaterThan(8);
  }

  @ParameterizedTest
  @MethodSource("architecturesOfThePolicies")
  void theHeaderOfItsFilesLeadsBackToIt(Architecture architecture) {
    assertThat(architecture.machine()).isNotEqualTo(Machine.OTHER);
    assertThat(Machine.of(architecture.machine().number())).isEqualTo(architecture.machine());
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      if (architecture.hasOrder(order)) {
        assertThat(
                Architecture.ofHeader(
                    architecture.machine(), architecture.bits(), order, EF_ARM_EABI5_HARD_FLOAT))
            .contains(architecture);
      }
    }
    assertThat(architecture.mayHold(architecture)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("architecturesOfThePolicies")
  void everyFactThatAMachineHasIsStatedForIt(Architecture architecture) {
    Machine machine = architecture.machine();
    assertThat(machine.pageSize()).isGreaterThanOrEqualTo(Machine.SMALLEST_PAGE);
    assertThat(Integer.bitCount(machine.pageSize())).isEqualTo(1);
    assertThat(machine.mayBeRelative(0)).as("R_..._NONE is relative").isFalse();
    assertThat(architecture.multiarch(ByteOrder.LITTLE_ENDIAN)).contains("-linux-gnu");
    assertThat(architecture.muslName(ByteOrder.LITTLE_ENDIAN)).isNotEmpty();
    assertThat(Architecture.ofTagName(architecture.androidName())).contains(architecture);
  }

  @Test
  void aLevelHasTheFactsOfItsBaseline() {
    assertThat(Architecture.X86_64_V3.multiarch(ByteOrder.LITTLE_ENDIAN))
        .isEqualTo("x86_64-linux-gnu");
    assertThat(Architecture.X86_64_V3.machine()).isEqualTo(Machine.X86_64);
    assertThat(Architecture.X86_64_V3.mayHold(Architecture.X86_64)).isTrue();
    assertThat(Architecture.X86_64.mayHold(Architecture.AARCH64)).isFalse();
  }

  @Test
  void filesOfEveryArmAbiMayBeForACoreWithoutAFixedAbi() {
    assertThat(Architecture.ARMV6L.mayHold(Architecture.ARMV7L)).isTrue();
    assertThat(Architecture.ARMV6L.mayHold(Architecture.ARMV5L)).isTrue();
    assertThat(Architecture.ARMV7L.mayHold(Architecture.ARMV5L)).isFalse();
  }

  @Test
  void wordsOfTheHashTableHaveEightBytesInSixtyFourBitFilesOfS390AndAlphaOnly() {
    for (Machine machine : Machine.values()) {
      boolean large = machine == Machine.S390 || machine == Machine.ALPHA;
      assertThat(machine.hashWordSize(64)).isEqualTo(large ? 8 : 4);
      assertThat(machine.hashWordSize(32)).isEqualTo(4);
    }
  }

  /** The first relocations of a library are the relative ones; .init_array has at least one. */
  @ParameterizedTest
  @CsvSource({
    "x86_64, 24",
    "i686, 8",
    "aarch64, 24",
    "armv7l, 8",
    "ppc64le, 24",
    "ppc64, 24",
    "s390x, 24",
    "riscv64, 24",
    "loongarch64, 24",
    "powerpc, 12"
  })
  void theRelocationsThatALinkEditorCountsAsRelativeAreOfTheListedType(String directory, int size) {
    ByteBuffer file = ByteBuffer.wrap(ElfFixtures.content(directory + "/normal.so"));
    file.order(file.get(5) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    boolean wide = file.get(4) == 2;
    Machine machine = Machine.of(file.getShort(18) & 0xffff);
    Dynamic dynamic = Dynamic.of(file, wide);
    assertThat(dynamic.relative).as("DT_RELACOUNT or DT_RELCOUNT").isPositive();
    for (int i = 0; i < dynamic.relative; i++) {
      int info = (int) dynamic.relocations + i * size + (wide ? 8 : 4);
      int type = wide ? (int) file.getLong(info) : file.getInt(info) & 0xff;
      assertThat(machine.mayBeRelative(type)).as("type " + type + " of " + machine).isTrue();
    }
  }

  /** What the test needs of the dynamic section; first segments map the file one to one. */
  private static final class Dynamic {
    private long relocations;
    private long relative;

    static Dynamic of(ByteBuffer file, boolean wide) {
      Dynamic found = new Dynamic();
      long headers = wide ? file.getLong(32) : file.getInt(28);
      int count = file.getShort(wide ? 56 : 44);
      for (int i = 0; i < count; i++) {
        int header = (int) headers + i * (wide ? 56 : 32);
        if (file.getInt(header) == 2) {
          found.read(file, wide, wide ? file.getLong(header + 8) : file.getInt(header + 4));
        }
      }
      return found;
    }

    private void read(ByteBuffer file, boolean wide, long start) {
      int at = (int) start;
      while (true) {
        long tag = wide ? file.getLong(at) : file.getInt(at);
        long value = wide ? file.getLong(at + 8) : file.getInt(at + 4);
        if (tag == 0) {
          return;
        } else if (tag == 7 || tag == 17) {
          relocations = value;
        } else if (tag == 0x6ffffff9 || tag == 0x6ffffffa) {
          relative = value;
        }
        at += wide ? 16 : 8;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\bEM_[A-Z0-9_]+\\b", // a number of a machine by its name in elf.h
        "\\bR_[A-Z0-9]+_[A-Z0-9_]+\\s*=", // a type of a relocation
        "(?i)machine(\\(\\))?\\s*[=!]=\\s*(0x)?[0-9]", // a number of a machine
        "\\b1027\\b|0x9026", // R_AARCH64_RELATIVE, EM_ALPHA
        "switch \\(.*(machine|rchitecture|baseline)(\\(\\))?(\\.get\\(\\))?\\) \\{",
        "\\bcase (X86_64|I686|AARCH64|ARMV7L|PPC64LE|S390X|RISCV64|LOONGARCH64)\\b",
      })
  void aNumberOfAMachineIsInOneFile(String pattern) throws IOException {
    assertThat(matches(Path.of("src", "main", "java"), pattern)).isEmpty();
  }

  /** A page of 4, 8 or 64 KiB; a size of a buffer is written as a shift. */
  @ParameterizedTest
  @ValueSource(strings = {"\\b(0x1000|0x2000|0x10000|4096|8192|65536)\\b"})
  void aPageSizeIsInOneFile(String pattern) throws IOException {
    assertThat(matches(Path.of("src", "main", "java", "dev", "jwheel", "elf"), pattern)).isEmpty();
  }

  @Test
  void theSearchForNumbersFindsThoseOfTheTable() {
    Set<String> found = new HashSet<>();
    find(Path.of("src/main/java/dev/jwheel/platform/Machine.java"), "\\b0x9026\\b", found);
    assertThat(found).hasSize(1);
  }

  private static List<String> matches(Path root, String pattern) throws IOException {
    Set<String> found = new HashSet<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !TABLE.contains(file.getFileName().toString()))
          .forEach(file -> find(file, pattern, found));
    }
    return new ArrayList<>(found);
  }

  private static void find(Path file, String pattern, Set<String> found) {
    try {
      Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
      while (matcher.find()) {
        found.add(file.getFileName() + ": " + matcher.group());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
