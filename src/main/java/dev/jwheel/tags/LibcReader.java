// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.io.ByteSource;
import dev.jwheel.link.DependencyResolver;
import dev.jwheel.link.LibcDetection;
import dev.jwheel.link.LoadedObject;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.platform.Libc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the version of the C library that a program is loaded with, in that library's file. */
final class LibcReader {
  private static final String SUBJECT = "C library";
  private static final int MAX_SIZE = 64 << 20;
  private static final String BANNER = "GNU C Library";
  private static final String RELEASE = " release version ";
  private static final int BANNER_LENGTH = 400;

  private final SystemTree system;
  private final Steps steps;

  LibcReader(SystemTree system, Steps steps) {
    this.system = system;
    this.steps = steps;
  }

  /** Returns the version; empty where tags speak of none such. */
  Optional<LibcVersion> read(LibraryFile.Library program) {
    Optional<Libc> libc =
        LibcDetection.detect(program.elf())
            .or(() -> program.elf().dynamic() ? system.libc() : Optional.empty());
    if (libc.isEmpty()) {
      steps.add(SUBJECT, "unknown", program.realPath() + " is linked statically");
      return Optional.empty();
    }
    return switch (libc.get()) {
      case GLIBC -> glibc(program);
      case MUSL -> musl(program);
      case BIONIC -> bionic();
    };
  }

  private Optional<LibcVersion> glibc(LibraryFile.Library program) {
    for (LoadedObject object :
        new DependencyResolver(LoaderOptions.of(system))
            .resolve(system, program, Libc.GLIBC)
            .objects()) {
      Optional<String> soname = object.elf().soname();
      if (soname.isPresent() && soname.get().startsWith("libc.so.6")) {
        return glibc(object);
      }
    }
    steps.add(SUBJECT, "glibc of unknown version", "no libc.so.6 is loaded");
    return Optional.empty();
  }

  /** The version in the text that the library prints when it is run, else of its newest symbol. */
  private Optional<LibcVersion> glibc(LoadedObject library) {
    Optional<LibcVersion> printed = banner(content(library.realPath()));
    if (printed.isPresent()) {
      return found(printed.get(), library.realPath());
    }
    Optional<LibcVersion> newest = Optional.empty();
    for (String name : library.elf().versionDefinitions()) {
      Optional<LibcVersion> version =
          name.startsWith("GLIBC_") ? version(Libc.GLIBC, name.substring(6)) : Optional.empty();
      if (version.isPresent()
          && (newest.isEmpty()
              || version.get().isAtLeast(newest.get().major(), newest.get().minor()))) {
        newest = version;
      }
    }
    return newest.isPresent()
        ? found(newest.get(), library.realPath() + ", its newest symbol version")
        : unknown(Libc.GLIBC, library.realPath());
  }

  private static Optional<LibcVersion> banner(String content) {
    for (int at = content.indexOf(BANNER); at >= 0; at = content.indexOf(BANNER, at + 1)) {
      int end = Math.min(content.length(), at + BANNER_LENGTH);
      int release = content.substring(at, end).indexOf(RELEASE);
      if (release >= 0) {
        int start = at + release + RELEASE.length();
        return version(
            Libc.GLIBC, content.substring(start, Math.min(content.length(), start + 20)));
      }
    }
    return Optional.empty();
  }

  private Optional<LibcVersion> musl(LibraryFile.Library program) {
    String path = program.elf().interpreter().orElse("");
    if (!path.contains("musl")) {
      return unknown(Libc.MUSL, program.realPath() + " names no loader of musl");
    }
    Optional<LibcVersion> version = muslVersion(content(path));
    return version.isPresent() ? found(version.get(), path) : unknown(Libc.MUSL, path);
  }

  /** musl keeps its version in a string that is nothing else; its loader prints it. */
  private static Optional<LibcVersion> muslVersion(String content) {
    if (!content.contains("musl libc (")) {
      return Optional.empty();
    }
    for (int at = content.indexOf("\0001."); at >= 0; at = content.indexOf("\0001.", at + 1)) {
      int end = content.indexOf('\0', at + 1);
      String text = end < 0 ? "" : content.substring(at + 1, Math.min(end, at + 40));
      if (isMuslVersion(text)) {
        return version(Libc.MUSL, text);
      }
    }
    return Optional.empty();
  }

  /** Three numbers, with a commit behind them in builds from the repository. */
  private static boolean isMuslVersion(String text) {
    int git = text.indexOf("-git-");
    String[] numbers = (git < 0 ? text : text.substring(0, git)).split("\\.", -1);
    for (String number : numbers) {
      if (number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return false;
      }
    }
    return numbers.length == 3;
  }

  private Optional<LibcVersion> bionic() {
    String path = "/system/build.prop";
    String key = "\nro.build.version.sdk=";
    try {
      String text = "\n" + SmallTextFile.of(system, path);
      int at = text.indexOf(key);
      Optional<LibcVersion> level =
          at < 0 ? Optional.empty() : version(Libc.BIONIC, text.substring(at + key.length()));
      return level.isPresent() ? found(level.get(), path) : unknown(Libc.BIONIC, path);
    } catch (IOException e) {
      return unknown(Libc.BIONIC, String.valueOf(e.getMessage()));
    }
  }

  private Optional<LibcVersion> found(LibcVersion version, String source) {
    steps.add(SUBJECT, version.toString(), source);
    return Optional.of(version);
  }

  private Optional<LibcVersion> unknown(Libc libc, String source) {
    steps.add(SUBJECT, libc.displayName() + " of unknown version", source);
    return Optional.empty();
  }

  /** Reads {@code MAJOR.MINOR} at the start of a text, of Bionic one number. */
  private static Optional<LibcVersion> version(Libc libc, String text) {
    int dot = digits(text, 0);
    int major = number(text.substring(0, dot));
    if (libc == Libc.BIONIC) {
      return major < 0 ? Optional.empty() : Optional.of(new LibcVersion(libc, major, 0));
    }
    if (dot == text.length() || text.charAt(dot) != '.') {
      return Optional.empty();
    }
    int minor = number(text.substring(dot + 1, digits(text, dot + 1)));
    return major < 0 || minor < 0
        ? Optional.empty()
        : Optional.of(new LibcVersion(libc, major, minor));
  }

  private static int digits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** No version has numbers of four digits: lists of tags would become long. */
  private static int number(String digits) {
    return digits.isEmpty() || digits.length() > 3 ? -1 : Integer.parseInt(digits);
  }

  /** The bytes of a file, each a character; nothing of one that cannot be read or is too large. */
  private String content(String path) {
    try {
      ByteSource content = system.content(path);
      if (content.size() > MAX_SIZE) {
        return "";
      }
      ByteBuffer bytes = content.slice(0, (int) content.size());
      return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
