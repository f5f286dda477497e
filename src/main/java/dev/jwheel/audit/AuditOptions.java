package dev.jwheel.audit;

import dev.jwheel.link.LoaderOptions;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.PolicyCatalog;
import java.util.Optional;

/**
 * What a user may ask of an audit.
 *
 * @param policies the policies to judge by
 * @param loader where libraries outside the wheel are looked for, and which are left out
 * @param checkIsa whether instruction-set extensions rule out tags
 * @param platform a tag to judge the wheel against besides; it also settles the C library where the
 *     wheel does not say
 */
public record AuditOptions(
    PolicyCatalog policies,
    LoaderOptions loader,
    boolean checkIsa,
    Optional<PlatformTag> platform) {}
