// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the symbol versions may go, per architecture and namespace: what one policy says of it
 * over what the policy it extends says.
 */
public final class VersionRules {
  private static final String GLIBC = "GLIBC";

  private final Optional<VersionRules> base;
  private final Set<Architecture> architectures;
  private final VersionNames names;
  private final Statement statement;
  private final Optional<PepLimits> narrowedTo;
  private final Optional<String> glibc;
  private final Map<Architecture, Map<String, VersionStatus>> judged = new ConcurrentHashMap<>();

  /**
   * What a policy itself says, by {@link ArchitectureKey}.
   *
   * @param max the highest version of a namespace; empty: none is allowed
   * @param named the names allowed beside the numeric ones
   */
  record Statement(
      Map<String, Map<String, Optional<String>>> max, Map<String, List<String>> named) {
    static final Statement NONE = new Statement(Map.of(), Map.of());
  }

  VersionRules(
      Optional<VersionRules> base,
      Collection<Architecture> architectures,
      VersionNames names,
      Statement statement) {
    this(
        base,
        new LinkedHashSet<>(architectures),
        names,
        statement,
        Optional.empty(),
        Optional.empty());
  }

  private VersionRules(
      Optional<VersionRules> base,
      Set<Architecture> architectures,
      VersionNames names,
      Statement statement,
      Optional<PepLimits> narrowedTo,
      Optional<String> glibc) {
    this.base = base;
    this.architectures = Collections.unmodifiableSet(architectures);
    this.names = names;
    this.statement = statement;
    this.narrowedTo = narrowedTo;
    this.glibc = glibc;
  }

  /** These rules, and no version beyond what a PEP prints. */
  VersionRules within(PepLimits text) {
    return new VersionRules(base, architectures, names, statement, Optional.of(text), glibc);
  }

  /** These rules with another highest version of glibc itself, whatever a PEP prints for them. */
  VersionRules upToGlibc(String version) {
    return new VersionRules(
        base, architectures, names, statement, narrowedTo, Optional.of(version));
  }

  Set<Architecture> architectures() {
    return architectures;
  }

  /** Judges a version by its whole name; hundreds of files ask for the same few hundred. */
  VersionStatus judge(Architecture architecture, String version) {
    return judged
        .computeIfAbsent(architecture, key -> new ConcurrentHashMap<>())
        .computeIfAbsent(version, name -> judgeAnew(architecture, name));
  }

  private VersionStatus judgeAnew(Architecture architecture, String version) {
    Optional<VersionLimit> limit = limit(architecture, VersionLimit.namespaceOf(version));
    if (limit.isEmpty()) {
      return VersionStatus.NOT_JUDGED;
    }
    return limit.get().allows(version) ? VersionStatus.ALLOWED : VersionStatus.NOT_ALLOWED;
  }

  /** The limit of a namespace; empty if it has none. */
  Optional<VersionLimit> limit(Architecture architecture, String namespace) {
    Optional<Optional<String>> max = max(architecture, namespace);
    if (max.isEmpty()) {
      return Optional.empty();
    }
    Set<String> named = new TreeSet<>();
    addNamed(architecture, namespace, named);
    boolean own = glibc.isPresent() && namespace.equals(GLIBC);
    VersionLimit limit =
        new VersionLimit(
            namespace,
            own ? glibc : max.get(),
            List.copyOf(named),
            names.of(architecture, namespace));
    boolean narrow = narrowedTo.isPresent() && !own;
    return Optional.of(narrow ? narrowedTo.get().narrow(limit) : limit);
  }

  /** The limit of every namespace that has one. */
  Map<String, VersionLimit> limits(Architecture architecture) {
    Set<String> namespaces = new LinkedHashSet<>();
    addNamespaces(architecture, namespaces);
    Map<String, VersionLimit> limits = new LinkedHashMap<>();
    for (String namespace : namespaces) {
      limits.put(namespace, limit(architecture, namespace).orElseThrow());
    }
    return Collections.unmodifiableMap(limits);
  }

  private Optional<Optional<String>> max(Architecture architecture, String namespace) {
    if (!architectures.contains(architecture)) {
      return Optional.empty();
    }
    for (String section : sections(architecture)) {
      Optional<String> max = statement.max.getOrDefault(section, Map.of()).get(namespace);
      if (max != null) {
        return Optional.of(max);
      }
    }
    return base.isPresent() ? base.get().max(architecture, namespace) : Optional.empty();
  }

  private void addNamed(Architecture architecture, String namespace, Set<String> found) {
    if (!architectures.contains(architecture)) {
      return;
    }
    for (String section : sections(architecture)) {
      for (String name : statement.named.getOrDefault(section, List.of())) {
        if (VersionLimit.namespaceOf(name).equals(namespace)) {
          found.add(name);
        }
      }
    }
    if (base.isPresent()) {
      base.get().addNamed(architecture, namespace, found);
    }
  }

  private void addNamespaces(Architecture architecture, Set<String> found) {
    if (!architectures.contains(architecture)) {
      return;
    }
    if (base.isPresent()) {
      base.get().addNamespaces(architecture, found);
    }
    for (String section : sections(architecture)) {
      found.addAll(statement.max.getOrDefault(section, Map.of()).keySet());
    }
  }

  private static List<String> sections(Architecture architecture) {
    return List.of(architecture.tagName(), ArchitectureKey.EVERY);
  }
}
