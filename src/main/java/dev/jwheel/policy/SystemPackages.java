// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which packages of distributions have the libraries that policies allow, by SONAME. */
public final class SystemPackages {
  private final Map<String, List<String>> debian = new LinkedHashMap<>();
  private final Map<String, List<String>> rpm = new LinkedHashMap<>();

  private SystemPackages() {}

  static SystemPackages of(Collection<PolicyMeaning> meanings) {
    SystemPackages packages = new SystemPackages();
    for (PolicyMeaning meaning : meanings) {
      for (PolicyMeaning.PackageTable table : meaning.packages()) {
        add(table.debian(), packages.debian);
        add(table.rpm(), packages.rpm);
      }
    }
    return packages;
  }

  private static void add(Map<String, List<String>> table, Map<String, List<String>> packages) {
    table.forEach(
        (name, libraries) -> {
          for (String library : libraries) {
            List<String> names = packages.computeIfAbsent(library, any -> new ArrayList<>());
            if (!names.contains(name)) {
              names.add(name);
            }
          }
        });
  }

  /**
   * The packages of a library, such as {@code Debian libgl1, RPM mesa}; empty where none is known.
   * A package that has changed its name has both.
   */
  public Optional<String> describe(String soname) {
    List<String> known = new ArrayList<>();
    add("Debian", debian.get(soname), known);
    add("RPM", rpm.get(soname), known);
    return known.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", known));
  }

  private static void add(String family, @Nullable List<String> names, List<String> known) {
    if (names != null) {
      known.add(family + " " + String.join(" or ", names));
    }
  }
}
