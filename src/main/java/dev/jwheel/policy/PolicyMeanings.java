// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all policies mean. They are read by those who show it only, not with the policies. */
public final class PolicyMeanings {
  private static final String RESOURCE = "meanings.packed";

  private final Map<String, PolicyMeaning> byPolicy;

  private PolicyMeanings(Map<String, PolicyMeaning> byPolicy) {
    this.byPolicy = byPolicy;
  }

  /** Those of the policies that come with the program. */
  public static PolicyMeanings builtIn() {
    try (InputStream stream = PolicyMeanings.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new FileNotFoundException(RESOURCE);
      }
      Map<String, PolicyMeaning> meanings = new LinkedHashMap<>();
      for (JsonValue file : PackedValues.unpack(RESOURCE, stream.readAllBytes())) {
        put(file, meanings);
      }
      return new PolicyMeanings(meanings);
    } catch (IOException e) {
      throw new UncheckedIOException("what the policies mean is unreadable", e);
    }
  }

  private static void put(JsonValue file, Map<String, PolicyMeaning> meanings)
      throws PolicyFormatException {
    Optional<JsonValue> meaning = file.find(PolicyReader.MEANING);
    if (meaning.isPresent()) {
      meanings.put(file.textOf("name"), MeaningReader.read(meaning.get()));
    }
  }

  /**
   * These and those of a user's policies, which replace the ones of the same name.
   *
   * @param files the contents of the files
   * @throws PolicyFormatException if one breaks the format
   */
  PolicyMeanings with(List<JsonValue> files) throws PolicyFormatException {
    Map<String, PolicyMeaning> all = new LinkedHashMap<>(byPolicy);
    for (JsonValue file : files) {
      put(file, all);
    }
    return new PolicyMeanings(all);
  }

  /** What a policy means; nothing is known of one whose file says nothing. */
  public PolicyMeaning of(Policy policy) {
    return byPolicy.getOrDefault(policy.name(), PolicyMeaning.NONE);
  }

  /** Which packages have the libraries, by what all policies say. */
  public SystemPackages packages() {
    return SystemPackages.of(byPolicy.values());
  }
}
