// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.link.LibcDetection;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.VersionStatus;
import dev.jwheel.wheel.WheelArchive;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Everything that the rules ask about one wheel.
 *
 * @param wheel the wheel's own metadata
 * @param architecture the architecture it is for
 * @param libc the C library it is for
 * @param policies the policies it is judged by, most portable first
 * @param members the ELF files that are judged, in archive order
 * @param skipped the ELF files that cannot be judged, in archive order
 * @param dependencies what needs what
 * @param excludes the patterns of libraries that are left out
 * @param checkIsa whether instruction-set extensions count
 * @param grafting whether {@code members} are libraries that would be copied into the wheel
 */
record WheelFacts(
    WheelArchive wheel,
    Architecture architecture,
    Libc libc,
    List<Policy> policies,
    List<ElfMember> members,
    List<SkippedFile> skipped,
    DependencyGraph dependencies,
    List<String> excludes,
    boolean checkIsa,
    boolean grafting) {

  WheelFacts {
    policies = List.copyOf(policies);
    members = List.copyOf(members);
    skipped = List.copyOf(skipped);
    excludes = List.copyOf(excludes);
  }

  /** Returns the same facts with libraries to judge that would be copied into the wheel. */
  WheelFacts withGrafts(List<ElfMember> grafts) {
    return new WheelFacts(
        wheel,
        architecture,
        libc,
        policies,
        grafts,
        skipped,
        dependencies,
        excludes,
        checkIsa,
        true);
  }

  /** Returns the same facts with a single policy to judge by. */
  WheelFacts withPolicy(Policy policy) {
    return new WheelFacts(
        wheel,
        architecture,
        libc,
        List.of(policy),
        members,
        skipped,
        dependencies,
        excludes,
        checkIsa,
        grafting);
  }

  /** The names of all policies. */
  List<String> allPolicies() {
    return policiesThat(policy -> true);
  }

  /** The names of the policies for which something holds. */
  List<String> policiesThat(Predicate<Policy> holds) {
    List<String> names = new ArrayList<>();
    for (Policy policy : policies) {
      if (holds.test(policy)) {
        names.add(policy.name());
      }
    }
    return names;
  }

  /**
   * What the members need, and what the libraries outside the wheel need in turn that nobody
   * promises.
   */
  List<NeededLibrary> needs(Predicate<String> promised) {
    List<NeededLibrary> needs = new ArrayList<>();
    Set<String> outside = new HashSet<>();
    Deque<String> files = new ArrayDeque<>();
    members.forEach(member -> files.add(member.path()));
    while (!files.isEmpty()) {
      for (NeededLibrary need : dependencies.of(files.remove())) {
        needs.add(need);
        if (need.location() instanceof LibraryLocation.Outside library
            && !promised.test(need.name())
            && outside.add(library.realPath())) {
          files.add(library.realPath());
        }
      }
    }
    return needs;
  }

  /** The C library that a file is made for, if it is not the wheel's. */
  Optional<Libc> foreignLibc(ElfMember member) {
    return LibcDetection.detect(member.elf(), member.path()).filter(own -> own != libc);
  }

  boolean allowsLibrary(Policy policy, String soname) {
    return policy.allowsLibrary(architecture, soname);
  }

  /**
   * Whether a version that a file needs comes with the wheel under a policy: the library that has
   * it lies in the wheel, or would be copied into it because the policy does not promise it. One
   * that nobody found keeps the wheel from every policy, whatever its versions.
   */
  boolean isBrought(Policy policy, String file, String library, String version) {
    boolean brought = false;
    for (NeededLibrary need : dependencies.of(file)) {
      if (need.name().equals(library)) {
        if (!isBrought(policy, need, version)) {
          return false;
        }
        brought = true;
      }
    }
    return brought;
  }

  private boolean isBrought(Policy policy, NeededLibrary need, String version) {
    if (need.location() instanceof LibraryLocation.InWheel inside) {
      ElfBinary elf = inside.member().elf();
      return elf.versionDefinitions().contains(version)
          && !allowsLibrary(policy, elf.soname().orElse(need.name()));
    }
    if (!grafting || allowsLibrary(policy, need.name())) {
      return false;
    }
    return need.location() instanceof LibraryLocation.Missing
        || need.location() instanceof LibraryLocation.Outside outside
            && outside.elf().versionDefinitions().contains(version);
  }

  boolean forbidsVersion(Policy policy, String version) {
    return policy.allowsVersion(architecture, version) == VersionStatus.NOT_ALLOWED;
  }
}
