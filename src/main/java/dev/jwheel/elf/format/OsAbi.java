// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.util.Locale;
import java.util.Optional;

/** The names of EI_OSABI (gABI, "ELF Identification") that patchelf prints and takes. */
public enum OsAbi {
  SYSTEM_V(0, "System V", "system-v", "sysv"),
  HP_UX(1, "HP-UX"),
  NETBSD(2, "NetBSD"),
  LINUX(3, "Linux", "gnu"),
  GNU_HURD(4, "GNU Hurd", "gnu-hurd", "hurd"),
  SOLARIS(6, "Solaris"),
  AIX(7, "AIX"),
  IRIX(8, "IRIX"),
  FREEBSD(9, "FreeBSD"),
  TRU64(10, "Tru64"),
  OPENBSD(12, "OpenBSD"),
  OPENVMS(13, "OpenVMS");

  private final int number;
  private final String title;
  private final String second;
  private final String third;

  OsAbi(int number, String title) {
    this(number, title, title, title);
  }

  OsAbi(int number, String title, String second) {
    this(number, title, second, second);
  }

  OsAbi(int number, String title, String second, String third) {
    this.number = number;
    this.title = title;
    this.second = second;
    this.third = third;
  }

  /** Returns the ABI of a name, in whatever case and with spaces around it. */
  public static Optional<OsAbi> named(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    for (OsAbi abi : values()) {
      if (abi.isCalled(wanted)) {
        return Optional.of(abi);
      }
    }
    return Optional.empty();
  }

  private boolean isCalled(String wanted) {
    return wanted.equals(second)
        || wanted.equals(third)
        || wanted.equals(title.toLowerCase(Locale.ROOT));
  }

  /** Returns the name of a number, or where it has none, the number with two hexadecimal digits. */
  public static String nameOf(int number) {
    for (OsAbi abi : values()) {
      if (abi.number == number) {
        return abi.title;
      }
    }
    String digits = Integer.toHexString(number).toUpperCase(Locale.ROOT);
    return digits.length() == 1 ? "0x0" + digits : "0x" + digits;
  }

  /** Returns EI_OSABI. */
  public int number() {
    return number;
  }
}
