// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.platform;

/** A C library, and with it a dynamic loader and a family of platform tags. */
public enum Libc {
  /** The GNU C library: manylinux (PEP 513, 571, 599, 600). */
  GLIBC("manylinux", "glibc"),
  /** musl: musllinux (PEP 656). */
  MUSL("musllinux", "musl"),
  /** Android's Bionic: android (PEP 738). */
  BIONIC("android", "Bionic");

  private final String family;
  private final String displayName;

  Libc(String family, String displayName) {
    this.family = family;
    this.displayName = displayName;
  }

  /**
   * Whether a SONAME is that of a library which is part of this C library, its loader among them:
   * where no policy says more, only these are the system's.
   */
  public boolean hasLibrary(String soname) {
    return switch (this) {
      case GLIBC -> isGlibc(soname);
      case MUSL ->
          soname.equals("libc.so")
              || soname.startsWith("libc.musl-")
              || soname.startsWith("ld-musl-");
      case BIONIC ->
          switch (soname) {
            case "libc.so", "libm.so", "libdl.so", "ld-android.so" -> true;
            default -> false;
          };
    };
  }

  /** The libraries that glibc's {@code shlib-versions} lists, without libcrypt, which has left. */
  private static boolean isGlibc(String soname) {
    int end = soname.indexOf(".so.");
    return switch (end < 0 ? "" : soname.substring(0, end)) {
      case "libc",
          "libm",
          "libmvec",
          "libpthread",
          "libdl",
          "librt",
          "libutil",
          "libresolv",
          "libnsl",
          "libanl",
          "libBrokenLocale",
          "libthread_db",
          "ld",
          "ld64" ->
          true;
      default -> soname.startsWith("ld-linux") || soname.startsWith("libnss_");
    };
  }

  /** The first word of this library's platform tags. */
  public String family() {
    return family;
  }

  /** The name people use for it. */
  public String displayName() {
    return displayName;
  }
}
