// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which policies a wheel is judged by, and which of them the verdict may name. */
final class PolicyChoice {
  private final PolicyCatalog catalog;
  private final Libc libc;
  private final Architecture architecture;
  private final boolean fitsBoth;
  private final List<PlatformTag> tags;
  private final List<Policy> policies;

  /**
   * @param fitsBoth whether the files need nothing of any C library, and so of none of its releases
   * @param tags the platform tags in the file name
   */
  PolicyChoice(
      PolicyCatalog catalog,
      Libc libc,
      Architecture architecture,
      boolean fitsBoth,
      List<PlatformTag> tags) {
    this.fitsBoth = fitsBoth;
    this.catalog = catalog;
    this.libc = libc;
    this.architecture = architecture;
    this.tags = tags;
    this.policies = libc == Libc.BIONIC ? claimed() : catalog.policies(libc, architecture);
  }

  /** No file tells the API level that it was built for: Android's policies are those claimed. */
  private List<Policy> claimed() {
    List<Policy> claimed = new ArrayList<>();
    for (PlatformTag tag : tags) {
      catalog.find(tag).ifPresent(claimed::add);
    }
    return claimed;
  }

  /** The policies to judge by, most portable first. */
  List<Policy> policies() {
    return policies;
  }

  /** Of musl's policies, which no file tells apart, only the claimed ones, else the newest. */
  List<Policy> offered() {
    if (libc != Libc.MUSL || fitsBoth || policies.isEmpty()) {
      return policies;
    }
    List<String> claimed = tags.stream().map(PlatformTag::policyName).toList();
    for (int i = 0; i < policies.size(); i++) {
      if (claimed.contains(policies.get(i).name())) {
        return policies.subList(i, policies.size());
      }
    }
    return policies.subList(policies.size() - 1, policies.size());
  }

  /** That the architecture has no policies, or that nothing tells which of them is right. */
  Optional<Finding> doubt() {
    if (policies.isEmpty()) {
      return Optional.of(
          Finding.warning(
              FindingCode.UNKNOWN_ARCHITECTURE,
              "",
              architecture.tagName(),
              "there is no " + libc.family() + " policy for " + architecture));
    }
    boolean named = tags.stream().anyMatch(tag -> tag.libc().equals(Optional.of(libc)));
    return libc == Libc.MUSL && !named && !fitsBoth
        ? Optional.of(
            Finding.warning(
                FindingCode.UNKNOWN_MUSL,
                "",
                "musl",
                "which release of musl the wheel needs stands in no file: "
                    + newest().name()
                    + " is the newest known"))
        : Optional.empty();
  }

  private Policy newest() {
    return policies.get(policies.size() - 1);
  }

  /** That nothing tells the C library, so that the wheel may be for musl as well as for glibc. */
  Finding unknownLibc() {
    List<Policy> musl = catalog.policies(Libc.MUSL, architecture);
    String other =
        musl.isEmpty() ? "musllinux" : musl.get(musl.size() - 1).tag(architecture).text();
    return Finding.warning(
        FindingCode.UNKNOWN_LIBC,
        "",
        other,
        "nothing in the wheel tells its C library: its tag may as well be "
            + other
            + "; --plat settles it");
  }
}
