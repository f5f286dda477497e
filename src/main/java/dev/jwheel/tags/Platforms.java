// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import java.util.ArrayList;
import java.util.List;

/**
 * The platform tags of a system.
 *
 * @param supported those it supports, best first
 * @param unknown those of which only running its {@code _manylinux} module would tell
 * @param refused those that the module refuses
 */
public record Platforms(
    List<String> supported, List<UnknownPlatform> unknown, List<String> refused) {
  public Platforms {
    supported = List.copyOf(supported);
    unknown = List.copyOf(unknown);
    refused = List.copyOf(refused);
  }

  /**
   * A platform tag that may or may not be supported.
   *
   * @param platform the tag
   * @param reason the place and what is not understood there
   */
  public record UnknownPlatform(String platform, String reason) {}

  /** Takes platform tags, best first. */
  static final class Builder {
    private final List<String> supported = new ArrayList<>();
    private final List<UnknownPlatform> unknown = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    void support(String platform) {
      supported.add(platform);
    }

    void leaveOpen(String platform, String reason) {
      unknown.add(new UnknownPlatform(platform, reason));
    }

    void refuse(String platform) {
      refused.add(platform);
    }

    Platforms build() {
      return new Platforms(supported, unknown, refused);
    }
  }
}
