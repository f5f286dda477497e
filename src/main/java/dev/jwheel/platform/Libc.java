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

  /** The first word of this library's platform tags. */
  public String family() {
    return family;
  }

  /** The name people use for it. */
  public String displayName() {
    return displayName;
  }
}
