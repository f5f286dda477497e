// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.LibraryUse;
import dev.jwheel.audit.LibraryUse.Status;
import dev.jwheel.cli.terminal.Page;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The libraries that a wheel needs, for a person: those first that come from outside. */
final class LibrariesText {
  private final Page page;
  private final boolean verbose;

  LibrariesText(Page page, boolean verbose) {
    this.page = page;
    this.verbose = verbose;
  }

  /** Prints the libraries outside with who needs them, of the others the names. */
  void print(AuditReport report) {
    List<LibraryUse> uses = report.libraries();
    page.heading("Libraries");
    if (uses.stream().noneMatch(use -> isOutside(use.status()))) {
      page.item("needs nothing outside the wheel and the system");
    }
    Map<String, String> names = namesOutside(uses);
    for (LibraryUse use : uses) {
      if (verbose || isOutside(use.status())) {
        String place = use.path().map(path -> ", found at " + path).orElse("");
        page.item(use.name() + ": " + status(use.status()) + place);
        List<String> users =
            use.neededBy().stream().map(file -> names.getOrDefault(file, file)).toList();
        page.detail("needed by " + Few.of(users, verbose));
      }
    }
    if (!verbose) {
      printNames(uses, Status.IN_WHEEL);
      printNames(uses, Status.SYSTEM);
    }
  }

  /** The names of the libraries that were found outside the wheel, by their real paths. */
  private static Map<String, String> namesOutside(List<LibraryUse> uses) {
    Map<String, String> names = new HashMap<>();
    for (LibraryUse use : uses) {
      if (use.status() != Status.IN_WHEEL) {
        use.realPath().ifPresent(path -> names.putIfAbsent(path, use.name()));
      }
    }
    return names;
  }

  private static boolean isOutside(Status status) {
    return status != Status.IN_WHEEL && status != Status.SYSTEM;
  }

  private void printNames(List<LibraryUse> uses, Status status) {
    Set<String> names = new LinkedHashSet<>();
    for (LibraryUse use : uses) {
      if (use.status() == status) {
        names.add(use.name());
      }
    }
    if (!names.isEmpty()) {
      page.item(status(status) + ": " + String.join(", ", names));
    }
  }

  private static String status(Status status) {
    return switch (status) {
      case SYSTEM -> "system";
      case IN_WHEEL -> "in the wheel";
      case EXTERNAL -> "external";
      case MISSING -> "missing";
      case EXCLUDED -> "excluded";
    };
  }
}
