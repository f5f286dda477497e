// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfIdentity;
import dev.jwheel.elf.format.ElfClass;
import dev.jwheel.platform.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names that a machine's loaders and distributions use in paths.
 *
 * @param identity what the ELF header says of the machine
 */
record LoaderNames(ElfIdentity identity) {

  private Optional<Architecture> architecture() {
    return identity.architecture();
  }

  private boolean wide() {
    return identity.elfClass() == ElfClass.ELF64;
  }

  /** The multiarch tuple, such as {@code x86_64-linux-gnu} (Debian's {@code dpkg-architecture}). */
  Optional<String> multiarch() {
    return architecture().map(architecture -> architecture.multiarch(identity.order()));
  }

  /**
   * What {@code $LIB} stands for: a distribution builds its loader with one of these names (glibc
   * {@code DL_DST_LIB}, from {@code slibdir}).
   */
  List<String> lib() {
    List<String> names = new ArrayList<>();
    if (wide()) {
      names.add("lib64");
    }
    names.add("lib");
    multiarch().ifPresent(tuple -> names.add("lib/" + tuple));
    return names;
  }

  /**
   * What {@code $PLATFORM} stands for, where it is the same on every processor of the architecture
   * (AT_PLATFORM of getauxval(3)); on others it names the processor.
   */
  List<String> platform() {
    return architecture().map(Architecture::platformNames).orElse(List.of());
  }

  /**
   * The directories built into glibc's loader: {@code slibdir} and {@code libdir} of its build,
   * which are {@code /lib64} upstream, {@code /lib} on 32-bit machines, and the multiarch
   * directories on Debian. One of them is right for any one distribution.
   */
  List<String> glibcDirectories() {
    List<String> directories = new ArrayList<>();
    multiarch().ifPresent(tuple -> addBoth(directories, "/lib/" + tuple));
    architecture()
        .flatMap(Architecture::abiDirectory)
        .ifPresent(name -> addBoth(directories, "/lib64/" + name));
    if (wide()) {
      addBoth(directories, "/lib64");
    }
    addBoth(directories, "/lib");
    return directories;
  }

  private static void addBoth(List<String> directories, String directory) {
    directories.add(directory);
    directories.add("/usr" + directory);
  }

  /** Bionic's default directories ({@code kDefaultLdPaths} of linker.cpp). */
  List<String> bionicDirectories() {
    String lib = wide() ? "lib64" : "lib";
    return List.of("/system/" + lib, "/odm/" + lib, "/vendor/" + lib);
  }

  /** The architecture in the names of musl's loader and path file ({@code LDSO_ARCH}). */
  Optional<String> muslName() {
    return architecture().map(architecture -> architecture.muslName(identity.order()));
  }

  /**
   * The {@code glibc-hwcaps} directories for processors above the baseline, best first (glibc
   * {@code _dl_hwcaps_subdirs}).
   */
  List<String> hwcaps() {
    return architecture().map(Architecture::hwcaps).orElse(List.of());
  }
}
