package dev.jwheel.link;

import dev.jwheel.elf.ElfIdentity;
import dev.jwheel.elf.format.ElfClass;
import dev.jwheel.platform.Architecture;
import java.nio.ByteOrder;
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

  private boolean little() {
    return identity.order() == ByteOrder.LITTLE_ENDIAN;
  }

  /** The multiarch tuple, such as {@code x86_64-linux-gnu} (Debian's {@code dpkg-architecture}). */
  Optional<String> multiarch() {
    return architecture().map(this::multiarch);
  }

  private String multiarch(Architecture architecture) {
    return switch (architecture) {
      case I686 -> "i386-linux-gnu";
      case ARMV7L -> "arm-linux-gnueabihf";
      case ARMV5L, ARMV6L, ARMV8L -> "arm-linux-gnueabi";
      case PPC64LE -> "powerpc64le-linux-gnu";
      case PPC64 -> "powerpc64-linux-gnu";
      case PPC -> "powerpc-linux-gnu";
      case MIPS64 -> little() ? "mips64el-linux-gnuabi64" : "mips64-linux-gnuabi64";
      case MIPS -> little() ? "mipsel-linux-gnu" : "mips-linux-gnu";
      case PARISC -> "hppa-linux-gnu";
      default -> architecture.baseline().tagName() + "-linux-gnu";
    };
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
    if (architecture().isEmpty()) {
      return List.of();
    }
    return switch (architecture().get()) {
      case X86_64, I686, AARCH64 -> List.of(architecture().get().tagName());
      case ARMV7L -> List.of("v7l", "v8l");
      case LOONGARCH64 -> List.of("loongarch");
      default -> List.of();
    };
  }

  /**
   * The directories built into glibc's loader: {@code slibdir} and {@code libdir} of its build,
   * which are {@code /lib64} upstream, {@code /lib} on 32-bit machines, and the multiarch
   * directories on Debian. One of them is right for any one distribution.
   */
  List<String> glibcDirectories() {
    List<String> directories = new ArrayList<>();
    multiarch().ifPresent(tuple -> addBoth(directories, "/lib/" + tuple));
    if (architecture().filter(Architecture.RISCV64::equals).isPresent()) {
      addBoth(directories, "/lib64/lp64d");
    }
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
    return architecture().map(this::muslName);
  }

  private String muslName(Architecture architecture) {
    return switch (architecture) {
      case I686 -> "i386";
      case ARMV7L -> "armhf";
      case ARMV5L, ARMV6L, ARMV8L -> "arm";
      case PPC64LE -> "powerpc64le";
      case PPC64 -> "powerpc64";
      case PPC -> "powerpc";
      case MIPS64 -> little() ? "mips64el" : "mips64";
      case MIPS -> little() ? "mipsel" : "mips";
      case SH4 -> "sh";
      default -> architecture.baseline().tagName();
    };
  }

  /**
   * The {@code glibc-hwcaps} directories for processors above the baseline, best first (glibc
   * {@code _dl_hwcaps_subdirs}).
   */
  List<String> hwcaps() {
    if (architecture().isEmpty()) {
      return List.of();
    }
    return switch (architecture().get()) {
      case X86_64 -> List.of("x86-64-v4", "x86-64-v3", "x86-64-v2");
      case PPC64LE -> List.of("power11", "power10", "power9");
      case S390X -> List.of("z17", "z16", "z15", "z14", "z13");
      default -> List.of();
    };
  }
}
