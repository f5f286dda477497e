// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.Optional;

/** A version of core metadata, in their order. */
public enum MetadataVersion {
  V1_0("1.0"),
  V1_1("1.1"),
  V1_2("1.2"),
  /** PEP 426, withdrawn: no index accepted it, but old wheels have it; it is read as 2.1. */
  V2_0("2.0"),
  V2_1("2.1"),
  V2_2("2.2"),
  V2_3("2.3"),
  V2_4("2.4"),
  V2_5("2.5"),
  V2_6("2.6");

  private final String text;

  MetadataVersion(String text) {
    this.text = text;
  }

  /** The version of a text such as {@code 2.1}; empty if there is none. */
  public static Optional<MetadataVersion> of(String text) {
    for (MetadataVersion version : values()) {
      if (version.text.equals(text)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** The version whose rules count: 2.0 never had its own. */
  MetadataVersion effective() {
    return this == V2_0 ? V2_1 : this;
  }

  boolean isAtLeast(MetadataVersion other) {
    return effective().compareTo(other) >= 0;
  }

  /** Whether the public index accepts it. */
  boolean isAcceptedByTheIndex() {
    return this != V2_0 && this != V2_6;
  }

  /** The number: {@code 2.1}. */
  @Override
  public String toString() {
    return text;
  }
}
