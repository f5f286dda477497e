// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfClass;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Machine;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the ELF header says about the machine a file is for.
 *
 * @param elfClass 32 or 64 bits
 * @param order the byte order of every number in the file
 * @param osAbi EI_OSABI: 0 (System V), 3 (GNU/Linux), ...
 * @param machine e_machine, unsigned
 * @param flags e_flags
 * @param architecture the architecture by its tag name, where the project knows one
 */
public record ElfIdentity(
    ElfClass elfClass,
    ByteOrder order,
    int osAbi,
    int machine,
    int flags,
    Optional<Architecture> architecture) {

  private static final int OSABI_SYSV = 0;
  private static final int OSABI_GNU = 3;

  static ElfIdentity of(ElfImage image) {
    FileHeader header = image.header();
    ElfClass elfClass = image.encoding().elfClass();
    ByteOrder order = image.encoding().order();
    return new ElfIdentity(
        elfClass,
        order,
        header.osAbi(),
        header.machineNumber(),
        header.flags(),
        Architecture.ofHeader(header.machine(), elfClass.bits(), order, header.flags()));
  }

  /**
   * Whether a loader that runs a file of this identity takes the other as its library: same class,
   * byte order and machine, a compatible OS ABI, and on ARM no mixture of soft and hard float
   * (glibc {@code elf_machine_matches_host} and {@code elf_machine_reject_phdr_p}).
   */
  public boolean loads(ElfIdentity other) {
    return elfClass == other.elfClass
        && order == other.order
        && machine == other.machine
        && (osAbi == other.osAbi || isLinux(osAbi) && isLinux(other.osAbi))
        && Machine.of(machine).flagsAgree(flags, other.flags);
  }

  private static boolean isLinux(int osAbi) {
    return osAbi == OSABI_SYSV || osAbi == OSABI_GNU;
  }
}
