package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads one policy file in the format of {@code docs/policies.md}: what it says of itself, and what
 * it adds to and removes from the policy it extends.
 */
final class PolicyReader {
  private static final Set<String> KEYS =
      keys(
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
          "removes");
  private static final Set<String> LIBRARY_KEYS = keys("base", "added", "withdrawn");
  private static final Set<String> PEP_TEXT_KEYS = keys("versions", "namedVersions");
  private static final Set<String> REMOVES_KEYS =
      keys("architectures", "libraries", "forbiddenSymbols");

  private final JsonValue file;
  private final VersionNames names;

  private final PlatformTag tag;
  private final Optional<Policy> base;
  private final List<Architecture> architectures;

  private PolicyReader(JsonValue file, Map<String, Policy> known, VersionNames names)
      throws PolicyFormatException {
    this.file = file.allowingKeys(KEYS);
    this.names = names;
    this.tag = tag();
    this.base = base(known);
    this.architectures = architectures();
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
    reader.checkVersions();
    return reader.read();
  }

  private static Set<String> keys(String... keys) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
  }

  private Policy read() throws PolicyFormatException {
    return new Policy(
        tag.policyName(),
        aliases(),
        tag.libc().orElseThrow(),
        libcVersion(),
        origin(),
        versions(),
        pepText(),
        libraries(),
        libcNames(),
        libpython(),
        forbidden());
  }

  private JsonValue required(String key) throws PolicyFormatException {
    Optional<JsonValue> found = file.find(key);
    if (found.isEmpty()) {
      throw file.wrong("the key \"" + key + "\" is missing");
    }
    return found.get();
  }

  private PlatformTag tag() throws PolicyFormatException {
    JsonValue name = required("name");
    Optional<PlatformTag> tag = PolicyName.parse(name.text());
    if (tag.isEmpty()) {
      throw name.wrong(
          "expected the name of a tag without its architecture, such as manylinux_2_28,"
              + " musllinux_1_2 or android_24");
    }
    return tag.get();
  }

  private List<String> aliases() throws PolicyFormatException {
    Optional<JsonValue> aliases = file.find("aliases");
    if (aliases.isEmpty()) {
      return replaced().isPresent() ? replaced().get().aliases() : List.of();
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

  private Optional<Policy> base(Map<String, Policy> known) throws PolicyFormatException {
    Optional<JsonValue> extended = file.find("extends");
    if (extended.isEmpty()) {
      return Optional.empty();
    }
    Policy found = known.get(extended.get().text());
    if (found == null) {
      throw extended
          .get()
          .wrong(
              "unknown policy \""
                  + extended.get().text()
                  + "\"; expected one of "
                  + String.join(", ", known.keySet()));
    }
    if (found.libc() != tag.libc().orElseThrow()) {
      throw extended.get().wrong("expected a policy of the same C library as " + tag);
    }
    return Optional.of(found);
  }

  private PolicyOrigin origin() throws PolicyFormatException {
    PolicyOrigin before =
        replaced().isPresent()
            ? replaced().get().origin()
            : PolicyOrigin.ofPep(PolicyName.pep(tag));
    Optional<JsonValue> pep = file.find("pep");
    return new PolicyOrigin(
        pep.isPresent() ? pep.get().number() : before.pep(),
        textsOr("baseline", before.baseline()),
        textMapOr("firstPip", before.firstPip()),
        textMapOr("systems", before.systems()),
        textsOr("notes", before.notes()));
  }

  /** The policy that this one takes the place of. */
  private Optional<Policy> replaced() {
    return base.isPresent() && base.get().name().equals(tag.policyName()) ? base : Optional.empty();
  }

  private List<String> textsOr(String key, List<String> otherwise) throws PolicyFormatException {
    Optional<JsonValue> own = file.find(key);
    return own.isPresent() ? own.get().texts() : otherwise;
  }

  private Map<String, String> textMapOr(String key, Map<String, String> otherwise)
      throws PolicyFormatException {
    Optional<JsonValue> own = file.find(key);
    return own.isPresent() ? own.get().textMap() : otherwise;
  }

  private List<JsonValue> removed(String key) throws PolicyFormatException {
    Optional<JsonValue> removes = file.find("removes");
    if (removes.isEmpty()) {
      return List.of();
    }
    Optional<JsonValue> list = removes.get().allowingKeys(REMOVES_KEYS).find(key);
    return list.isPresent() ? list.get().items() : List.of();
  }

  private List<Architecture> architectures() throws PolicyFormatException {
    Set<Architecture> all = new LinkedHashSet<>();
    if (base.isPresent()) {
      all.addAll(base.get().architectures());
    }
    for (JsonValue name : removed("architectures")) {
      if (!all.remove(Section.architecture(name))) {
        throw name.wrong("the extended policy is not defined for " + name.text());
      }
    }
    Optional<JsonValue> added = file.find("architectures");
    if (added.isPresent()) {
      for (JsonValue name : added.get().items()) {
        all.add(Section.architecture(name));
      }
    }
    if (all.isEmpty()) {
      throw file.wrong("the key \"architectures\" is missing: the policy is defined for none");
    }
    return List.copyOf(all);
  }

  private VersionRules versions() throws PolicyFormatException {
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
        base.isPresent() ? Optional.of(base.get().versions()) : Optional.empty();
    return new VersionRules(extended, architectures, names, new VersionRules.Statement(max, named));
  }

  private static Optional<String> max(JsonValue value) throws PolicyFormatException {
    return value.isNull() ? Optional.empty() : Optional.of(value.text());
  }

  /** Refuses limits that no library can ever meet, which are slips of the pen. */
  private void checkVersions() throws PolicyFormatException {
    Optional<JsonValue> text = file.find("pepText");
    if (text.isPresent()) {
      for (JsonValue.Member limit : text.get().membersOf("versions")) {
        VersionLimit.checkNamespace(limit.key());
        DottedNumber.check(limit.value());
      }
    }
    for (JsonValue.Member section : file.membersOf("versions")) {
      Collection<Architecture> scope = Section.of(section.key(), architectures);
      for (JsonValue.Member limit : section.value().members()) {
        VersionLimit.checkNamespace(limit.key());
        checkMax(scope, limit.key().text(), limit.value());
      }
    }
    VersionRules rules = versions();
    for (JsonValue.Member section : file.membersOf("namedVersions")) {
      for (Architecture architecture : Section.of(section.key(), architectures)) {
        for (JsonValue name : section.value().items()) {
          String namespace = VersionLimit.namespaceOf(name.text());
          if (rules.limit(architecture, namespace).isEmpty()) {
            throw name.wrong("\"versions\" has to give " + namespace + " a limit first");
          }
        }
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

  private PepText pepText() throws PolicyFormatException {
    Optional<JsonValue> text = file.find("pepText");
    if (text.isEmpty()) {
      return replaced().isPresent() ? replaced().get().pepText() : PepText.SILENT;
    }
    Map<String, String> versions = new LinkedHashMap<>();
    for (JsonValue.Member limit : text.get().allowingKeys(PEP_TEXT_KEYS).membersOf("versions")) {
      versions.put(limit.key().text(), limit.value().text());
    }
    return new PepText(versions, Set.copyOf(text.get().textsOf("namedVersions")));
  }

  private AllowedLibraries libraries() throws PolicyFormatException {
    if (base.isPresent() && file.find("libraries").isEmpty() && removed("libraries").isEmpty()) {
      return base.get().libraries().withoutWithdrawn();
    }
    Set<String> allowed = new LinkedHashSet<>();
    Map<String, String> added = new TreeMap<>();
    if (base.isPresent()) {
      allowed.addAll(base.get().libraries().base());
      added.putAll(base.get().libraries().added());
    }
    for (JsonValue name : removed("libraries")) {
      if (!allowed.remove(name.text()) && added.remove(name.text()) == null) {
        throw name.wrong("the extended policy does not allow " + name.text());
      }
    }
    Optional<JsonValue> own = file.find("libraries");
    if (own.isEmpty()) {
      return new AllowedLibraries(allowed, added, Map.of());
    }
    allowed.addAll(own.get().allowingKeys(LIBRARY_KEYS).textsOf("base"));
    Optional<JsonValue> ownAdded = own.get().find("added");
    if (ownAdded.isPresent()) {
      added.putAll(ownAdded.get().textMap());
    }
    Optional<JsonValue> withdrawn = own.get().find("withdrawn");
    return new AllowedLibraries(
        allowed, added, withdrawn.isPresent() ? withdrawn.get().textMap() : Map.of());
  }

  private Map<Architecture, Set<String>> libcNames() throws PolicyFormatException {
    if (base.isPresent()
        && file.find("libcNames").isEmpty()
        && file.find("architectures").isEmpty()
        && removed("architectures").isEmpty()) {
      return base.get().libcNames();
    }
    Map<Architecture, Set<String>> all = new EnumMap<>(Architecture.class);
    for (Architecture architecture : architectures) {
      all.put(
          architecture,
          base.isPresent()
              ? base.get().libcNames().getOrDefault(architecture, Set.of())
              : Set.of());
    }
    for (JsonValue.Member section : file.membersOf("libcNames")) {
      for (Architecture architecture : Section.of(section.key(), architectures)) {
        all.put(
            architecture, union(all.getOrDefault(architecture, Set.of()), section.value().texts()));
      }
    }
    return all;
  }

  private static Set<String> union(Set<String> some, Collection<String> more) {
    Set<String> union = new TreeSet<>(some);
    union.addAll(more);
    return Collections.unmodifiableSet(union);
  }

  private boolean libpython() throws PolicyFormatException {
    Optional<JsonValue> own = file.find("libpython");
    return own.isPresent() ? own.get().truth() : base.isPresent() && base.get().libpython();
  }

  private Map<String, Set<String>> forbidden() throws PolicyFormatException {
    Optional<JsonValue> removes = file.find("removes");
    if (base.isPresent() && file.find("forbiddenSymbols").isEmpty() && removes.isEmpty()) {
      return base.get().forbidden();
    }
    Map<String, Set<String>> all = new TreeMap<>();
    if (base.isPresent()) {
      all.putAll(base.get().forbidden());
    }
    if (removes.isPresent()) {
      for (JsonValue.Member library : removes.get().membersOf("forbiddenSymbols")) {
        permit(all, library);
      }
    }
    for (JsonValue.Member library : file.membersOf("forbiddenSymbols")) {
      String soname = library.key().text();
      all.put(soname, union(all.getOrDefault(soname, Set.of()), library.value().texts()));
    }
    return all;
  }

  private static void permit(Map<String, Set<String>> forbidden, JsonValue.Member library)
      throws PolicyFormatException {
    String soname = library.key().text();
    Set<String> symbols = new TreeSet<>(forbidden.getOrDefault(soname, Set.of()));
    for (JsonValue symbol : library.value().items()) {
      if (!symbols.remove(symbol.text())) {
        throw symbol.wrong("the extended policy does not forbid " + symbol.text());
      }
    }
    if (symbols.isEmpty()) {
      forbidden.remove(soname);
    } else {
      forbidden.put(soname, Collections.unmodifiableSet(symbols));
    }
  }
}
