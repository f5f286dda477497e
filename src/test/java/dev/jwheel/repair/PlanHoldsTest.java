// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.LibraryUse;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.SearchDirectory;
import dev.jwheel.link.SearchSource;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.repair.write.WheelRepairer;
import dev.jwheel.wheel.RealWheels;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.WheelFormatException;
import dev.jwheel.wheel.zip.WriteProgress;
import dev.jwheel.wheel.zip.ZipWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan that is made is a repair that passes its audit, and the tag that show says grafting would
 * allow is the best that repair reaches: for every wheel, every policy of its architecture and
 * every directory of libraries to graft from.
 */
class PlanHoldsTest {
  private static final Path DATA = Path.of("testdata");
  private static final long SMALL = 200 << 10;
  private static final PolicyCatalog CATALOG = PolicyCatalog.builtIn();
  private static final RepairOptions OPTIONS =
      new RepairOptions(
          ".libs", false, true, false, false, false, true, false, OptionalInt.empty());

  @TempDir Path directory;

  private int repairs;
  private int limits;

  @Test
  void forEveryFixture() throws IOException {
    List<Path> wheels;
    try (Stream<Path> files = Files.list(DATA.resolve("wheels"))) {
      wheels = files.filter(file -> file.toString().endsWith(".whl")).sorted().toList();
    }
    for (Path wheel : wheels) {
      holdsWhereLibrariesAre(wheel);
    }
    assertThat(repairs).isGreaterThan(500);
    assertThat(limits).isGreaterThan(3);
  }

  @Test
  void forEveryModuleOfTheRepairFixtures() throws IOException {
    for (Path file : filesOf(DATA.resolve("repair"))) {
      String name = file.getFileName().toString();
      if (name.startsWith("m-") || name.startsWith("p-")) {
        Workshop workshop = workshop(name).member("demo/" + name, name);
        holds(workshop.make(), DATA.resolve("repair"));
      }
    }
    assertThat(repairs).isGreaterThan(100);
    assertThat(limits).isGreaterThan(5);
  }

  /** Whether a version may be absent depends on the symbols that use it, not on the flag only. */
  @Test
  void forLibrariesWhoseVersionNeedsAreFlaggedWeak() throws IOException {
    Path weak = Files.createDirectories(directory.resolve("weak"));
    for (Path file : filesOf(DATA.resolve("repair"))) {
      byte[] content = Files.readAllBytes(file);
      VersionFlags.makeWeak(content);
      Files.write(weak.resolve(file.getFileName()), content);
    }
    for (String module : List.of("m-new.so", "m-two.so", "m-ver.so", "m-top.so")) {
      holds(workshop(module).member("demo/" + module, module).make(), weak);
    }
    assertThat(limits).isGreaterThan(0);
  }

  /** A symbol that is bound to a version of one library is not taken from another. */
  @Test
  void forALibraryWhoseForbiddenSymbolIsOfAnotherLibrary() throws IOException {
    Path tree = Files.createDirectories(directory.resolve("bound"));
    byte[] library =
        Files.readAllBytes(DATA.resolve("trees/graft-forbidden-symbol/libgrafted.so.1"));
    int inflateTable = 0x22c + 2 * 2; // its row of .gnu.version
    assertThat(library[inflateTable]).isEqualTo((byte) 1);
    library[inflateTable] = 2; // GLIBC_2.2.5 of libc.so.6
    Files.write(tree.resolve("libgrafted.so.1"), library);
    holds(DATA.resolve("wheels/graft_forbidden_symbol-1.0-cp311-cp311-linux_x86_64.whl"), tree);
    assertThat(limits).isEqualTo(1);
    assertThat(repairs).isGreaterThan(0);
  }

  /** The larger ones only with {@code -Djwheel.everyPlan=true}: half a minute. */
  @Test
  void forRealWheels() throws IOException {
    long largest = Boolean.getBoolean("jwheel.everyPlan") ? Long.MAX_VALUE : SMALL;
    for (Path wheel : RealWheels.all()) {
      if (Files.size(wheel) <= largest) {
        holdsWhereLibrariesAre(wheel);
      }
    }
  }

  private Workshop workshop(String name) throws IOException {
    String tags =
        name.startsWith("musl")
            ? "demo-1.0-cp311-cp311-musllinux_1_2_x86_64"
            : "demo-1.0-cp311-cp311-linux_x86_64";
    return Workshop.wheel(Files.createTempDirectory(directory, "wheel"), tags);
  }

