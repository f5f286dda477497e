// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.platform;

import static dev.jwheel.platform.Architecture.Order.BIG;
import static dev.jwheel.platform.Architecture.Order.EITHER;
import static dev.jwheel.platform.Architecture.Order.LITTLE;
import static dev.jwheel.platform.Architecture.Stack.EXECUTABLE;
import static dev.jwheel.platform.Architecture.Stack.PLAIN;
import static dev.jwheel.platform.ArchitectureNames.names;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A processor architecture, by the name that {@code os.uname().machine} and so the platform tags of
 * PEP 425, 600 and 656 use for it: the one table of what differs between architectures. What holds
 * of a whole processor family is in {@link Machine}.
 *
 * <p>Some architectures carry an instruction-set level above their baseline ({@code x86_64_v3});
 * policies are stated for {@link #baseline()}.
 */
public enum Architecture {
  X86_64(
      "x86_64",
      Machine.X86_64,
      64,
      LITTLE,
      EXECUTABLE,
      names("x86_64-linux-gnu", "x86_64")
          .platform("x86_64")
          .hwcaps("x86-64-v4", "x86-64-v3", "x86-64-v2")),
  X86_64_V2("x86_64_v2", X86_64, 2),
  X86_64_V3("x86_64_v3", X86_64, 3),
  X86_64_V4("x86_64_v4", X86_64, 4),
  I686(
      "i686",
      Machine.I386,
      32,
      LITTLE,
      EXECUTABLE,
      names("i386-linux-gnu", "i386").android("x86").platform("i686")),
  AARCH64(
      "aarch64",
      Machine.AARCH64,
      64,
      LITTLE,
      PLAIN,
      names("aarch64-linux-gnu", "aarch64").android("arm64_v8a").platform("aarch64")),
  ARMV7L(
      "armv7l",
      Machine.ARM,
      32,
      LITTLE,
      EXECUTABLE,
      names("arm-linux-gnueabihf", "armhf").android("armeabi_v7a").platform("v7l", "v8l")),
  ARMV6L("armv6l", Machine.ARM, 32, LITTLE, EXECUTABLE, names("arm-linux-gnueabi", "arm")),
  ARMV5L("armv5l", Machine.ARM, 32, LITTLE, EXECUTABLE, names("arm-linux-gnueabi", "arm")),
  PPC64LE(
      "ppc64le",
      Machine.PPC64,
      64,
      LITTLE,
      PLAIN,
      names("powerpc64le-linux-gnu", "powerpc64le").hwcaps("power11", "power10", "power9")),
  PPC64("ppc64", Machine.PPC64, 64, BIG, PLAIN, names("powerpc64-linux-gnu", "powerpc64")),
  PPC("ppc", Machine.PPC, 32, BIG, EXECUTABLE, names("powerpc-linux-gnu", "powerpc")),
  S390X(
      "s390x",
      Machine.S390,
      64,
      BIG,
      EXECUTABLE,
      names("s390x-linux-gnu", "s390x").hwcaps("z17", "z16", "z15", "z14", "z13")),
  S390("s390", Machine.S390, 32, BIG, EXECUTABLE, names("s390-linux-gnu", "s390")),
  RISCV64(
      "riscv64",
      Machine.RISCV,
      64,
      LITTLE,
      PLAIN,
      names("riscv64-linux-gnu", "riscv64").abiDirectory("lp64d")),
  RISCV32("riscv32", Machine.RISCV, 32, LITTLE, PLAIN, names("riscv32-linux-gnu", "riscv32")),
  LOONGARCH64(
      "loongarch64",
      Machine.LOONGARCH,
      64,
      LITTLE,
      PLAIN,
      names("loongarch64-linux-gnu", "loongarch64").platform("loongarch")),
  MIPS64(
      "mips64",
      Machine.MIPS,
      64,
      EITHER,
      EXECUTABLE,
      names("mips64-linux-gnuabi64", "mips64").little("mips64el-linux-gnuabi64", "mips64el")),
  MIPS(
      "mips",
      Machine.MIPS,
      32,
      EITHER,
      EXECUTABLE,
      names("mips-linux-gnu", "mips").little("mipsel-linux-gnu", "mipsel")),
  SPARC64("sparc64", Machine.SPARCV9, 64, BIG, EXECUTABLE, names("sparc64-linux-gnu", "sparc64")),
  ALPHA("alpha", Machine.ALPHA, 64, LITTLE, EXECUTABLE, names("alpha-linux-gnu", "alpha")),
  M68K("m68k", Machine.M68K, 32, BIG, EXECUTABLE, names("m68k-linux-gnu", "m68k")),
  PARISC("parisc", Machine.PARISC, 32, BIG, EXECUTABLE, names("hppa-linux-gnu", "parisc")),
  SH4("sh4", Machine.SH, 32, LITTLE, EXECUTABLE, names("sh4-linux-gnu", "sh")),
  IA64("ia64", Machine.IA_64, 64, LITTLE, PLAIN, names("ia64-linux-gnu", "ia64"));

  enum Order {
    LITTLE,
    BIG,
    EITHER;

    boolean includes(ByteOrder order) {
      return this == EITHER || (this == LITTLE) == (order == ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** The stack of a file without PT_GNU_STACK. */
  enum Stack {
    EXECUTABLE,
    PLAIN
  }

  private final String tagName;
  private final Machine machine;
  private final int bits;
  private final Order order;
  private final Stack stack;

  @SuppressWarnings("ImmutableEnumChecker") // a record of strings and unmodifiable lists
  private final ArchitectureNames names;

  private final Optional<Architecture> below;
  private final int level;

  Architecture(
      String tagName,
      Machine machine,
      int bits,
      Order order,
      Stack stack,
      ArchitectureNames names) {
    this.tagName = tagName;
    this.machine = machine;
    this.bits = bits;
    this.order = order;
    this.stack = stack;
    this.names = names;
    this.below = Optional.empty();
    this.level = 1;
  }

  /** An instruction-set level of another architecture, in everything else like that one. */
  Architecture(String tagName, Architecture baseline, int level) {
    this.tagName = tagName;
    this.machine = baseline.machine;
    this.bits = baseline.bits;
    this.order = baseline.order;
    this.stack = baseline.stack;
    this.names = baseline.names;
    this.below = Optional.of(baseline);
    this.level = level;
  }

  /** The spelling in manylinux, musllinux and linux platform tags, such as {@code ppc64le}. */
  public String tagName() {
    return tagName;
  }

  /** The spelling in Android platform tags (PEP 738), such as {@code arm64_v8a}. */
  public String androidName() {
    return names.android().isEmpty() ? tagName : names.android();
  }

  /** Returns e_machine of its files. */
  public Machine machine() {
    return machine;
  }

  /** Returns the class of its files: 32 or 64. */
  public int bits() {
    return bits;
  }

  /** Whether its files may have a byte order; those of MIPS have either. */
  public boolean hasOrder(ByteOrder byteOrder) {
    return order.includes(byteOrder);
  }

  /** Whether the stack is executable without PT_GNU_STACK: glibc's DEFAULT_STACK_PERMS. */
  public boolean hasExecutableStack() {
    return stack == EXECUTABLE;
  }

  /** Returns the multiarch tuple of Debian, such as {@code x86_64-linux-gnu}. */
  public String multiarch(ByteOrder byteOrder) {
    return names.multiarch(byteOrder);
  }

  /** Returns the name in the file names of musl's loader and path file ({@code LDSO_ARCH}). */
  public String muslName(ByteOrder byteOrder) {
    return names.musl(byteOrder);
  }

  /**
   * Returns the values of {@code $PLATFORM} (AT_PLATFORM of getauxval(3)) on every processor of the
   * architecture; none where it names the processor.
   */
  public List<String> platformNames() {
    return names.platform();
  }

  /**
   * Returns the {@code glibc-hwcaps} directories for processors above the baseline, best first
   * (glibc {@code _dl_hwcaps_subdirs}).
   */
  public List<String> hwcaps() {
    return names.hwcaps();
  }

  /**
   * Returns the directory below {@code /lib64} that glibc's own {@code slibdir} has, named after
   * the ABI ({@code lp64d} of RISC-V).
   */
  public Optional<String> abiDirectory() {
    return names.abiDirectory().isEmpty() ? Optional.empty() : Optional.of(names.abiDirectory());
  }

  /** Returns PT_INTERP of programs for a C library; empty where no policy speaks of them. */
  public Optional<String> interpreter(Libc libc, ByteOrder byteOrder) {
    return names.interpreter(libc, byteOrder, bits);
  }

  /** The architecture without its instruction-set level: {@code x86_64} for {@code x86_64_v3}. */
  public Architecture baseline() {
    return below.orElse(this);
  }

  /** The x86-64 micro-architecture level that a tag of this name promises, 1 for every baseline. */
  public int level() {
    return level;
  }

  /**
   * Whether a file can be meant for this architecture, by the architecture of its header: no header
   * states the ARM core, so files of every ARM ABI may be for one without a fixed ABI.
   */
  public boolean mayHold(Architecture ofFile) {
    boolean anyArm = machine == Machine.ARM && this != ARMV7L;
    return anyArm ? ofFile == ARMV5L || ofFile == ARMV7L : ofFile == baseline();
  }

  /** The architecture spelled so in a Linux or Android tag, or called so by people or systems. */
  public static Optional<Architecture> ofTagName(String name) {
    String spelling = ArchitectureNames.inTags(name);
    for (Architecture architecture : values()) {
      if (architecture.isSpelled(spelling)) {
        return Optional.of(architecture);
      }
    }
    return Optional.empty();
  }

  /** Whether its platform tags, manylinux to Android, have this spelling. */
  public boolean isSpelled(String name) {
    return tagName.equals(name) || androidName().equals(name);
  }

  /**
   * Returns the architecture that an ELF header means.
   *
   * <p>The policies' armv7l is the hard-float EABI 5. The older core that a soft-float file was
   * built for is in no header, so these count as the oldest.
   *
   * @param bits the class: 32 or 64
   * @param flags e_flags
   */
  public static Optional<Architecture> ofHeader(
      Machine machine, int bits, ByteOrder byteOrder, int flags) {
    for (Architecture architecture : values()) {
      if (architecture.machine == machine
          && architecture.bits == bits
          && architecture.hasOrder(byteOrder)) {
        boolean softFloat = machine == Machine.ARM && !machine.isHardFloatArm(flags);
        return Optional.of(softFloat ? ARMV5L : architecture);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return tagName;
  }
}
