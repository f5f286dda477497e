package dev.jwheel.audit;

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
    boolean checkIsa) {

  WheelFacts {
    policies = List.copyOf(policies);
    members = List.copyOf(members);
    skipped = List.copyOf(skipped);
    excludes = List.copyOf(excludes);
  }

  /** The same facts with other files to judge. */
  WheelFacts withMembers(List<ElfMember> others) {
    return new WheelFacts(
        wheel, architecture, libc, policies, others, skipped, dependencies, excludes, checkIsa);
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

  boolean forbidsVersion(Policy policy, String version) {
    return policy.allowsVersion(architecture, version) == VersionStatus.NOT_ALLOWED;
  }
}