  private static List<Path> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !file.toString().endsWith(".md")).sorted().toList();
    }
  }

  /** Every directory of the fixtures' trees that has libraries. */
  private static List<Path> trees() throws IOException {
    TreeSet<Path> trees = new TreeSet<>();
    trees.add(DATA.resolve("repair"));
    try (Stream<Path> files = Files.walk(DATA.resolve("trees"))) {
      files.filter(file -> file.toString().contains(".so")).forEach(f -> trees.add(f.getParent()));
    }
    return List.copyOf(trees);
  }

  /** Without any library outside, and in each directory where one is found. */
  private void holdsWhereLibrariesAre(Path wheel) throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    boolean needsMore = holds(wheel, empty);
    if (needsMore) {
      for (Path tree : trees()) {
        if (findsLibraries(wheel, tree)) {
          holds(wheel, tree);
        }
      }
    }
  }

  private static boolean findsLibraries(Path wheel, Path tree) throws IOException {
    try (WheelArchive archive = WheelArchive.open(wheel)) {
      return new WheelAuditor(options(tree)).audit(archive) instanceof AuditReport report
          && has(report, LibraryUse.Status.EXTERNAL);
    } catch (WheelFormatException e) {
      return false;
    }
  }

  private static boolean has(AuditReport report, LibraryUse.Status status) {
    return report.libraries().stream().anyMatch(use -> use.status() == status);
  }

  /** Checks the statement; tells whether libraries are missing. */
  private boolean holds(Path file, Path tree) throws IOException {
    String place = file.getFileName() + " in " + tree;
    try (WheelArchive wheel = WheelArchive.open(file)) {
      AuditOptions options = options(tree);
      if (!(new WheelAuditor(options).audit(wheel) instanceof AuditReport report)) {
        return false;
      }
      String best = "linux_" + report.architecture();
      for (Policy policy : CATALOG.policies(report.libc(), report.architecture())) {
        boolean reached = isReached(wheel, report, policy, options, place);
        if (reached && best.startsWith("linux")) {
          best = policy.tag(report.architecture()).text();
        }
      }
      if (report.graftLimit().isPresent()) {
        limits++;
        assertThat(best).as(place).isEqualTo(report.graftLimit().get().tag());
      }
      return has(report, LibraryUse.Status.MISSING);
    } catch (WheelFormatException e) {
      return false;
    }
  }

  /** Whether a repair reaches a policy, or is refused for reasons that no policy has to do with. */
  private boolean isReached(
      WheelArchive wheel, AuditReport report, Policy policy, AuditOptions audit, String place)
      throws IOException {
    PlatformTag tag = policy.tag(report.architecture());
    try {
      AuditOptions asked =
          new AuditOptions(CATALOG, audit.loader(), audit.checkIsa(), Optional.of(tag));
      RepairPlan plan = new RepairPlanner(asked, OPTIONS).rehearse(wheel, report);
      carryOut(wheel, plan, asked, place + " to " + tag);
      return true;
    } catch (RepairException refused) {
      assertThat(refused.reasons()).as(place).isNotEmpty();
      return PolicyViolations.of(report, policy, false).stream()
          .noneMatch(refused.reasons()::contains);
    }
  }

  private void carryOut(WheelArchive wheel, RepairPlan plan, AuditOptions audit, String place)
      throws IOException {
    Path target = directory.resolve(plan.result().toString());
    try (ZipWriter writer = ZipWriter.create(target, 0, 1, WriteProgress.SILENT)) {
      new WheelRepairer(audit, OPTIONS, "1.0").repair(wheel, plan, writer);
    } catch (RepairException e) {
      throw new AssertionError(place + ": planned and not reached: " + e.getMessage(), e);
    }
    Files.delete(target);
    repairs++;
  }

  private static AuditOptions options(Path tree) throws IOException {
    SystemTree system = SystemTree.directory(tree);
    SearchDirectory root = new SearchDirectory(system, "/", SearchSource.LDPATHS, "--ldpaths");
    LoaderOptions loader =
        new LoaderOptions(system, List.of(), Optional.of(List.of(root)), List.of(), 1);
    return new AuditOptions(CATALOG, loader, true, Optional.empty());
  }
}
