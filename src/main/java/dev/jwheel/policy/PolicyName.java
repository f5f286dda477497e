// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.PlatformTag;
import java.util.Optional;

/** The names that a policy may have: those of platform tags, without the architecture. */
final class PolicyName {
  private PolicyName() {}

  /** The tag a policy of this name stands for; empty if the name is none. */
  static Optional<PlatformTag> parse(String name) {
    PlatformTag tag = PlatformTag.parse(name);
    boolean isName = tag.libc().isPresent() && tag.policyName().equals(name);
    return isName ? Optional.of(tag) : Optional.empty();
  }

  /** The PEP that defines the family of a tag; the legacy names have PEPs of their own. */
  static int pep(PlatformTag tag) {
    return switch (tag.family()) {
      case MUSLLINUX -> 656;
      case ANDROID -> 738;
      default -> 600;
    };
  }

  /** The version of the C library, or the API level, that a tag names. */
  static String libcVersion(PlatformTag tag) {
    return tag.family() == PlatformTag.Family.ANDROID
        ? Integer.toString(tag.major())
        : tag.major() + "." + tag.minor();
  }
}
