// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one policy file in the format of {@code docs/policies.md}: what it says of itself, and what
 * it adds to and removes from the policy it extends.
 */
final class PolicyReader {

  /** The key of what judges no wheel, which {@link MeaningReader} reads. */
  static final String MEANING = "meaning";

  private static final Set<String> KEYS =
      JsonValue.keys(
          "name",
          "aliases",
          "extends",
          "pep",
          "glibc",
          "musl",
          "apiLevel",
          "baseline",
          "firstPip",
          "systems",
          "notes",
          "architectures",
          "versionNames",
          "versions",
          "namedVersions",
          "pepText",
          "libraries",
          "libcNames",
          "libpython",
          "forbiddenSymbols",
          "removes",
          MEANING);

  private final PolicyHeader head;
  private final JsonValue file;
  private final PlatformTag tag;
  private final VersionReader versions;
  private final LibraryReader libraries;

  private PolicyReader(JsonValue file, Map<String, Policy> known, VersionNames names)
      throws PolicyFormatException {
    this.head = PolicyHeader.read(file.allowingKeys(KEYS), known);
    this.file = file;
    this.tag = head.tag();
    this.versions = new VersionReader(head, names);
    this.libraries = new LibraryReader(head);
  }

  /**
   * Reads a policy that is known to be right.
   *
   * @param file the content of the file
   * @param known the policies it may extend, by name
   * @param names the symbol versions that exist
   */
  static Policy read(JsonValue file, Map<String, Policy> known, VersionNames names)
      throws PolicyFormatException {
    return new PolicyReader(file, known, names).read();
  }

  /** Reads a policy that a user wrote; the parameters are those of {@link #read}. */
  static Policy readChecked(JsonValue file, Map<String, Policy> known, VersionNames names)
      throws PolicyFormatException {
    PolicyReader reader = new PolicyReader(file, known, names);
    reader.versions.check();
    return reader.read();
  }

  private Policy read() throws PolicyFormatException {
    return new Policy(
        tag.policyName(),
        aliases(),
        tag.libc().orElseThrow(),
        libcVersion(),
        origin(),
        versions.rules(),
        versions.pepText(),
        libraries.allowed(),
        libraries.libcNames(),
        libpython(),
        libraries.forbiddenSymbols());
  }

  private List<String> aliases() throws PolicyFormatException {
    Optional<JsonValue> aliases = file.find("aliases");
    if (aliases.isEmpty()) {
      Optional<Policy> replaced = head.replaced();
      return replaced.isPresent() ? replaced.get().aliases() : List.of();
    }
    for (JsonValue alias : aliases.get().items()) {
      if (!PlatformTag.parse(alias.text()).policyName().equals(tag.policyName())) {
        throw alias.wrong("expected the other spelling of " + tag + " that PEP 600 gives it");
      }
    }
    return aliases.get().texts();
  }

  private String libcVersion() throws PolicyFormatException {
    String expected = PolicyName.libcVersion(tag);
    for (Libc libc : Libc.values()) {
      String key = libcKey(libc);
      Optional<JsonValue> stated = file.find(key);
      if (stated.isPresent()) {
        boolean agrees = libc == tag.libc().orElseThrow();
        if (!agrees || !text(libc, stated.get()).equals(expected)) {
          throw stated.get().wrong("\"" + key + "\" contradicts the name " + tag);
        }
      }
    }
    return expected;
  }

  private static String libcKey(Libc libc) {
    return switch (libc) {
      case GLIBC -> "glibc";
      case MUSL -> "musl";
      case BIONIC -> "apiLevel";
    };
  }

  private static String text(Libc libc, JsonValue version) throws PolicyFormatException {
    return libc == Libc.BIONIC ? Integer.toString(version.number()) : version.text();
  }

  private PolicyOrigin origin() throws PolicyFormatException {
    Optional<Policy> replaced = head.replaced();
    PolicyOrigin before =
        replaced.isPresent() ? replaced.get().origin() : PolicyOrigin.ofPep(PolicyName.pep(tag));
    Optional<JsonValue> pep = file.find("pep");
    return new PolicyOrigin(
        pep.isPresent() ? pep.get().number() : before.pep(),
        textsOr("baseline", before.baseline()),
        textMapOr("firstPip", before.firstPip()),
        textMapOr("systems", before.systems()),
        textsOr("notes", before.notes()));
  }

  private List<String> textsOr(String key, List<String> otherwise) throws PolicyFormatException {
    return file.find(key).isPresent() ? file.textsOf(key) : otherwise;
  }

  private Map<String, String> textMapOr(String key, Map<String, String> otherwise)
      throws PolicyFormatException {
    return file.find(key).isPresent() ? file.textMapOf(key) : otherwise;
  }

  private boolean libpython() throws PolicyFormatException {
    Optional<JsonValue> own = file.find("libpython");
    Optional<Policy> base = head.base();
    return own.isPresent() ? own.get().truth() : base.isPresent() && base.get().libpython();
  }
}
