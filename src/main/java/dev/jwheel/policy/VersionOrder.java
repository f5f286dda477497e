// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.util.Comparator;

/**
 * Orders full names of symbol versions: by namespace, then the numeric ones by number ({@code
 * GLIBC_2.9} before {@code GLIBC_2.17}), then the others by name.
 */
public final class VersionOrder implements Comparator<String> {

  @Override
  public int compare(String a, String b) {
    String namespace = VersionLimit.namespaceOf(a);
    int order = namespace.compareTo(VersionLimit.namespaceOf(b));
    if (order != 0) {
      return order;
    }
    String rest = rest(a, namespace);
    String otherRest = rest(b, namespace);
    boolean numeric = DottedNumber.isValid(rest);
    if (numeric != DottedNumber.isValid(otherRest)) {
      return numeric ? -1 : 1;
    }
    return numeric ? DottedNumber.compare(rest, otherRest) : rest.compareTo(otherRest);
  }

  /** What follows the namespace and its underscore. */
  private static String rest(String version, String namespace) {
    return version.substring(Math.min(version.length(), namespace.length() + 1));
  }
}
