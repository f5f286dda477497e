package dev.jwheel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may use whom: one concern a package, and data that flows one way. */
@AnalyzeClasses(packages = "dev.jwheel", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String JELF = "net.fornwall.jelf..";
  private static final String COMPRESS = "org.apache.commons.compress..";
  private static final String JACKSON = "com.fasterxml.jackson..";

  /** Judges what the other rooms of elf produce, so its row is literal: it shares only values. */
  private static final String VERIFIER = "elf.verify";

  /** The rooms, and for each the rooms it may use; it may also use what those may use. */
  private static final Map<String, Set<String>> ROOMS =
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
          room("link", "elf", "zstd"),
          room("distro", "link"),
          room("audit", "elf", "wheel", "policy", "link"),
          room("repair", "audit", "elf.edit", "distro"),
          room("repair.write", "repair"),
          room("check", "audit", "metadata"),
          room("report", "check"),
          room("remote", "io"),
          room("upload", "metadata", "wheel", "remote"),
          room("cli.terminal", "audit", "metadata"),
          room("cli.text", "cli.terminal", "repair.write", "report", "upload"),
          room("cli.json", "cli.terminal", "repair.write", "report", "upload"),
          room("cli", "cli.text", "cli.json"));

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
              "dev.jwheel.link", "dev.jwheel.wheel.zip", "dev.jwheel.metadata", "dev.jwheel.zstd")
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
              "dev.jwheel.report",
              "dev.jwheel.repair.write",
              "dev.jwheel.remote",
              "dev.jwheel.upload",
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
