// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.LibraryLocation;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.io.Parallel;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The names that the grafted libraries of one wheel get: {@code libbar-0b2f2c61.so.1.2.3} for
 * {@code libbar.so.1.2.3}.
 */
final class GraftNames {
  private static final int HASH_DIGITS = 8;

  private final GraftPlaces places;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> digests = new HashMap<>();
  private final Map<String, String> digestOfName = new HashMap<>();
  private final Set<String> present = new HashSet<>();
  private final ReasonCollector reasons;

  private GraftNames(GraftPlaces places, ReasonCollector reasons) {
    this.places = places;
    this.reasons = reasons;
  }

  /**
   * Names the libraries to graft into a wheel.
   *
   * @param reasons takes why a name cannot be given
   */
  static GraftNames of(
      DependencyClosure closure,
      GraftPlaces places,
      WheelArchive wheel,
      AuditReport report,
      ReasonCollector reasons)
      throws IOException {
    GraftNames names = new GraftNames(places, reasons);
    List<LibraryLocation.Outside> libraries = List.copyOf(closure.libraries().values());
    List<String> digests = Parallel.map(libraries, GraftNames::digest);
    for (int i = 0; i < libraries.size(); i++) {
      names.add(libraries.get(i).realPath(), digests.get(i), wheel, report);
    }
    return names;
  }

  /**
   * Returns the name of a copied library: the beginning of its content's hash behind the part
   * before the first dot, unless it stands there already. No two contents share a name, so no
   * wheel's library is taken for another's.
   *
   * @param fileName the name of the real file
   * @param sha256 the SHA-256 of its content in hexadecimal digits
   */
  static String withHash(String fileName, String sha256) {
    int dot = fileName.indexOf('.');
    String base = dot < 0 ? fileName : fileName.substring(0, dot);
    String rest = dot < 0 ? "" : fileName.substring(dot);
    String hash = "-" + sha256.substring(0, HASH_DIGITS);
    return base.endsWith(hash) ? fileName : base + hash + rest;
  }

  private static String digest(LibraryLocation.Outside library) throws IOException {
    return Digest.sha256Hex(library.system().content(library.realPath()));
  }

  private void add(String path, String sha256, WheelArchive wheel, AuditReport report) {
    String name = withHash(path.substring(path.lastIndexOf('/') + 1), sha256);
    digests.put(path, sha256);
    names.put(path, name);
    String other = digestOfName.putIfAbsent(name, sha256);
    if (other != null && !other.equals(sha256)) {
      reasons.add(path + " and another library would both be called " + name);
    }
    if (name.indexOf('\\') >= 0) {
      reasons.add(path + " has a backslash in its name, which no member of a wheel may have");
    }
    for (LibraryDirectory directory : places.ofLibrary(path)) {
      String member = directory.member(name);
      if (wheel.zip().find(member).isPresent()) {
        lookAt(member, path, name, report);
      }
    }
  }

  /** A library of this name was made of the same content by an earlier repair. */
  private void lookAt(String member, String path, String name, AuditReport report) {
    Optional<ElfMember> elf =
        report.members().stream().filter(file -> file.path().equals(member)).findFirst();
    if (elf.isPresent()
        && elf.get().elf().soname().equals(Optional.of(ElfStrings.ofFileName(name)))) {
      present.add(member);
    } else {
      reasons.add(member + " is in the wheel and is not the copy of " + path + " of that name");
    }
  }

  /** The file name of a library's copy. */
  String of(String realPath) {
    return Objects.requireNonNull(names.get(realPath));
  }

  /** The SHA-256 of a library's content. */
  String digest(String realPath) {
    return Objects.requireNonNull(digests.get(realPath));
  }

  /** Whether the wheel has a copy already, by the member that it is. */
  boolean isPresent(String member) {
    return present.contains(member);
  }
}
