// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.WheelMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that a repaired wheel carries, and what it has to show for them.
 *
 * @param result its file name
 * @param metadata its WHEEL
 * @param postRepairCheck what the audit of the repaired wheel must find
 */
record Retagging(WheelFileName result, WheelMetadata metadata, PostRepairCheck postRepairCheck) {

  static Retagging of(
      WheelArchive wheel,
      AuditReport report,
      TargetChooser.Choice choice,
      List<PlatformTag> asked,
      RepairOptions options,
      PolicyCatalog catalog) {
    Map<String, Policy> proven = new LinkedHashMap<>();
    choice.requested().ifPresent(policy -> proven.put(policy.name(), policy));
    WheelFileName result = wheel.fileName();
    WheelMetadata metadata = wheel.metadata();
    if (options.updateTags()) {
      result = result.withPlatformTags(new ProvenTags(report, asked, catalog).of(result, choice));
      metadata = forPlatlib(metadata.withTags(result.tags()));
      for (PlatformTag tag : result.platforms()) {
        catalog.find(tag).ifPresent(policy -> proven.put(policy.name(), policy));
      }
    }
    PostRepairCheck postRepairCheck =
        new PostRepairCheck(
            true, List.copyOf(proven.values()), choice.grafting(), options.allowPurelib());
    return new Retagging(result, metadata, postRepairCheck);
  }

  private static WheelMetadata forPlatlib(WheelMetadata metadata) {
    List<String> stated = metadata.all("Root-Is-Purelib");
    boolean right = stated.size() == 1 && stated.get(0).equalsIgnoreCase("false");
    return right ? metadata : metadata.withRootIsPurelib(false);
  }
}
