// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.platform.Libc;
import dev.jwheel.tags.module.ManylinuxModule;
import dev.jwheel.tags.module.ModuleAnswer;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the platform tags of a system by the letter of PEP 571, "Platform Detection for
 * Installers": what {@code _manylinux} says counts more than the C library, so that a system with
 * an old glibc or with none can declare that it is compatible.
 *
 * <p>Wheels of manylinux1 are taken wherever those of manylinux2010 are; elsewhere PEP 513 decides.
 */
final class Pep571 {
  private static final Set<String> MACHINES = Set.of("x86_64", "i686");

  private final MachineFacts machine;
  private final Optional<LibcVersion> libc;
  private final ManylinuxModule module;

  Pep571(MachineFacts machine, Optional<LibcVersion> libc, ManylinuxModule module) {
    this.machine = machine;
    this.libc = libc;
    this.module = module;
  }

  Platforms platforms() {
    Platforms.Builder platforms = new Platforms.Builder();
    String name = machine.names().get(0);
    ModuleAnswer modern = answer("manylinux2010", 12);
    add(platforms, "manylinux2010_" + name, modern);
    add(
        platforms,
        "manylinux1_" + name,
        modern.kind() == ModuleAnswer.Kind.YES ? modern : answer("manylinux1", 5));
    platforms.support("linux_" + name);
    return platforms.build();
  }

  private static void add(Platforms.Builder platforms, String platform, ModuleAnswer answer) {
    switch (answer.kind()) {
      case YES -> platforms.support(platform);
      case UNKNOWN -> platforms.leaveOpen(platform, answer.reason());
      case NO, SILENT -> platforms.refuse(platform);
    }
  }

  /** Returns what {@code is_NAME_compatible()} of the PEP returns. */
  private ModuleAnswer answer(String name, int minor) {
    if (!MACHINES.contains(machine.kernel())) {
      return new ModuleAnswer(ModuleAnswer.Kind.NO, "");
    }
    ModuleAnswer own = module.attribute(name + "_compatible");
    if (own.kind() != ModuleAnswer.Kind.SILENT) {
      return own;
    }
    boolean glibc =
        libc.filter(found -> found.libc() == Libc.GLIBC)
            .filter(found -> found.major() == 2 && found.minor() >= minor)
            .isPresent();
    return new ModuleAnswer(glibc ? ModuleAnswer.Kind.YES : ModuleAnswer.Kind.NO, "");
  }
}
