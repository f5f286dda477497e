// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how far a policy file lets the versions of symbols go. */
final class VersionReader {
  private static final Set<String> PEP_TEXT_KEYS = JsonValue.keys("versions", "namedVersions");

  private final PolicyHeader head;
  private final JsonValue file;
  private final VersionNames names;

  /**
   * @param names the symbol versions that exist
   */
  VersionReader(PolicyHeader head, VersionNames names) {
    this.head = head;
    this.file = head.file();
    this.names = names;
  }

  /** The limits of the policy, over those of the policy it extends. */
  VersionRules rules() throws PolicyFormatException {
    Map<String, Map<String, Optional<String>>> max = new LinkedHashMap<>();
    for (JsonValue.Member section : file.membersOf("versions")) {
      Map<String, Optional<String>> limits = new LinkedHashMap<>();
      for (JsonValue.Member limit : section.value().members()) {
        limits.put(limit.key().text(), max(limit.value()));
      }
      max.put(section.key().text(), limits);
    }
    Map<String, List<String>> named = new LinkedHashMap<>();
    for (JsonValue.Member section : file.membersOf("namedVersions")) {
      named.put(section.key().text(), section.value().texts());
    }
    Optional<VersionRules> extended =
        head.base().isPresent() ? Optional.of(head.base().get().versions()) : Optional.empty();
    return new VersionRules(
        extended, head.architectures(), names, new VersionRules.Statement(max, named));
  }

  private static Optional<String> max(JsonValue value) throws PolicyFormatException {
    return value.isNull() ? Optional.empty() : Optional.of(value.text());
  }

  /** The limits that the text of the PEP prints. */
  PepLimits pepText() throws PolicyFormatException {
    Optional<JsonValue> text = file.find("pepText");
    if (text.isEmpty()) {
      Optional<Policy> replaced = head.replaced();
      return replaced.isPresent() ? replaced.get().pepText() : PepLimits.SILENT;
    }
    text.get().allowingKeys(PEP_TEXT_KEYS);
    Set<String> named = Set.copyOf(text.get().textsOf("namedVersions"));
    return new PepLimits(text.get().textMapOf("versions"), named);
  }

  /** Refuses limits that no library can ever meet, which are slips of the pen. */
  void check() throws PolicyFormatException {
    checkPepText();
    checkVersions();
    checkNamedVersions();
  }

  private void checkPepText() throws PolicyFormatException {
    Optional<JsonValue> text = file.find("pepText");
    if (text.isPresent()) {
      for (JsonValue.Member limit : text.get().membersOf("versions")) {
        VersionLimit.checkNamespace(limit.key());
        DottedNumber.check(limit.value());
      }
    }
  }

  private void checkVersions() throws PolicyFormatException {
    for (JsonValue.Member section : file.membersOf("versions")) {
      Collection<Architecture> scope = ArchitectureKey.of(section.key(), head.architectures());
      for (JsonValue.Member limit : section.value().members()) {
        VersionLimit.checkNamespace(limit.key());
        checkMax(scope, limit.key().text(), limit.value());
      }
    }
  }

  private void checkMax(Collection<Architecture> scope, String namespace, JsonValue max)
      throws PolicyFormatException {
    if (max.isNull()) {
      return;
    }
    DottedNumber.check(max);
    for (Architecture architecture : scope) {
      if (names.of(architecture, namespace).contains(max.text())) {
        return;
      }
    }
    throw max.wrong(
        namespace
            + "_"
            + max.text()
            + " is not known to exist there; a new version is first listed in \"versionNames\"");
  }

  private void checkNamedVersions() throws PolicyFormatException {
    VersionRules rules = rules();
    for (JsonValue.Member section : file.membersOf("namedVersions")) {
      for (Architecture architecture : ArchitectureKey.of(section.key(), head.architectures())) {
        for (JsonValue name : section.value().items()) {
          checkNamed(rules, architecture, name);
        }
      }
    }
  }

  private static void checkNamed(VersionRules rules, Architecture architecture, JsonValue name)
      throws PolicyFormatException {
    String namespace = VersionLimit.namespaceOf(name.text());
    if (rules.limit(architecture, namespace).isEmpty()) {
      throw name.wrong("\"versions\" has to give " + namespace + " a limit first");
    }
  }
}
