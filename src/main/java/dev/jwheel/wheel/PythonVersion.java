// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A version of PEP 440. Two spellings of one version are equal: {@code 1.0} and {@code v1.0.0}.
 * Numbers have any length.
 */
public final class PythonVersion implements Comparable<PythonVersion> {
  private static final String ZERO = "0";

  private final String epoch;
  private final List<String> release;
  private final PreRelease pre;
  private final String preNumber;
  private final Optional<String> post;
  private final Optional<String> dev;
  private final List<String> local;

  PythonVersion(
      String epoch,
      List<String> release,
      PreRelease pre,
      String preNumber,
      Optional<String> post,
      Optional<String> dev,
      List<String> local) {
    this.epoch = epoch;
    this.release = List.copyOf(release);
    this.pre = pre;
    this.preNumber = preNumber;
    this.post = post;
    this.dev = dev;
    this.local = List.copyOf(local);
  }

  /** The pre-release label, in the order in which versions follow each other. */
  enum PreRelease {
    ALPHA("a"),
    BETA("b"),
    CANDIDATE("rc"),
    NONE("");

    private final String label;

    PreRelease(String label) {
      this.label = label;
    }
  }

  /** Reads a version, in any of its spellings; empty if the text is not one. */
  public static Optional<PythonVersion> parse(String text) {
    return PythonVersionReader.read(PythonText.strip(text));
  }

  /**
   * The canonical form: that of {@link #toString()} without the zeros at the release's end, in
   * which two spellings of one version are equal (PEP 440, "Normalization").
   */
  public String canonical() {
    return text(significantRelease());
  }

  /** Whether two texts are one version, or the same text. */
  static boolean areSame(String left, String right) {
    return left.equals(right) || parse(left).isPresent() && parse(left).equals(parse(right));
  }

  /** The numbers of the release without leading zeros, {@code 1}, {@code 0} of {@code 1.0}. */
  public List<String> release() {
    return release;
  }

  /** Whether it is a pre-release or a development release, which installers leave out. */
  public boolean isPrerelease() {
    return pre != PreRelease.NONE || dev.isPresent();
  }

  /** Whether it is a pre-release, {@code 1.0a1}, of whatever stage. */
  public boolean hasPreRelease() {
    return pre != PreRelease.NONE;
  }

  /** Whether it is a post-release. */
  public boolean isPostRelease() {
    return post.isPresent();
  }

  /** Whether it is a development release. */
  public boolean isDevelopmentRelease() {
    return dev.isPresent();
  }

  /** Whether it has a local label, {@code +ubuntu.1}. */
  public boolean hasLocal() {
    return !local.isEmpty();
  }

  /** The version without its local label. */
  public PythonVersion withoutLocal() {
    return local.isEmpty()
        ? this
        : new PythonVersion(epoch, release, pre, preNumber, post, dev, List.of());
  }

  /** The first version of its kind, {@code .dev0}: nothing that is to become this is earlier. */
  public PythonVersion firstDevelopmentRelease() {
    return new PythonVersion(epoch, release, pre, preNumber, post, Optional.of(ZERO), List.of());
  }

  /** Whether both have one epoch, release and pre-release: they differ in post, dev and local. */
  public boolean isSameStageAs(PythonVersion other) {
    return epoch.equals(other.epoch)
        && significantRelease().equals(other.significantRelease())
        && pre == other.pre
        && preNumber.equals(other.preNumber);
  }

  /**
   * Whether the release begins with that of another (PEP 440, "Version matching" with {@code .*}).
   *
   * @param length how many numbers of the other's release count
   */
  public boolean hasPrefix(PythonVersion other, int length) {
    if (!epoch.equals(other.epoch)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      String number = i < release.size() ? release.get(i) : ZERO;
      if (!number.equals(other.release.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(PythonVersion other) {
    int order = Digits.compare(epoch, other.epoch);
    order = order != 0 ? order : compareReleases(release, other.release);
    order = order != 0 ? order : Integer.compare(stage(), other.stage());
    order = order != 0 ? order : Digits.compare(preNumber, other.preNumber);
    order = order != 0 ? order : comparePresence(post, other.post, 1);
    order = order != 0 ? order : comparePresence(dev, other.dev, -1);
    return order != 0 ? order : compareLocals(local, other.local);
  }

  /** A development release of nothing else comes before every pre-release. */
  @SuppressWarnings("EnumOrdinal") // the constants are in the order of PEP 440
  private int stage() {
    boolean onlyDevelopment = pre == PreRelease.NONE && post.isEmpty() && dev.isPresent();
    return onlyDevelopment ? -1 : pre.ordinal();
  }

  private static int compareReleases(List<String> left, List<String> right) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order =
          Digits.compare(
              i < left.size() ? left.get(i) : ZERO, i < right.size() ? right.get(i) : ZERO);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /**
   * @param present how a version with the number compares to one without
   */
  private static int comparePresence(Optional<String> left, Optional<String> right, int present) {
    if (left.isPresent() && right.isPresent()) {
      return Digits.compare(left.get(), right.get());
    }
    return left.isPresent() ? present : right.isPresent() ? -present : 0;
  }

  /** Numbers are later than words, and a longer label is later than its beginning. */
  private static int compareLocals(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      boolean leftNumber = Digits.areDigits(left.get(i));
      boolean rightNumber = Digits.areDigits(right.get(i));
      int order =
          leftNumber != rightNumber
              ? Boolean.compare(leftNumber, rightNumber)
              : leftNumber
                  ? Digits.compare(left.get(i), right.get(i))
                  : left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private List<String> significantRelease() {
    int size = release.size();
    while (size > 1 && release.get(size - 1).equals(ZERO)) {
      size--;
    }
    return release.subList(0, size);
  }

  private String text(List<String> numbers) {
    StringBuilder text = new StringBuilder();
    if (!epoch.equals(ZERO)) {
      text.append(epoch).append('!');
    }
    text.append(String.join(".", numbers));
    if (pre != PreRelease.NONE) {
      text.append(pre.label).append(preNumber);
    }
    if (post.isPresent()) {
      text.append(".post").append(post.get());
    }
    if (dev.isPresent()) {
      text.append(".dev").append(dev.get());
    }
    if (!local.isEmpty()) {
      text.append('+').append(String.join(".", local));
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PythonVersion version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(epoch, significantRelease(), pre, preNumber, post, dev, local);
  }

  /** The normalised form (PEP 440), with all zeros of the release: {@code 1.0.0rc1}. */
  @Override
  public String toString() {
    return text(release);
  }
}
