package dev.jwheel.elf;

import dev.jwheel.platform.Architecture;
import java.util.Optional;

/** Which architecture an ELF header means (e_machine of the gABI and the processor supplements). */
final class Machines {
  private static final int EF_ARM_EABI_MASK = 0xff000000;
  private static final int EF_ARM_EABI_VER5 = 0x05000000;
  private static final int EF_ARM_ABI_FLOAT_HARD = 0x400;

  private Machines() {}

  static Optional<Architecture> architecture(int machine, boolean wide, boolean little, int flags) {
    return switch (machine) {
      case 3 -> when(!wide && little, Architecture.I686);
      case 62 -> when(wide && little, Architecture.X86_64);
      case 183 -> when(wide && little, Architecture.AARCH64);
      case 40 -> arm(wide, little, flags);
      case 21 -> when(wide, little ? Architecture.PPC64LE : Architecture.PPC64);
      case 20 -> when(!wide && !little, Architecture.PPC);
      case 22 -> when(!little, wide ? Architecture.S390X : Architecture.S390);
      case 243 -> when(little, wide ? Architecture.RISCV64 : Architecture.RISCV32);
      case 258 -> when(wide && little, Architecture.LOONGARCH64);
      case 8 -> Optional.of(wide ? Architecture.MIPS64 : Architecture.MIPS);
      case 43 -> when(wide && !little, Architecture.SPARC64);
      case 0x9026 -> when(wide && little, Architecture.ALPHA);
      case 4 -> when(!wide && !little, Architecture.M68K);
      case 15 -> when(!wide && !little, Architecture.PARISC);
      case 42 -> when(!wide && little, Architecture.SH4);
      case 50 -> when(wide && little, Architecture.IA64);
      default -> Optional.empty();
    };
  }

  /**
   * The policies' armv7l is the hard-float EABI 5. Which older core a soft-float file was built for
   * stands in no header, so these count as the oldest.
   */
  private static Optional<Architecture> arm(boolean wide, boolean little, int flags) {
    if (wide || !little) {
      return Optional.empty();
    }
    boolean eabi5 = (flags & EF_ARM_EABI_MASK) == EF_ARM_EABI_VER5;
    boolean hardFloat = (flags & EF_ARM_ABI_FLOAT_HARD) != 0;
    return Optional.of(eabi5 && hardFloat ? Architecture.ARMV7L : Architecture.ARMV5L);
  }

  private static Optional<Architecture> when(boolean condition, Architecture architecture) {
    return condition ? Optional.of(architecture) : Optional.empty();
  }
}
