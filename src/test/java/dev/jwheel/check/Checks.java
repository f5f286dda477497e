// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.audit.ScanProgress;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.policy.PolicyCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks without any system. */
final class Checks {
  private Checks() {}

  static CheckOptions options(Selection selection, ExpectedLayout layout) {
    AuditOptions audit =
        new AuditOptions(
            PolicyCatalog.builtIn(), LoaderOptions.of(SystemTree.empty()), true, Optional.empty());
    return new CheckOptions(audit, selection, layout, 100L << 20, false);
  }

  static Selection all() {
    return new Selection(RuleCatalog.builtIn(), true);
  }

  static CheckedFile check(Path file) throws IOException {
    return check(file, all());
  }

  static CheckedFile check(Path file, Selection selection) throws IOException {
    return new Check(options(selection, ExpectedLayout.ANY)).on(file, ScanProgress.SILENT);
  }

  static List<String> rules(CheckedFile checked) {
    return checked.results().stream().map(result -> result.rule().id()).distinct().toList();
  }
}
