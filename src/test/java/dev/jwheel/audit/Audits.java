// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.SearchDirectory;
import dev.jwheel.link.SearchSource;
import dev.jwheel.link.tree.ShellPattern;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Audits of the wheels in {@code testdata/wheels}, without any system unless one is named. */
final class Audits {
  private static final Path WHEELS = Path.of("testdata", "wheels");
  private static final Path TREES = Path.of("testdata", "trees");

  private Audits() {}

  /** The report on the fixture whose name starts so. */
  static AuditReport report(String name) {
    return (AuditReport) outcome(fixture(name), options(Optional.empty()));
  }

  /** The report on a fixture judged against a platform tag too. */
  static AuditReport against(String name, String platform) {
    return (AuditReport) outcome(fixture(name), options(Optional.of(PlatformTag.parse(platform))));
  }

  /** The report on a fixture with a directory of {@code testdata/trees} to find libraries in. */
  static AuditReport on(String tree, String name) {
    try {
      SystemTree system = SystemTree.directory(TREES.resolve(tree));
      SearchDirectory root = new SearchDirectory(system, "/", SearchSource.LDPATHS, "--ldpaths");
      LoaderOptions loader =
          new LoaderOptions(system, List.of(), Optional.of(List.of(root)), List.of(), 1);
      return (AuditReport)
          outcome(
              fixture(name),
              new AuditOptions(PolicyCatalog.builtIn(), loader, true, Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The report on a fixture with libraries left out. */
  static AuditReport excluding(String name, String... patterns) {
    LoaderOptions loader =
        new LoaderOptions(
            SystemTree.empty(),
            List.of(),
            Optional.empty(),
            Stream.of(patterns).map(ShellPattern::of).toList(),
            1);
    return (AuditReport)
        outcome(
            fixture(name),
            new AuditOptions(PolicyCatalog.builtIn(), loader, true, Optional.empty()));
  }

  static AuditOutcome outcome(Path wheel) {
    return outcome(wheel, options(Optional.empty()));
  }

  static AuditOutcome outcome(Path wheel, AuditOptions options) {
    try (WheelArchive archive = WheelArchive.open(wheel)) {
      return new WheelAuditor(options).audit(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AuditOptions options(Optional<PlatformTag> platform) {
    return new AuditOptions(
        PolicyCatalog.builtIn(), LoaderOptions.of(SystemTree.empty()), true, platform);
  }

  static Path fixture(String name) {
    try (Stream<Path> wheels = Files.list(WHEELS)) {
      return wheels
          .filter(wheel -> wheel.getFileName().toString().startsWith(name + "-"))
          .filter(wheel -> wheel.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no fixture " + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
