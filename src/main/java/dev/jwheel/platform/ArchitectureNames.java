// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.platform;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * The names that an architecture has in tags and paths beside its own.
 *
 * @param multiarch the tuple in Debian's library directories ({@code dpkg-architecture})
 * @param musl the name in musl's loader and path file ({@code LDSO_ARCH})
 * @param littleMultiarch the tuple of little-endian files
 * @param littleMusl musl's name of little-endian files
 * @param android the spelling in Android platform tags; empty where it is the tag name
 * @param platform what {@code $PLATFORM} stands for
 * @param hwcaps the {@code glibc-hwcaps} directories, best first
 * @param abiDirectory the directory below {@code /lib64} of glibc's own {@code slibdir}, or empty
 */
record ArchitectureNames(
    String multiarch,
    String musl,
    String littleMultiarch,
    String littleMusl,
    String android,
    List<String> platform,
    List<String> hwcaps,
    String abiDirectory) {

  static ArchitectureNames names(String multiarch, String musl) {
    return new ArchitectureNames(multiarch, musl, multiarch, musl, "", List.of(), List.of(), "");
  }

  ArchitectureNames little(String newMultiarch, String newMusl) {
    return new ArchitectureNames(
        multiarch, musl, newMultiarch, newMusl, android, platform, hwcaps, abiDirectory);
  }

  ArchitectureNames android(String name) {
    return new ArchitectureNames(
        multiarch, musl, littleMultiarch, littleMusl, name, platform, hwcaps, abiDirectory);
  }

  ArchitectureNames platform(String... names) {
    return new ArchitectureNames(
        multiarch,
        musl,
        littleMultiarch,
        littleMusl,
        android,
        List.of(names),
        hwcaps,
        abiDirectory);
  }

  ArchitectureNames hwcaps(String... directories) {
    return new ArchitectureNames(
        multiarch,
        musl,
        littleMultiarch,
        littleMusl,
        android,
        platform,
        List.of(directories),
        abiDirectory);
  }

  ArchitectureNames abiDirectory(String directory) {
    return new ArchitectureNames(
        multiarch, musl, littleMultiarch, littleMusl, android, platform, hwcaps, directory);
  }

  String multiarch(ByteOrder order) {
    return order == ByteOrder.LITTLE_ENDIAN ? littleMultiarch : multiarch;
  }

  String musl(ByteOrder order) {
    return order == ByteOrder.LITTLE_ENDIAN ? littleMusl : musl;
  }

  /** Returns the name in platform tags of an architecture that goes by another name elsewhere. */
  static String inTags(String name) {
    return switch (name) {
      case "amd64" -> "x86_64";
      case "arm64" -> "aarch64";
      case "i386" -> "i686";
      case "armv8l" -> "armv7l"; // 32-bit systems on 64-bit kernels
      case "ppc64el" -> "ppc64le";
      default -> name;
    };
  }

  /**
   * Returns PT_INTERP of programs: glibc's {@code ld.so} of the psABI, musl's of {@code LDSO_ARCH},
   * Android's linker.
   *
   * @param bits the class: 32 or 64
   */
  Optional<String> interpreter(Libc libc, ByteOrder order, int bits) {
    return switch (libc) {
      case GLIBC -> glibcInterpreter();
      case MUSL -> Optional.of("/lib/ld-musl-" + musl(order) + ".so.1");
      case BIONIC -> Optional.of("/system/bin/linker" + (bits == 64 ? "64" : ""));
    };
  }

  private Optional<String> glibcInterpreter() {
    return switch (multiarch) {
      case "x86_64-linux-gnu" -> Optional.of("/lib64/ld-linux-x86-64.so.2");
      case "i386-linux-gnu" -> Optional.of("/lib/ld-linux.so.2");
      case "aarch64-linux-gnu" -> Optional.of("/lib/ld-linux-aarch64.so.1");
      case "arm-linux-gnueabihf" -> Optional.of("/lib/ld-linux-armhf.so.3");
      case "powerpc64-linux-gnu" -> Optional.of("/lib64/ld64.so.1");
      case "powerpc64le-linux-gnu" -> Optional.of("/lib64/ld64.so.2");
      case "s390x-linux-gnu" -> Optional.of("/lib/ld64.so.1");
      case "riscv64-linux-gnu" -> Optional.of("/lib/ld-linux-riscv64-lp64d.so.1");
      case "loongarch64-linux-gnu" -> Optional.of("/lib64/ld-linux-loongarch-lp64d.so.1");
      default -> Optional.empty();
    };
  }
}
