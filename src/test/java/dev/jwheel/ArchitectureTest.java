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
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may use whom: one concern a package, and data that flows one way. */
@AnalyzeClasses(packages = "dev.jwheel", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String JELF = "net.fornwall.jelf..";
  private static final String COMPRESS = "org.apache.commons.compress..";
  private static final String JACKSON = "com.fasterxml.jackson..";

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
                  "audit",
                  "repair",
                  "cli"));

  @ArchTest static final ArchRule platformUsesNoOtherPackage = uses("platform");

  @ArchTest static final ArchRule elfUsesThePlatform = uses("elf", "platform");

  @ArchTest static final ArchRule editingUsesElf = uses("elf.edit", "elf", "platform");

  @ArchTest static final ArchRule theContainerUsesNoOtherPackage = uses("wheel.zip");

  @ArchTest static final ArchRule aWheelKnowsNoElf = uses("wheel", "wheel.zip", "platform");

  @ArchTest static final ArchRule aPolicyKnowsNeitherWheelsNorBytes = uses("policy", "platform");

  @ArchTest static final ArchRule theLoaderModelKnowsNoWheel = uses("link", "elf", "platform");

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
          .resideOutsideOfPackages("dev.jwheel.link", "dev.jwheel.wheel.zip")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COMPRESS, "org.tukaani.xz..", "io.airlift.compress..");

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
