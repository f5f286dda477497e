package dev.jwheel.platform;

import java.nio.ByteOrder;
import java.util.List;

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
 * @param interpreter PT_INTERP of programs for glibc, or empty
 */
record ArchitectureNames(
    String multiarch,
    String musl,
    String littleMultiarch,
    String littleMusl,
    String android,
    List<String> platform,
    List<String> hwcaps,
    String abiDirectory,
    String interpreter) {

  static ArchitectureNames names(String multiarch, String musl) {
    return new ArchitectureNames(
        multiarch, musl, multiarch, musl, "", List.of(), List.of(), "", "");
  }

  ArchitectureNames little(String newMultiarch, String newMusl) {
    return new ArchitectureNames(
        multiarch,
        musl,
        newMultiarch,
        newMusl,
        android,
        platform,
        hwcaps,
        abiDirectory,
        interpreter);
  }

  ArchitectureNames android(String name) {
    return new ArchitectureNames(
        multiarch,
        musl,
        littleMultiarch,
        littleMusl,
        name,
        platform,
        hwcaps,
        abiDirectory,
        interpreter);
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
        abiDirectory,
        interpreter);
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
        abiDirectory,
        interpreter);
  }

  ArchitectureNames abiDirectory(String directory) {
    return new ArchitectureNames(
        multiarch,
        musl,
        littleMultiarch,
        littleMusl,
        android,
        platform,
        hwcaps,
        directory,
        interpreter);
  }

  ArchitectureNames interpreter(String path) {
    return new ArchitectureNames(
        multiarch,
        musl,
        littleMultiarch,
        littleMusl,
        android,
        platform,
        hwcaps,
        abiDirectory,
        path);
  }

  String multiarch(ByteOrder order) {
    return order == ByteOrder.LITTLE_ENDIAN ? littleMultiarch : multiarch;
  }

  String musl(ByteOrder order) {
    return order == ByteOrder.LITTLE_ENDIAN ? littleMusl : musl;
  }
}
