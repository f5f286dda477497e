// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.tags.module.ManylinuxModule;
import dev.jwheel.tags.module.ModuleAnswer;
import java.util.Optional;

/**
 * Finds the platform tags of a system by PEP 600, 656 and 738, in the order of {@code packaging}
 * 26.4: {@code linux_NAME} first, then the newest C library.
 */
final class PlatformRules {
  private static final int LAST_MINOR = 50; // of a major version of glibc that has ended
  private static final int FIRST_ANDROID = 16;

  private final MachineFacts machine;
  private final Optional<LibcVersion> libc;
  private final ManylinuxModule module;

  PlatformRules(MachineFacts machine, Optional<LibcVersion> libc, ManylinuxModule module) {
    this.machine = machine;
    this.libc = libc;
    this.module = module;
  }

  Platforms platforms() {
    Platforms.Builder platforms = new Platforms.Builder();
    if (libc.isPresent() && libc.get().libc() == Libc.BIONIC) {
      addAndroid(platforms, libc.get().major());
      return platforms.build();
    }
    machine.names().forEach(name -> platforms.support("linux_" + name));
    if (libc.isPresent() && libc.get().libc() == Libc.GLIBC && machine.manylinux()) {
      for (String name : machine.names()) {
        addManylinux(platforms, libc.get(), name);
      }
    } else if (libc.isPresent() && libc.get().libc() == Libc.MUSL) {
      for (String name : machine.names()) {
        for (int minor = libc.get().minor(); minor >= 0; minor--) {
          platforms.support("musllinux_" + libc.get().major() + "_" + minor + "_" + name);
        }
      }
    }
    return platforms.build();
  }

  private void addAndroid(Platforms.Builder platforms, int level) {
    String name =
        Architecture.ofTagName(machine.names().get(0))
            .map(Architecture::androidName)
            .orElse(machine.names().get(0));
    for (int older = level; older >= FIRST_ANDROID; older--) {
      platforms.support("android_" + older + "_" + name);
    }
  }

  /** Returns the oldest glibc 2 that tags of an architecture speak of: that of its first PEP. */
  static int firstMinor(String architecture) {
    return architecture.equals("x86_64") || architecture.equals("i686") ? 5 : 17;
  }

  private void addManylinux(Platforms.Builder platforms, LibcVersion glibc, String name) {
    for (int major = glibc.major(); major >= 2; major--) {
      int newest = major == glibc.major() ? glibc.minor() : LAST_MINOR;
      int oldest = major == 2 ? firstMinor(machine.names().get(0)) : 0;
      for (int minor = newest; minor >= oldest; minor--) {
        add(platforms, major, minor, name);
      }
    }
  }

  private void add(Platforms.Builder platforms, int major, int minor, String name) {
    String platform = "manylinux_" + major + "_" + minor + "_" + name;
    Optional<String> alias = PlatformTag.parse(platform).alias();
    ModuleAnswer answer = answer(major, minor, name, alias);
    switch (answer.kind()) {
      case NO -> {
        platforms.refuse(platform);
        alias.ifPresent(platforms::refuse);
      }
      case UNKNOWN -> {
        platforms.leaveOpen(platform, answer.reason());
        alias.ifPresent(old -> platforms.leaveOpen(old, answer.reason()));
      }
      case YES, SILENT -> {
        platforms.support(platform);
        alias.ifPresent(platforms::support);
      }
    }
  }

  /** The function of PEP 600, or else the attribute of the PEP that the old name is from. */
  private ModuleAnswer answer(int major, int minor, String name, Optional<String> alias) {
    return module.hasFunction() || alias.isEmpty()
        ? module.compatible(major, minor, name)
        : module.attribute(alias.get().substring(0, alias.get().indexOf('_')) + "_compatible");
  }
}
