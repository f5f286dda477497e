// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.policy.PolicyMeanings;
import dev.jwheel.policy.SystemPackages;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names the packages of the system's libraries that findings are about. */
final class FindingPackages {
  private FindingPackages() {}

  /**
   * One line for each library of which packages are known. What the policies mean is read only
   * where a finding names a library.
   *
   * @param verbose whether findings about symbol versions count too, which nearly every wheel has
   */
  static List<String> of(List<Finding> findings, boolean verbose) {
    Set<String> libraries = new LinkedHashSet<>();
    for (Finding finding : findings) {
      boolean external = finding.code() == FindingCode.EXTERNAL_LIBRARY;
      String library = external ? finding.subject() : finding.library();
      if (verbose || finding.code() != FindingCode.SYMBOL_VERSION) {
        libraries.add(library);
      }
    }
    return of(libraries);
  }

  /** One line for each library of which packages are known; other names are passed over. */
  static List<String> of(Set<String> names) {
    Set<String> libraries = new LinkedHashSet<>(names);
    libraries.removeIf(name -> !name.contains(".so"));
    return libraries.isEmpty() ? List.of() : described(libraries);
  }

  private static List<String> described(Set<String> libraries) {
    SystemPackages packages = PolicyMeanings.builtIn().packages();
    return libraries.stream()
        .flatMap(name -> packages.describe(name).map(text -> name + ": " + text).stream())
        .toList();
  }
}
