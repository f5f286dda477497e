// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.link.LoaderOptions;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.PolicyCatalog;
import java.util.List;
import java.util.Optional;

/**
 * What a user may ask of an audit.
 *
 * @param policies the policies to judge by
 * @param loader where libraries outside the wheel are looked for, and which are left out
 * @param checkIsa whether instruction-set extensions rule out tags
 * @param platforms further tags to judge the wheel against; the first also settles the C library
 *     where the wheel does not say, or fits several
 */
public record AuditOptions(
    PolicyCatalog policies, LoaderOptions loader, boolean checkIsa, List<PlatformTag> platforms) {

  public AuditOptions {
    platforms = List.copyOf(platforms);
  }

  public AuditOptions(
      PolicyCatalog policies,
      LoaderOptions loader,
      boolean checkIsa,
      Optional<PlatformTag> platform) {
    this(policies, loader, checkIsa, platform.map(List::of).orElse(List.of()));
  }

  /** The C library of the first tag to judge against, if it implies one. */
  Optional<Libc> libc() {
    return platforms.stream().flatMap(tag -> tag.libc().stream()).findFirst();
  }
}
