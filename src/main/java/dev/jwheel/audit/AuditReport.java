// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The verdict on a platform wheel, and everything it rests on.
 *
 * @param wheel the file's name
 * @param architecture the architecture it is for
 * @param libc the C library it is for
 * @param policies the policies it was judged by, most portable first
 * @param offered those of them that the verdict may name; fewer where the files cannot tell
 *     policies apart (musl, Android)
 * @param others the policies of the other C library, most portable first, where the wheel fits
 *     both: none of its files needs a library from outside or names one
 * @param findings everything found, those that exclude first
 * @param libraries the needed libraries, sorted by name
 * @param members the ELF files judged, in archive order
 * @param dependencies what needs what
 * @param graftLimit what grafting from this host would do, where there is something to graft
 * @param platforms whether the wheel may have each of the tags that were asked for
 * @param tagBetween the most compatible tag that the wheel deserves and that has no policy of its
 *     own, if that is more compatible than the verdict: {@code manylinux_2_25_x86_64}
 * @param policyCheck what keeps the wheel from each policy
 */
public record AuditReport(
    String wheel,
    Architecture architecture,
    Libc libc,
    List<Policy> policies,
    List<Policy> offered,
    List<Policy> others,
    List<Finding> findings,
    List<LibraryUse> libraries,
    List<ElfMember> members,
    DependencyGraph dependencies,
    Optional<GraftLimit> graftLimit,
    List<PlatformVerdict> platforms,
    Optional<PlatformTag> tagBetween,
    PolicyCheck policyCheck)
    implements AuditOutcome {

  public AuditReport {
    policies = List.copyOf(policies);
    offered = List.copyOf(offered);
    others = List.copyOf(others);
    platforms = List.copyOf(platforms);
    findings = List.copyOf(findings);
    libraries = List.copyOf(libraries);
    members = List.copyOf(members);
  }

  AuditReport withTagBetween(PlatformTag tag) {
    return new AuditReport(
        wheel,
        architecture,
        libc,
        policies,
        offered,
        others,
        findings,
        libraries,
        members,
        dependencies,
        graftLimit,
        platforms,
        Optional.of(tag),
        policyCheck);
  }

  /** The best tag the wheel deserves, in PEP 600 spelling; {@code linux_ARCH} if no other. */
  public PlatformTag overallTag() {
    return tag(best(finding -> true));
  }

  /** The best tag of the other C library that the wheel deserves too, if it fits both. */
  public Optional<PlatformTag> otherTag() {
    return others.stream().findFirst().map(policy -> policy.tag(architecture));
  }

  /** Whether the wheel may have the first tag that was asked for, if one was. */
  public Optional<PlatformVerdict> platform() {
    return platforms.stream().findFirst();
  }

  /** The best policy the wheel deserves, if any. */
  public Optional<Policy> overallPolicy() {
    return best(finding -> true);
  }

  /** The best tag that the symbol versions alone would allow. */
  public PlatformTag symbolTag() {
    return tag(best(finding -> finding.code() == FindingCode.SYMBOL_VERSION));
  }

  /** The findings that keep the wheel from a policy, which may be that of a tag between two. */
  public List<Finding> against(Policy policy) {
    return policyCheck.against(policy);
  }

  /** Whether a member is a program. */
  public boolean isProgram(String path) {
    return members.stream()
        .anyMatch(
            member -> member.path().equals(path) && member.role() == ElfMember.Role.EXECUTABLE);
  }

  /** Whether a file needs a Python 2 or 3.0 to 3.2 of narrow Unicode (PEP 513, PEP 571 rule 4). */
  public boolean needsNarrowUnicode() {
    return members.stream().anyMatch(PythonAbiRule::isNarrow);
  }

  /** The policies more portable than the verdict, nearest first. */
  public List<Policy> better() {
    String verdict = overallPolicy().map(Policy::name).orElse("");
    List<Policy> better = new ArrayList<>();
    for (Policy policy : offered) {
      if (policy.name().equals(verdict)) {
        break;
      }
      better.add(0, policy);
    }
    return List.copyOf(better);
  }

  /** Whether there is a finding of a kind. */
  public boolean has(FindingCode code) {
    return findings.stream().anyMatch(finding -> finding.code() == code);
  }

  /** The first policy that a finding does not rule out, if any. */
  public Optional<Policy> firstAllowing(Finding finding) {
    return policies.stream().filter(policy -> !finding.rulesOut(policy.name())).findFirst();
  }

  private Optional<Policy> best(Predicate<Finding> counts) {
    return offered.stream()
        .filter(
            policy ->
                findings.stream()
                    .filter(counts)
                    .noneMatch(finding -> finding.rulesOut(policy.name())))
        .findFirst();
  }

  private PlatformTag tag(Optional<Policy> policy) {
    return policy
        .map(found -> found.tag(architecture))
        .orElseGet(() -> PlatformTag.parse("linux").withArchitecture(architecture));
  }
}
