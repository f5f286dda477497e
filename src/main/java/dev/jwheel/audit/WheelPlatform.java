// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.audit.MemberScanner.Scanned;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.link.LibcDetection;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The architecture and the C library a wheel is for: by its name where that says so, else by its
 * files.
 */
final class WheelPlatform {
  private final List<PlatformTag> tags;
  private final List<Scanned.ReadableFile> files = new ArrayList<>();

  WheelPlatform(List<PlatformTag> tags, List<Scanned> files) {
    this.tags = tags;
    for (Scanned file : files) {
      if (file instanceof Scanned.ReadableFile readable) {
        this.files.add(readable);
      }
    }
  }

  /**
   * The architectures that the wheel's tags name, or else those of its files: one, if all agree.
   */
  Set<Architecture> architectures() {
    Set<Architecture> named = new LinkedHashSet<>();
    for (PlatformTag tag : tags) {
      tag.architecture().ifPresent(named::add);
    }
    return named.size() == 1 ? named : ofFiles();
  }

  private Set<Architecture> ofFiles() {
    Set<Architecture> found = new LinkedHashSet<>();
    for (Scanned.ReadableFile file : files) {
      file.elf().identity().architecture().ifPresent(found::add);
    }
    return found;
  }

  /** The names of the machines that the files are for, in archive order. */
  Set<String> machines() {
    Set<String> machines = new LinkedHashSet<>();
    files.forEach(file -> machines.add(SkippedFile.machine(file.elf())));
    return machines;
  }

  /** Whether a file can be meant for an architecture that a tag names. */
  static boolean isFor(Architecture architecture, ElfBinary elf) {
    return elf.identity().architecture().filter(architecture::mayHold).isPresent();
  }

  /** The C library, empty where neither the name nor any file tells. */
  Optional<Libc> libc() {
    Set<Libc> named = new LinkedHashSet<>();
    for (PlatformTag tag : tags) {
      tag.libc().ifPresent(named::add);
    }
    return named.size() == 1 ? Optional.of(named.iterator().next()) : mostFrequent();
  }

  /**
   * Whether files fit glibc and musl alike: none says for which it is made, and what they need is
   * among them. So are static programs, which bring their C library or need none.
   */
  static boolean fitBoth(List<ElfMember> files) {
    Set<String> names = new HashSet<>();
    for (ElfMember file : files) {
      names.add(file.baseName());
      file.elf().soname().ifPresent(names::add);
    }
    for (ElfMember file : files) {
      if (LibcDetection.detect(file.elf(), file.path()).isPresent()
          || file.elf().interpreter().isPresent()
          || !names.containsAll(file.elf().needed())) {
        return false;
      }
    }
    return !files.isEmpty();
  }

  /** Whether a tag in the file name is for a C library that is neither glibc nor musl. */
  boolean namesAnother() {
    return tags.stream().anyMatch(tag -> tag.libc().equals(Optional.of(Libc.BIONIC)));
  }

  private Optional<Libc> mostFrequent() {
    Map<Libc, Integer> counts = new EnumMap<>(Libc.class);
    for (Scanned.ReadableFile file : files) {
      LibcDetection.detect(file.elf(), file.path())
          .ifPresent(libc -> counts.merge(libc, 1, Integer::sum));
    }
    // Not Map.Entry.comparingByValue, whose comparator no archive of loaded classes holds.
    return counts.entrySet().stream()
        .min((one, other) -> Integer.compare(other.getValue(), one.getValue()))
        .map(Map.Entry::getKey);
  }
}
