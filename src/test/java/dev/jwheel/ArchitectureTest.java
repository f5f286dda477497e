package dev.jwheel;

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
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may use whom: one concern a package, and data that flows one way. */
@AnalyzeClasses(packages = "dev.jwheel", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String JELF = "net.fornwall.jelf..";
  private static final String COMPRESS = "org.apache.commons.compress..";
  private static final String JACKSON = "com.fasterxml.jackson..";

  private static final String VERIFIER = "dev.jwheel.elf.edit.ElfVerifier";

  /** What the verifier is given, and what it answers. */
  private static final Set<String> VERIFIER_SHARES =
      Set.of(
          VERIFIER,
          "dev.jwheel.elf.ByteSource",
          "dev.jwheel.elf.edit.ElfEdits",
          "dev.jwheel.elf.edit.RpathEdit",
          "dev.jwheel.elf.edit.RpathKind",
          "dev.jwheel.elf.edit.StackEdit",
          "dev.jwheel.elf.edit.DeclaredChanges",
          "dev.jwheel.elf.edit.Invariant",
          "dev.jwheel.elf.edit.VerificationException");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.jwheel.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyPackageHasARule =
      classes()
          .should()
          .resideInAnyPackage(
              packages(
                  "platform",
                  "elf",
                  "elf.edit",
                  "wheel",
                  "wheel.zip",
                  "policy",
                  "link",
                  "zstd",
                  "audit",
                  "repair",
                  "cli"));

  @ArchTest static final ArchRule platformUsesNoOtherPackage = uses("platform");

  @ArchTest static final ArchRule elfUsesThePlatform = uses("elf", "platform");

  @ArchTest static final ArchRule editingUsesElf = uses("elf.edit", "elf", "platform");

  @ArchTest static final ArchRule theContainerUsesADecoderAlone = uses("wheel.zip", "zstd");

  @ArchTest static final ArchRule aDecoderUsesNoOtherPackage = uses("zstd");

  @ArchTest static final ArchRule aWheelKnowsNoElf = uses("wheel", "wheel.zip", "platform");

  @ArchTest static final ArchRule aPolicyKnowsNeitherWheelsNorBytes = uses("policy", "platform");

  @ArchTest
  static final ArchRule theLoaderModelKnowsNoWheel = uses("link", "elf", "platform", "zstd");

  @ArchTest
  static final ArchRule theAuditJoinsTheFour =
      uses("audit", "elf", "elf.edit", "wheel", "wheel.zip", "policy", "link", "platform");

  @ArchTest
  static final ArchRule aRepairFollowsAnAudit =
      uses(
          "repair", "audit", "elf", "elf.edit", "wheel", "wheel.zip", "policy", "link", "platform");

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
  static final ArchRule jelfIsKnownToElfAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.jwheel.elf")
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
  static final ArchRule onlyTheLoaderModelAndTheContainerDecodeWhatTheJdkCannot =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.jwheel.link", "dev.jwheel.wheel.zip", "dev.jwheel.zstd")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COMPRESS, "org.tukaani.xz..", "dev.jwheel.zstd");

  @ArchTest
  static final ArchRule jsonIsForPoliciesReportsAndBillsOfMaterials =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.jwheel.policy", "dev.jwheel.cli", "dev.jwheel.repair")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JACKSON);

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.jwheel.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static void theVerifierSharesNoCodeWithWhatItJudges(JavaClasses classes) {
    Set<String> judged = reached(classes, "dev.jwheel.elf.edit.ElfEditor");
    judged.addAll(reached(classes, "dev.jwheel.elf.edit.ElfStripper"));
    judged.addAll(reached(classes, "dev.jwheel.elf.ElfReader"));
    Set<String> shared = reached(classes, VERIFIER);
    shared.retainAll(judged);
    assertThat(shared).as("classes that the verifier shares").isEmpty();
  }

  /** The classes that one class uses, directly or not; values and the verifier are no way on. */
  private static Set<String> reached(JavaClasses classes, String start) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(classes.contain(start) ? List.of(start) : List.of());
    while (!open.isEmpty()) {
      String name = open.pop();
      if (found.add(name)) {
        classes.get(name).getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> target.getPackageName().startsWith("dev.jwheel"))
            .filter(target -> !VERIFIER_SHARES.contains(outermost(target)))
            .forEach(target -> open.push(target.getFullName()));
      }
    }
    return found;
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(name -> "dev.jwheel." + name).toArray(String[]::new);
  }

  private static ArchRule uses(String own, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(own), Arrays.stream(others))
            .map(name -> "dev.jwheel." + name)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.jwheel." + own)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.jwheel..")
                .and(DescribedPredicate.not(resideInAnyPackage(allowed))))
        .allowEmptyShould(true);
  }

  private static boolean dependsOn(JavaClass user, DescribedPredicate<JavaClass> target) {
    return user.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> target.test(dependency.getTargetClass()));
  }

  private static String outermost(JavaClass user) {
    return user.getEnclosingClass().map(ArchitectureTest::outermost).orElse(user.getFullName());
  }
}
