// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Needed libraries that are neither in the wheel nor promised by a policy, libpython among them
 * (PEP 513, "libpythonX.Y.so.1").
 */
final class ExternalLibraryRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      if (facts.foreignLibc(member).isPresent()) {
        continue; // what it needs no policy of the wheel's C library promises
      }
      Map<String, NeededLibrary> open = new LinkedHashMap<>();
      for (NeededLibrary need : facts.dependencies().of(member.path())) {
        if (!(need.location() instanceof LibraryLocation.InWheel)) {
          open.putIfAbsent(need.name(), need);
        }
      }
      for (NeededLibrary need : open.values()) {
        judge(facts, member, need).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Optional<Finding> judge(WheelFacts facts, ElfMember member, NeededLibrary need) {
    List<String> rulesOut = facts.policiesThat(policy -> !facts.allowsLibrary(policy, need.name()));
    if (rulesOut.isEmpty()) {
      return Optional.empty();
    }
    if (need.location() instanceof LibraryLocation.Excluded excluded) {
      return Optional.of(
          Finding.warning(
              FindingCode.EXCLUDED_LIBRARY,
              member.path(),
              need.name(),
              "needs " + need.name() + ", which --exclude " + excluded.pattern() + " takes out"));
    }
    return Optional.of(
        Finding.excludes(
                code(member, need),
                member.path(),
                need.name(),
                message(facts, member, need),
                rulesOut)
            .through(need.name(), List.of()));
  }

  private static FindingCode code(ElfMember member, NeededLibrary need) {
    if (!PythonModule.isLibpython(need.name())) {
      return FindingCode.EXTERNAL_LIBRARY;
    }
    return member.role() == ElfMember.Role.EXECUTABLE
        ? FindingCode.EMBEDDED_PYTHON
        : FindingCode.LIBPYTHON;
  }

  private static String message(WheelFacts facts, ElfMember member, NeededLibrary need) {
    String needs = "needs " + need.name();
    return switch (code(member, need)) {
      case LIBPYTHON -> needs + "; extension modules must not link to libpython";
      case EMBEDDED_PYTHON -> needs + ", which a program that embeds Python must bring along";
      default -> needs + place(facts, member, need);
    };
  }

  /** Where the library was found, or why it was not. */
  private static String place(WheelFacts facts, ElfMember member, NeededLibrary need) {
    StringBuilder message = new StringBuilder();
    if (need.location() instanceof LibraryLocation.Outside outside) {
      message.append(", found at ").append(outside.path());
    } else {
      message.append(", found nowhere");
    }
    if (!need.root().equals(member.path())) {
      message.append(" when ").append(need.root()).append(" is loaded");
    }
    unreachable(facts, need)
        .ifPresent(
            other ->
                message
                    .append("; the wheel has ")
                    .append(other.path())
                    .append(", but no RPATH or RUNPATH leads there"));
    return message.toString();
  }

  /** A member that would answer to the name if the search reached it. */
  private static Optional<ElfMember> unreachable(WheelFacts facts, NeededLibrary need) {
    return facts.members().stream()
        .filter(
            other ->
                other.baseName().equals(need.name())
                    || other.elf().soname().equals(Optional.of(need.name())))
        .findFirst();
  }
}
