// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.VersionNeed;
import dev.jwheel.link.tree.TreePath;
import dev.jwheel.platform.Libc;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Tells for which C library a file was built. */
public final class LibcDetection {
  private static final String CPYTHON = "cpython-";
  private static final int FIRST_EXACT_MINOR = 11;
  private static final String LINUX = "-linux-";
  private static final Set<String> ANDROID = Set.of("android", "androideabi");
  private static final Set<String> MUSL =
      Set.of("musl", "musleabi", "musleabihf", "muslabi64", "muslabin32", "muslx32");
  private static final Set<String> GNU =
      Set.of("gnu", "gnueabi", "gnueabihf", "gnuabi64", "gnuabin32", "gnux32", "gnuf32", "gnusf");

  private LibcDetection() {}

  /**
   * The C library by what the file itself says: its interpreter, else the libraries and versions it
   * needs and the name it has. Empty if it says nothing, or names two.
   */
  public static Optional<Libc> detect(ElfBinary elf) {
    Optional<Libc> interpreter = elf.interpreter().flatMap(LibcDetection::ofInterpreter);
    if (interpreter.isPresent()) {
      return interpreter;
    }
    Set<Libc> named = EnumSet.noneOf(Libc.class);
    elf.soname().flatMap(LibcDetection::ofLibrary).ifPresent(named::add);
    elf.needed().forEach(needed -> ofLibrary(needed).ifPresent(named::add));
    elf.versionNeeds().forEach(need -> ofVersions(need).ifPresent(named::add));
    if (named.isEmpty() && elf.needed().contains("libc.so")) {
      return Optional.of(Libc.MUSL);
    }
    return named.size() == 1 ? Optional.of(named.iterator().next()) : Optional.empty();
  }

  /**
   * The C library by {@link #detect(ElfBinary)}, else by the platform triplet in an extension
   * module's file name, such as {@code m.cpython-312-x86_64-linux-musl.so}. Before CPython 3.11 the
   * triplet says {@code gnu} on musl too, so there it proves nothing.
   */
  public static Optional<Libc> detect(ElfBinary elf, String fileName) {
    Optional<Libc> own = detect(elf);
    return own.isPresent() ? own : ofFileName(TreePath.baseName(fileName));
  }

  private static Optional<Libc> ofInterpreter(String path) {
    String name = TreePath.baseName(path);
    if (name.startsWith("ld-musl-")) {
      return Optional.of(Libc.MUSL);
    }
    if (name.equals("linker") || name.equals("linker64")) {
      return Optional.of(Libc.BIONIC);
    }
    return name.startsWith("ld-linux") || name.startsWith("ld64.so.") || name.startsWith("ld.so.")
        ? Optional.of(Libc.GLIBC)
        : Optional.empty();
  }

  private static Optional<Libc> ofLibrary(String name) {
    if (name.startsWith("libc.musl-") || name.startsWith("ld-musl-")) {
      return Optional.of(Libc.MUSL);
    }
    return name.equals("libc.so.6")
            || name.equals("libc.so.6.1")
            || name.startsWith("ld-linux")
            || name.startsWith("ld64.so.")
        ? Optional.of(Libc.GLIBC)
        : Optional.empty();
  }

  /**
   * Bionic's libc.so defines the version LIBC; musl's defines none. libgcc defines GLIBC_2.0 for
   * its frame functions whatever the libc, and a grafted copy of it still has that name's start.
   */
  private static Optional<Libc> ofVersions(VersionNeed need) {
    if (need.file().startsWith("libgcc_s")) {
      return Optional.empty();
    }
    for (VersionNeed.NeededVersion version : need.versions()) {
      if (version.name().startsWith("GLIBC_")) {
        return Optional.of(Libc.GLIBC);
      }
      if (version.name().equals("LIBC")) {
        return Optional.of(Libc.BIONIC);
      }
    }
    return Optional.empty();
  }

  private static Optional<Libc> ofFileName(String name) {
    String environment = environment(name);
    if (ANDROID.contains(environment)) {
      return Optional.of(Libc.BIONIC);
    }
    if (MUSL.contains(environment)) {
      return Optional.of(Libc.MUSL);
    }
    return GNU.contains(environment) && cpythonMinor(name) >= FIRST_EXACT_MINOR
        ? Optional.of(Libc.GLIBC)
        : Optional.empty();
  }

  /** The last part of the triplet: {@code gnu} for {@code m.cpython-312-x86_64-linux-gnu.so}. */
  private static String environment(String name) {
    int start = name.lastIndexOf(LINUX);
    return start >= 0 && name.endsWith(".so")
        ? name.substring(start + LINUX.length(), name.length() - ".so".length())
        : "";
  }

  /** 12 for {@code m.cpython-312-x86_64-linux-gnu.so}; -1 where there is no such part. */
  private static int cpythonMinor(String name) {
    int tag = name.lastIndexOf('.', name.length() - ".so".length() - 1) + 1;
    if (!name.startsWith(CPYTHON + "3", tag)) {
      return -1;
    }
    int minor = 0;
    int digits = tag + CPYTHON.length() + 1;
    for (int at = digits; at < name.length() && at < digits + 3; at++) {
      char c = name.charAt(at);
      if (c < '0' || c > '9') {
        break;
      }
      minor = 10 * minor + (c - '0');
    }
    return minor;
  }
}
