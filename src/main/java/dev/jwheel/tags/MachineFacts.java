// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.elf.ElfIdentity;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Machine;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The machine that a program runs on.
 *
 * @param kernel its name by the kernel: {@code uname -m}
 * @param names its names in platform tags, best first; the first is that of {@code linux_NAME}
 * @param manylinux whether manylinux tags speak of programs like it
 */
record MachineFacts(String kernel, List<String> names, boolean manylinux) {
  private static final int NARROW = 32;
  private static final String ARMV7L = "armv7l";
  private static final String ARMV8L = "armv8l";
  private static final String I686 = "i686";

  /** The others than the two of 32 bits, by PEP 599, 600 and {@code packaging}. */
  private static final Set<String> MANYLINUX =
      Set.of("x86_64", "aarch64", "ppc64", "ppc64le", "s390x", "loongarch64", "riscv64");

  MachineFacts {
    names = List.copyOf(names);
  }

  /**
   * The machine by a program's header and a kernel's name: a 32-bit program sees the name of the
   * 64-bit kernel that it runs on.
   */
  static MachineFacts of(ElfIdentity program, Optional<String> kernel) {
    String name = kernel.orElseGet(() -> usualKernel(program));
    boolean narrow = program.elfClass().bits() == NARROW;
    String own =
        switch (name) {
          case "x86_64" -> narrow ? I686 : name;
          case "aarch64" -> narrow ? ARMV8L : name;
          default -> name;
        };
    List<String> names = own.equals(ARMV8L) ? List.of(ARMV8L, ARMV7L) : List.of(own);
    return new MachineFacts(name, names, isManylinux(program, names));
  }

  /** No header states an ARM core; all that have the kernels of today are of this name. */
  private static String usualKernel(ElfIdentity program) {
    Optional<Architecture> architecture = program.architecture();
    if (architecture.isPresent() && architecture.get().machine() == Machine.ARM) {
      return ARMV7L;
    }
    return architecture
        .map(Architecture::tagName)
        .orElseGet(() -> Machine.nameOf(program.machine()).replace(' ', '_'));
  }

  private static boolean isManylinux(ElfIdentity program, List<String> names) {
    Optional<Architecture> header = program.architecture();
    if (names.contains(ARMV7L)) {
      return header.equals(Optional.of(Architecture.ARMV7L));
    }
    if (names.contains(I686)) {
      return header.equals(Optional.of(Architecture.I686));
    }
    return MANYLINUX.contains(names.get(0));
  }
}
