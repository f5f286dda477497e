// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfIdentity;
import dev.jwheel.elf.ElfType;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import java.util.Locale;
import java.util.Optional;

/**
 * Which files a program of one machine can load.
 *
 * <p>A library built for another C library is none of them: a loader would take it, and the process
 * would have two C libraries.
 *
 * @param machine what the program's ELF header says
 * @param libc the program's C library
 */
record Compatibility(ElfIdentity machine, Libc libc) {

  /** Why the loader does not take a file as a library; empty if it does. */
  Optional<String> objection(ElfBinary elf) {
    if (!machine.loads(elf.identity())) {
      return Optional.of(difference(elf.identity(), machine));
    }
    if (elf.type() != ElfType.SHARED) {
      return Optional.of(
          switch (elf.type()) {
            case RELOCATABLE -> "an object file, not a shared library";
            case EXECUTABLE -> "a program at fixed addresses, not a shared library";
            default -> "not a shared library";
          });
    }
    if (!elf.dynamic()) {
      return Optional.of("without a dynamic section");
    }
    return LibcDetection.detect(elf)
        .filter(other -> other != libc)
        .map(other -> "built for " + other.displayName() + ", not " + libc.displayName());
  }

  private static String difference(ElfIdentity own, ElfIdentity wanted) {
    String name = name(own);
    return name.equals(name(wanted))
        ? "for another ABI: " + abi(own) + ", not " + abi(wanted)
        : "for " + name + ", not " + name(wanted);
  }

  private static String name(ElfIdentity identity) {
    return identity
        .architecture()
        .map(Architecture::tagName)
        .orElse("machine " + identity.machine());
  }

  private static String abi(ElfIdentity identity) {
    return identity.elfClass()
        + " "
        + identity.order().toString().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ", OS ABI "
        + identity.osAbi()
        + ", flags 0x"
        + Integer.toHexString(identity.flags());
  }
}
