// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policies that wheels are judged by. */
public final class PolicyCatalog {
  private static final int MAX_FILE = 16 << 20;

  /** The files of {@code policies/}, versions.json first, as the build packs them. */
  private static final String RESOURCE = "policies.packed";

  private final Map<String, Policy> policies;
  private final VersionNames names;

  /** The user's files. */
  private final List<JsonValue> own;

  private PolicyCatalog(Map<String, Policy> policies, VersionNames names, List<JsonValue> own) {
    this.policies = policies;
    this.names = names;
    this.own = List.copyOf(own);
  }

  /** The policies that come with the program. */
  public static PolicyCatalog builtIn() {
    try (InputStream stream = PolicyCatalog.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new FileNotFoundException(RESOURCE);
      }
      return read(PackedValues.unpack(RESOURCE, stream.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("the policies that come with the program are unreadable", e);
    }
  }

  private static PolicyCatalog read(List<JsonValue> documents) throws PolicyFormatException {
    VersionNames names = VersionNames.NONE.and(documents.get(0));
    Map<String, JsonValue> files = new LinkedHashMap<>();
    for (JsonValue file : documents.subList(1, documents.size())) {
      files.put(file.textOf("name"), file);
    }
    Map<String, Policy> policies = new LinkedHashMap<>();
    for (JsonValue file : files.values()) {
      readAfterItsBase(file, files, policies, names);
    }
    return sorted(policies, names, List.of());
  }

  private static void readAfterItsBase(
      JsonValue file, Map<String, JsonValue> files, Map<String, Policy> read, VersionNames names)
      throws PolicyFormatException {
    JsonValue base = files.get(file.textOf("extends"));
    if (base != null) {
      readAfterItsBase(base, files, read, names);
    }
    if (!read.containsKey(file.textOf("name"))) {
      read.put(file.textOf("name"), PolicyReader.read(file, read, names));
    }
  }

  private static byte[] content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_FILE + 1);
      if (content.length > MAX_FILE) {
        throw new PolicyFormatException(
            file.toString(), 1, 1, "expected a policy, found more than " + MAX_FILE + " bytes");
      }
      return content;
    }
  }

  /**
   * This catalog and the policies of a user's files. A policy may extend one of this catalog or of
   * a file before it, and replaces the one that has its name.
   *
   * @throws PolicyFormatException if a file breaks the format
   * @throws IOException if a file cannot be read
   */
  public PolicyCatalog with(List<Path> files) throws IOException {
    if (files.isEmpty()) {
      return this;
    }
    Map<String, Policy> all = new LinkedHashMap<>(policies);
    List<JsonValue> allOwn = new ArrayList<>(own);
    VersionNames allNames = names;
    for (Path file : files) {
      JsonValue content = JsonValue.read(file.toString(), content(file));
      allOwn.add(content);
      Optional<JsonValue> newNames = content.find("versionNames");
      if (newNames.isPresent()) {
        allNames = allNames.andChecked(newNames.get());
      }
      Policy policy = PolicyReader.readChecked(content, all, allNames);
      all.put(policy.name(), policy);
    }
    return sorted(all, allNames, allOwn);
  }

  private static PolicyCatalog sorted(
      Map<String, Policy> policies, VersionNames names, List<JsonValue> own) {
    List<Policy> sorted = new ArrayList<>(policies.values());
    sorted.sort(Policy.MOST_PORTABLE_FIRST);
    return new PolicyCatalog(byName(sorted), names, own);
  }

  private static Map<String, Policy> byName(Collection<Policy> policies) {
    Map<String, Policy> byName = new LinkedHashMap<>();
    for (Policy policy : policies) {
      byName.put(policy.name(), policy);
    }
    return byName;
  }

  /** The catalog of what both these policies and the texts of their PEPs allow. */
  public PolicyCatalog strict() {
    List<Policy> strict = new ArrayList<>();
    for (Policy policy : policies.values()) {
      strict.add(policy.strict());
    }
    return new PolicyCatalog(byName(strict), names, own);
  }

  /**
   * What the policies mean, which is read now.
   *
   * @throws PolicyFormatException if a user's file breaks the format
   */
  public PolicyMeanings meanings() throws PolicyFormatException {
    return PolicyMeanings.builtIn().with(own);
  }

  /** All policies, those of one C library together, the most portable first. */
  public List<Policy> policies() {
    return List.copyOf(policies.values());
  }

  /** The policies of a C library that are defined for an architecture, the most portable first. */
  public List<Policy> policies(Libc libc, Architecture architecture) {
    List<Policy> found = new ArrayList<>();
    for (Policy policy : policies.values()) {
      if (policy.libc() == libc && policy.isFor(architecture)) {
        found.add(policy);
      }
    }
    return List.copyOf(found);
  }

  /**
   * The policy that a wheel with a tag is judged by. A tag between two policies, such as {@code
   * manylinux_2_19_x86_64} or {@code android_30_x86_64}, is judged by the less portable one that
   * still serves all its systems, under the name of the tag and with the tag's version of glibc as
   * the highest. If the tag names an architecture, only policies that are defined for it count.
   *
   * @return empty for tags that promise nothing of a C library, such as {@code linux_x86_64}, and
   *     for those older than every policy
   */
  public Optional<Policy> find(PlatformTag tag) {
    Optional<Policy> nearest = nearest(tag);
    return nearest.isEmpty() || nearest.get().name().equals(tag.policyName())
        ? nearest
        : Optional.of(nearest.get().named(tag));
  }

  /** The policy whose rules hold for a tag, under its own name; see {@link #find(PlatformTag)}. */
  public Optional<Policy> nearest(PlatformTag tag) {
    Optional<Libc> libc = tag.libc();
    boolean bare = tag.architectureName().isEmpty();
    Optional<Architecture> architecture = tag.architecture();
    if (libc.isEmpty() || (architecture.isEmpty() && !bare)) {
      return Optional.empty();
    }
    String libcVersion = PolicyName.libcVersion(tag);
    Optional<Policy> nearest = Optional.empty();
    for (Policy policy : policies.values()) {
      if (policy.libc() == libc.get()
          && (bare || policy.isFor(architecture.get()))
          && DottedNumber.ASCENDING.compare(policy.libcVersion(), libcVersion) <= 0) {
        nearest = Optional.of(policy);
      }
    }
    return nearest;
  }

  /** The policy of a tag in any spelling, with or without architecture; see {@link #find}. */
  public Optional<Policy> find(String tag) {
    return find(PlatformTag.parse(tag));
  }

  /**
   * What changes between two policies of this catalog.
   *
   * @throws IllegalArgumentException if they are of different C libraries
   */
  public PolicyDifference difference(Policy from, Policy to) {
    if (from.libc() != to.libc()) {
      throw new IllegalArgumentException(from.name() + " and " + to.name());
    }
    List<Policy> ofLibc = new ArrayList<>();
    for (Policy policy : policies.values()) {
      if (policy.libc() == from.libc()) {
        ofLibc.add(policy);
      }
    }
    return PolicyDifference.between(from, to, ofLibc);
  }
}
