package dev.jwheel.platform;

import java.util.Optional;

/**
 * A processor architecture, by the name that {@code os.uname().machine} and so the platform tags of
 * PEP 425, 600 and 656 use for it.
 *
 * <p>Some architectures carry an instruction-set level above their baseline ({@code x86_64_v3});
 * policies are stated for {@link #baseline()}.
 */
public enum Architecture {
  X86_64("x86_64"),
  X86_64_V2("x86_64_v2"),
  X86_64_V3("x86_64_v3"),
  X86_64_V4("x86_64_v4"),
  I686("i686"),
  AARCH64("aarch64"),
  ARMV7L("armv7l"),
  ARMV6L("armv6l"),
  ARMV5L("armv5l"),
  ARMV8L("armv8l"),
  PPC64LE("ppc64le"),
  PPC64("ppc64"),
  PPC("ppc"),
  S390X("s390x"),
  S390("s390"),
  RISCV64("riscv64"),
  RISCV32("riscv32"),
  LOONGARCH64("loongarch64"),
  MIPS64("mips64"),
  MIPS("mips"),
  SPARC64("sparc64"),
  ALPHA("alpha"),
  M68K("m68k"),
  PARISC("parisc"),
  SH4("sh4"),
  IA64("ia64");

  private final String tagName;

  Architecture(String tagName) {
    this.tagName = tagName;
  }

  /** The spelling in manylinux, musllinux and linux platform tags, such as {@code ppc64le}. */
  public String tagName() {
    return tagName;
  }

  /** The spelling in Android platform tags (PEP 738), such as {@code arm64_v8a}. */
  public String androidName() {
    return switch (this) {
      case AARCH64 -> "arm64_v8a";
      case ARMV7L -> "armeabi_v7a";
      case I686 -> "x86";
      default -> tagName;
    };
  }

  /** The architecture without its instruction-set level: {@code x86_64} for {@code x86_64_v3}. */
  public Architecture baseline() {
    return switch (this) {
      case X86_64_V2, X86_64_V3, X86_64_V4 -> X86_64;
      default -> this;
    };
  }

  /** The x86-64 micro-architecture level that a tag of this name promises, 1 for every baseline. */
  public int level() {
    return switch (this) {
      case X86_64_V2 -> 2;
      case X86_64_V3 -> 3;
      case X86_64_V4 -> 4;
      default -> 1;
    };
  }

  /** The architecture spelled so in a manylinux, musllinux, linux or Android tag. */
  public static Optional<Architecture> ofTagName(String name) {
    for (Architecture architecture : values()) {
      if (architecture.tagName.equals(name) || architecture.androidName().equals(name)) {
        return Optional.of(architecture);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return tagName;
  }
}
