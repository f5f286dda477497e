// SPDX-License-Identifier: Apache-2.0
package dev.jwheel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may use whom: one concern a package, and data that flows one way. */
@AnalyzeClasses(packages = "dev.jwheel", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String JELF = "net.fornwall.jelf..";
  private static final String COMPRESS = "org.apache.commons.compress..";
  private static final String JACKSON = "com.fasterxml.jackson..";

  /** Judges what the other rooms of elf produce, so its row is literal: it shares only values. */
  private static final String VERIFIER = "elf.verify";

  /** The rooms, and for each the rooms it may use; it may also use what those may use. */
  static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          room("platform"),
          room("io"),
          room("zstd"),
          room("elf.format", "platform", "io"),
          room("elf.demangle"),
          room("elf", "elf.format"),
          room("elf.patch", "io"),
          room("elf.layout", "elf.format", "elf.patch"),
          room(VERIFIER, "elf.patch", "io", "platform"),
          room("elf.strip", "elf.format", "elf.patch", VERIFIER),
          room("elf.edit", "elf", "elf.layout", "elf.strip"),
          room("wheel.zip", "io", "zstd"),
          room("wheel", "platform", "wheel.zip"),
          room("metadata", "wheel"),
          room("policy", "platform", "io"),
          room("link.tree", "elf", "zstd"),
          room("link", "link.tree"),
          room("distro", "link"),
          room("tags.module", "wheel"),
          room("tags", "link", "tags.module"),
          room("audit", "elf", "wheel", "policy", "link"),
          room("repair", "audit", "elf.edit", "distro"),
          room("repair.write", "repair"),
          room("check", "audit", "metadata", "elf.demangle"),
          room("report", "check"),
          room("remote", "io"),
          room("upload", "metadata", "wheel", "remote"),
          room("cli.terminal", "check", "tags"),
          room("cli.config", "cli.terminal"),
          room("cli.text", "cli.config", "repair.write", "report", "upload"),
          room("cli.json", "cli.config", "repair.write", "report", "upload"),
          room("cli.auditwheel", "cli.json"),
          room("cli.input", "audit", "upload"),
          room("cli.help"),
          room("cli", "cli.text", "cli.auditwheel", "cli.input", "cli.help"));

  private static final int MOST_CLASSES = 45;
  private static final int MOST_LINES = 300;
  private static final String LICENSE = "SPDX-License-Identifier: Apache-2.0";
  private static final Pattern SOURCE =
      Pattern.compile(
          ".*\\.(java|py|sh|c|cc|cmd|ya?ml)|src/main/dist/(bin/.*|Dockerfile|.*\\.xml)");

  /** What jwheel writes, as tests expect it. */
  private static final Path REPORTS = Path.of("testdata", "check", "reports");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.jwheel.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyPackageIsARoom =
      classes()
          .should()
          .resideInAnyPackage(
              ROOMS.keySet().stream().map(ArchitectureTest::packageOf).toArray(String[]::new));

  @ArchTest
  static void aRoomUsesOnlyWhatItsRowAllows(JavaClasses classes) {
    for (String room : ROOMS.keySet()) {
      Set<String> allowed = room.equals(VERIFIER) ? ROOMS.get(room) : reachable(room);
      noClasses()
          .that()
          .resideInAPackage(packageOf(room))
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.jwheel..")
                  .and(
                      not(
                          resideInAnyPackage(
                              Stream.concat(Stream.of(room), allowed.stream())
                                  .map(ArchitectureTest::packageOf)
                                  .toArray(String[]::new)))))
          .as("the room " + room + " uses only " + allowed)
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @ArchTest
  static void noRoomIsTooLargeToBeRead(JavaClasses classes) {
    Map<String, Long> sizes =
        topLevel(classes).collect(groupingBy(JavaClass::getPackageName, counting()));
    sizes.values().removeIf(size -> size <= MOST_CLASSES);
    assertThat(sizes).as("packages of more than " + MOST_CLASSES + " classes").isEmpty();
  }

  @ArchTest
  static void noSimpleNameOccursTwice(JavaClasses classes) {
    Map<String, Long> counts =
        topLevel(classes).collect(groupingBy(JavaClass::getSimpleName, counting()));
    counts.values().removeIf(count -> count == 1);
    assertThat(counts.keySet()).as("names that occur twice").isEmpty();
  }

  /** By SPDX's rule for short identifiers, in the first lines of the file; reports have none. */
  @ArchTest
  static void everySourceFileNamesItsLicense(JavaClasses classes) throws IOException {
    List<Path> sources = new ArrayList<>(List.of(Path.of("pom.xml"), Path.of(".ci/run")));
    for (String root : List.of("src", "testdata", ".github")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        files
            .filter(file -> SOURCE.matcher(file.toString()).matches())
            .filter(file -> !file.startsWith(REPORTS))
            .forEach(sources::add);
      }
    }
    List<Path> unmarked = new ArrayList<>();
    for (Path source : sources) {
      try (Stream<String> lines = Files.lines(source)) {
        if (lines.limit(2).noneMatch(line -> line.contains(LICENSE))) {
          unmarked.add(source);
        }
      }
    }
    assertThat(unmarked).as("files without " + LICENSE).isEmpty();
  }

  /**
   * A type that a public method returns, takes or throws is as public as that method; an exception
   * is so where its callers name only a supertype.
   */
  @ArchTest
  static void aTypeIsPublicOnlyIfAnotherPackageUsesIt(JavaClasses classes) {
    Set<String> needless =
        topLevel(classes)
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.tryGetMethod("main", String[].class).isEmpty())
            .filter(type -> !type.isAssignableTo(Throwable.class))
            .filter(type -> !isUsedOutside(type) && !isPartOfAnInterface(type))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(needless).as("public types that no other package uses").isEmpty();
  }

  private static boolean isUsedOutside(JavaClass type) {
    return Stream.concat(Stream.of(type), nested(type))
        .flatMap(part -> part.getDirectDependenciesToSelf().stream())
        .anyMatch(use -> !use.getOriginClass().getPackageName().equals(type.getPackageName()));
  }

  private static Stream<JavaClass> nested(JavaClass type) {
    return type.getPackage().getClasses().stream()
        .filter(part -> part.getName().startsWith(type.getName() + "$"));
  }

  private static boolean isPartOfAnInterface(JavaClass type) {
    return type.getPackage().getClasses().stream()
        .filter(other -> !outermost(other).equals(type.getName()))
        .filter(other -> other.getModifiers().contains(JavaModifier.PUBLIC))
        .flatMap(other -> other.getCodeUnits().stream())
        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
        .anyMatch(unit -> namesIn(unit).contains(type.getName()));
  }

  private static Set<String> namesIn(JavaCodeUnit unit) {
    Stream<JavaClass> generic =
        Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
            .flatMap(part -> part.getAllInvolvedRawTypes().stream());
    return Stream.concat(generic, unit.getExceptionTypes().stream())
        .map(ArchitectureTest::outermost)
        .collect(Collectors.toSet());
  }

  private static Stream<JavaClass> topLevel(JavaClasses classes) {
    return classes.stream()
        .filter(type -> type.getEnclosingClass().isEmpty())
        .filter(type -> !type.getSimpleName().equals("package-info"));
  }

  @Test
  void noFileIsTooLongToBeRead() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        assertThat(Files.readAllLines(file))
            .as(file.toString())
            .hasSizeLessThanOrEqualTo(MOST_LINES);
      }
    }
  }

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.jwheel.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(System.Logger.class);

  @ArchTest
  static final ArchRule onlyMainExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.jwheel.cli.Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule onlyTheElfFormatKnowsJelf =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.jwheel.elf.format")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JELF);

  @ArchTest
  static void jelfIsBehindOneAdapter(JavaClasses classes) {
    Set<String> users =
        classes.stream()
            .filter(user -> dependsOn(user, resideInAPackage(JELF)))
            .map(ArchitectureTest::outermost)
            .collect(Collectors.toSet());
    assertThat(users).as("classes that use jelf").hasSizeLessThanOrEqualTo(1);
  }

  @ArchTest
  static final ArchRule onlyReadersOfArchivesDecodeWhatTheJdkCannot =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.jwheel.link.tree",
              "dev.jwheel.wheel.zip",
              "dev.jwheel.metadata",
              "dev.jwheel.zstd")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COMPRESS, "org.tukaani.xz..", "dev.jwheel.zstd");

  @ArchTest
  static final ArchRule jsonIsForPoliciesReportsAndBillsOfMaterials =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.jwheel.policy",
              "dev.jwheel.metadata",
              "dev.jwheel.check",
              "dev.jwheel.report",
              "dev.jwheel.repair.write",
              "dev.jwheel.remote",
              "dev.jwheel.upload",
              "dev.jwheel.cli.config",
              "dev.jwheel.cli.json")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JACKSON);

  /** It is slow to load, and most commands send nothing. */
  @ArchTest
  static final ArchRule onlyRemoteSpeaksHttp =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.jwheel.remote")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.jwheel.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  private static Map.Entry<String, Set<String>> room(String name, String... uses) {
    return Map.entry(name, new TreeSet<>(List.of(uses)));
  }

  /** Returns the rooms that a room may use, through any number of rows. */
  private static Set<String> reachable(String room) {
    Set<String> found = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(ROOMS.get(room));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (found.add(name)) {
        open.addAll(ROOMS.get(name));
      }
    }
    return found;
  }

  private static String packageOf(String room) {
    return "dev.jwheel." + room;
  }

  private static boolean dependsOn(JavaClass user, DescribedPredicate<JavaClass> target) {
    return user.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> target.test(dependency.getTargetClass()));
  }

  private static String outermost(JavaClass user) {
    return user.getEnclosingClass().map(ArchitectureTest::outermost).orElse(user.getFullName());
  }
}
