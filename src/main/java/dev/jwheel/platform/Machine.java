// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.platform;

/**
 * A processor family as e_machine of the ELF header numbers it, with everything of the ELF format
 * that differs between families (gABI, "ELF Header", and the processor supplements).
 *
 * <p>The one place that knows these numbers: the page sizes are the link editors' maximum page size
 * (gold's {@code abi_pagesize}), the relocation types those of the psABIs.
 */
public enum Machine {
  SPARC(2, 0x2000),
  I386(3, 0x1000, 8),
  M68K(4, 0x1000),
  MIPS(8, 0x10000),
  PARISC(15, 0x1000),
  SPARC32PLUS(18, 0x2000),
  PPC(20, 0x10000, 22),
  PPC64(21, 0x10000, 22),
  S390(22, 0x1000, 12),
  ARM(40, 0x1000, 23),
  SH(42, 0x1000),
  SPARCV9(43, 0x2000),
  IA_64(50, 0x10000),
  X86_64(62, 0x1000, 8),
  AARCH64(183, 0x10000, 1027),
  RISCV(243, 0x1000, 3),
  LOONGARCH(258, 0x10000, 3),
  ALPHA(0x9026, 0x10000),

  /** Any machine that is not listed here: what holds of most, and nothing is ruled out. */
  OTHER(-1, 0x1000);

  /** The smallest page of any machine, in bytes. */
  public static final int SMALLEST_PAGE = 0x1000;

  private static final int ANY_TYPE = -1;
  private static final int EF_ARM_EABI_MASK = 0xff000000;
  private static final int EF_ARM_EABI_VER5 = 0x05000000;
  private static final int EF_ARM_ABI_FLOAT_SOFT = 0x200;
  private static final int EF_ARM_ABI_FLOAT_HARD = 0x400;

  private final int number;
  private final int pageSize;
  private final int relativeType;

  Machine(int number, int pageSize) {
    this(number, pageSize, ANY_TYPE);
  }

  Machine(int number, int pageSize, int relativeType) {
    this.number = number;
    this.pageSize = pageSize;
    this.relativeType = relativeType;
  }

  /** Returns the machine of an e_machine, {@link #OTHER} where it is not listed. */
  public static Machine of(int number) {
    for (Machine machine : values()) {
      if (machine.number == number) {
        return machine;
      }
    }
    return OTHER;
  }

  /**
   * Returns the name that people have for a processor that no platform tag is for, {@code e_machine
   * N} where none is known (registry of e_machine values of the gABI).
   */
  public static String nameOf(int number) {
    return switch (number) {
      case 83 -> "AVR";
      case 94 -> "Xtensa";
      case 105 -> "MSP430";
      case 164 -> "Hexagon";
      case 189 -> "MicroBlaze";
      case 190 -> "CUDA";
      case 205 -> "Intel GPU";
      case 224 -> "AMD GPU";
      case 247 -> "BPF";
      case 251 -> "NEC VE";
      case 252 -> "C-SKY";
      default -> "e_machine " + number;
    };
  }

  /** Returns e_machine; negative for {@link #OTHER}. */
  public int number() {
    return number;
  }

  /** Returns the largest page, in bytes, that a kernel for this machine may have. */
  public int pageSize() {
    return pageSize;
  }

  /**
   * Whether relocations of a type are relative: they add the load address and name no symbol. Where
   * the type is not listed, every relocation may be one.
   */
  public boolean mayBeRelative(int relocationType) {
    return relativeType == ANY_TYPE || relativeType == relocationType;
  }

  /**
   * Returns the size of a word of DT_HASH in bytes: 8 in 64-bit files of s390 and Alpha (their
   * psABIs), else 4.
   *
   * @param bits the class of the file: 32 or 64
   */
  public int hashWordSize(int bits) {
    return bits == 64 && (this == S390 || this == ALPHA) ? 8 : 4;
  }

  /** Whether r_info of 64-bit files has the symbol in its first four bytes (MIPS psABI). */
  public boolean hasSymbolFirst() {
    return this == MIPS;
  }

  /** Whether the machine is an x86 processor of either class. */
  public boolean isX86() {
    return this == I386 || this == X86_64;
  }

  /** Whether e_flags state ARM's EABI 5 with arguments in floating-point registers. */
  boolean isHardFloatArm(int flags) {
    return this == ARM
        && (flags & EF_ARM_EABI_MASK) == EF_ARM_EABI_VER5
        && (flags & EF_ARM_ABI_FLOAT_HARD) != 0;
  }

  /**
   * Whether files with these e_flags can run in one process: on ARM no mixture of soft and hard
   * float (glibc {@code elf_machine_reject_phdr_p}).
   */
  public boolean flagsAgree(int flags, int others) {
    int mask = this == ARM ? EF_ARM_ABI_FLOAT_SOFT | EF_ARM_ABI_FLOAT_HARD : 0;
    return (flags & mask) == 0 || (others & mask) == 0 || (flags & mask) == (others & mask);
  }
}
